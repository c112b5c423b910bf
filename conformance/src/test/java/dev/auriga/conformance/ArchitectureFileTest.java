// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents say is where, is there.
class ArchitectureFileTest {
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");

  /// A path of ours: names with slashes between them; neither a path of HTTP nor a media type
  /// nor a model of OpenRouter's.
  private static final Pattern PATH =
      Pattern.compile("(?!text/|application/|dev/|openrouter/|vendor/)\\.?[A-Za-z][\\w.-]*(/[\\w.…-]+)+/?");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARCHITECTURE.md",
        "SECURITY.md",
        "README.md",
        "CONTRIBUTING.md",
        "RATIONALE.md",
        "sandbox/README.md"
      })
  void everyNamedFileExists(String document) {
    List<String> named = named(document);
    List<String> paths = Checkout.paths();

    assertThat(named).filteredOn(path -> !exists(path, paths)).isEmpty();
  }

  @Test
  void theArchitectureNamesManyFiles() {
    assertThat(named("ARCHITECTURE.md")).hasSizeGreaterThan(30);
    assertThat(named("SECURITY.md")).hasSizeGreaterThan(5);
  }

  /// The third column of the table of promises: tests by their class's name.
  @Test
  void everyTestThatShowsAPromiseExists() {
    List<String> tests = new ArrayList<>();
    for (String line : Checkout.lines("SECURITY.md")) {
      String[] cells = line.split("\\|");
      if (line.startsWith("|") && cells.length > 3) {
        CODE.matcher(cells[3]).results().map(found -> found.group(1)).forEach(tests::add);
      }
    }
    List<String> files = Checkout.javaFiles("src/test/java/");

    assertThat(tests).hasSizeGreaterThan(5);
    assertThat(tests)
        .filteredOn(test -> files.stream().noneMatch(file -> file.endsWith("/" + test + ".java")))
        .isEmpty();
  }

  private static List<String> named(String document) {
    String text = String.join("\n", Checkout.lines(document));
    List<String> named = new ArrayList<>();
    CODE.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(ArchitectureFileTest::isPath)
        .forEach(named::add);
    LINK.matcher(text)
        .results()
        .map(ArchitectureFileTest::target)
        .filter(target -> !target.contains(":"))
        .forEach(named::add);
    return named;
  }

  private static String target(MatchResult link) {
    return link.group(1);
  }

  private static boolean isPath(String code) {
    return PATH.matcher(code).matches();
  }

  /// Whether `named` is a path from the root, or the end of one, where `…` stands for anything and
  /// the `.java` of a class may be left out.
  private static boolean exists(String named, List<String> paths) {
    String bare = named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
    StringBuilder pattern = new StringBuilder("(.*/)?");
    for (String piece : bare.split("(?=…)|(?<=…)")) {
      pattern.append(piece.equals("…") ? ".*" : Pattern.quote(piece));
    }
    Pattern wanted = Pattern.compile(pattern.append("(\\.java)?").toString());
    return paths.stream().anyMatch(path -> wanted.matcher(path).matches());
  }
}
