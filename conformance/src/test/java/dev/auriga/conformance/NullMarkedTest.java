// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every package says what it is and that nothing in it is null unless it says so.
class NullMarkedTest {

  @Test
  void everyPackageIsNullMarked() {
    List<String> files = Checkout.javaFiles("src/main/java/");
    Set<String> packages = new TreeSet<>();
    files.stream()
        .filter(file -> !file.endsWith("/module-info.java"))
        .forEach(file -> packages.add(file.substring(0, file.lastIndexOf('/'))));

    assertThat(packages).hasSizeGreaterThan(20);
    assertThat(packages)
        .allSatisfy(
            folder -> {
              assertThat(files).contains(folder + "/package-info.java");
              List<String> lines = Checkout.lines(folder + "/package-info.java");
              assertThat(lines).contains("@NullMarked");
              assertThat(lines).anyMatch(line -> line.startsWith("/// "));
            });
  }
}
