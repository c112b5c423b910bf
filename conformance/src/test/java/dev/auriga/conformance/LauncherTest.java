// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./auriga` does around a build and a JVM, both played by scripts: the build writes one jar, the
/// JVM prints its arguments and, told `serve`, stays until its input ends.
@Timeout(60)
class LauncherTest {
  private static final String BUILD =
      "#!/bin/sh\nmkdir -p cli/target/lib\necho jar > cli/target/lib/a.jar\necho built >> builds\n";
  private static final String JVM =
      "#!/bin/sh\necho \"$@\"\ncase \"$*\" in *serve*) cat > /dev/null ;; esac\n";

  @TempDir Path home;

  @BeforeEach
  void laidOut() throws IOException {
    Files.copy(Checkout.root().resolve("auriga"), home.resolve("auriga"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(home.resolve("jdk/bin"));
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.createDirectories(home.resolve("cli/src/main"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.writeString(home.resolve("cli/pom.xml"), "");
    script("mvnw", BUILD);
    script("jdk/bin/java", JVM);
    script("jdk/bin/javac", JVM);
  }

  private void script(String name, String text) throws IOException {
    Path script = Files.writeString(home.resolve(name), text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private Process start(String heap, String... arguments) throws IOException {
    ProcessBuilder launcher =
        new ProcessBuilder(Stream.concat(Stream.of(home.resolve("auriga").toString()), Stream.of(arguments)).toList());
    launcher.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    launcher.environment().remove("AURIGA_HEAP");
    launcher.environment().remove("AURIGA_JAVA_OPTIONS");
    if (heap != null) {
      launcher.environment().put("AURIGA_HEAP", heap);
    }
    return launcher.redirectErrorStream(true).start();
  }

  private String run(String heap, String... arguments) throws Exception {
    Process process = start(heap, arguments);
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private int builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  /// As after an edit: a source that is newer than the last build.
  private void edit() throws IOException {
    FileTime built = Files.getLastModifiedTime(home.resolve("cli/target/built"));
    Path source = Files.writeString(home.resolve("cli/src/main/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.fromMillis(built.toMillis() + 2_000));
  }

  private void settled() throws IOException {
    FileTime past = FileTime.fromMillis(System.currentTimeMillis() - 60_000);
    for (String file : List.of("cli/src/main/A.java", "cli/src/main", "pom.xml", "cli/pom.xml")) {
      if (Files.exists(home.resolve(file))) {
        Files.setLastModifiedTime(home.resolve(file), past);
      }
    }
  }

  @Test
  void buildsOnce_andAgainAfterAnEdit() throws Exception {
    settled();
    assertThat(run(null, "models")).contains("Building Auriga").contains("dev.auriga.cli.Auriga models");
    assertThat(run(null, "models")).doesNotContain("Building Auriga");
    assertThat(builds()).isEqualTo(1);
    edit();
    run(null, "models");
    assertThat(builds()).isEqualTo(2);
    try (Stream<Path> folders = Files.list(home.resolve("cli/target/runs"))) {
      assertThat(folders).as("the first build is of no use to anybody").hasSize(1);
    }
  }

  @Test
  void aRebuild_leavesWhatRunsAlone() throws Exception {
    settled();
    run(null, "models");
    Process serving = start(null, "serve");
    try (BufferedReader said = serving.inputReader()) {
      String arguments = said.readLine();
      String folder = arguments.replaceAll(".*-cp (\\S+)/\\* .*", "$1");
      assertThat(Path.of(folder, "a.jar")).exists();
      edit();
      run(null, "models");
      assertThat(builds()).isEqualTo(2);
      assertThat(Path.of(folder, "a.jar")).as("of the gateway that still serves").exists();

      serving.getOutputStream().close();
      assertThat(serving.waitFor(20, TimeUnit.SECONDS)).isTrue();
      settled();
      edit();
      run(null, "models");
      assertThat(Path.of(folder)).doesNotExist();
    } finally {
      serving.destroy();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "512m, 512, 45", "1g, 1024, 45", "56M, 56, 45", "32m, 32, 32", "65536k, 64, 45", "33554432, 32, 32",
  })
  void theHeapStartsNoLargerThanItMayGrow(String heap, int most, int least) throws Exception {
    assertThat(run(heap, "models"))
        .contains("-Xmx%dm -Xms%dm -Xmn%dm ".formatted(most, least, least * 2 / 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "8m", "m", "5x", "1m2", "-5m", "5mm", "1.5g"})
  void aHeapThatIsNone_isSaid(String heap) throws Exception {
    assertThat(run(heap, "models"))
        .contains("AURIGA_HEAP is at least 16m, a number with k, m or g as in 512m, not \"" + heap + "\"")
        .doesNotContain("dev.auriga.cli.Auriga");
  }
}
