// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The rules every source file keeps.
class SourceFilesTest {
  private static final String SPDX = "// SPDX-License-Identifier: Apache-2.0";
  private static final int MOST_LINES = 600;

  @Test
  void everyFileBeginsWithItsLicence() {
    List<String> files = Checkout.javaFiles("src/");
    assertThat(files).hasSizeGreaterThan(300);
    assertThat(files).filteredOn(file -> !Checkout.lines(file).getFirst().equals(SPDX)).isEmpty();
  }

  @Test
  void noMainFileIsTooLong() {
    List<String> files = Checkout.javaFiles("src/main/java/");
    assertThat(files).hasSizeGreaterThan(200);
    assertThat(files).filteredOn(file -> Checkout.lines(file).size() > MOST_LINES).isEmpty();
  }

  @Test
  void noTestSleepsOrIsSwitchedOff() {
    assertThat(Checkout.javaFiles("src/test/java/"))
        .filteredOn(file -> !file.endsWith("/SourceFilesTest.java"))
        .filteredOn(
            file -> Checkout.lines(file).stream().anyMatch(SourceFilesTest::sleepsOrIsSwitchedOff))
        .isEmpty();
  }

  private static boolean sleepsOrIsSwitchedOff(String line) {
    return line.contains("Thread.sleep(") || line.strip().startsWith("@Disabled");
  }

  @Test
  void everyModuleHasSources() {
    TreeSet<String> modules = new TreeSet<>();
    Checkout.javaFiles("src/main/java/")
        .forEach(file -> modules.add(file.substring(0, file.indexOf('/'))));
    assertThat(modules).containsExactly("azure", "bench", "cli", "core", "gateway", "sandbox", "schema");
  }
}
