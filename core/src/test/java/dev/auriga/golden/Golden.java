// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The golden files: `golden/DIALECT/KIND/CASE.json` (streams: `.sse`) is what one side says, and
/// beside it `CASE.to.OTHER.json` what each other dialect makes of it.
///
/// Compared as trees. With `-Dgolden.write=true` the expectations are written instead of compared;
/// they are then to be reviewed like code.
final class Golden {
  private static final Path ROOT = root();
  private static final boolean WRITES = Boolean.getBoolean("golden.write");
  private static final String TO = ".to.";

  private Golden() {}

  private static Path root() {
    Path here = Path.of("src/test/resources/golden");
    return Files.isDirectory(here) ? here : Path.of("core").resolve(here);
  }

  /// What is translated.
  enum Kind {
    REQUESTS(".json"),
    REPLIES(".json"),
    STREAMS(".sse");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }
  }

  /// One input and the dialect it is to be said in.
  record Pair(Kind kind, Words from, String name, Words to) {
    byte[] input() {
      return read(Golden.input(kind, from, name));
    }

    private Path file() {
      return folder(kind, from).resolve(name + TO + to.dialectName() + ".json");
    }

    /// Fails where `actual` is not what the file says; writes the file instead where that is asked.
    void check(JsonNode actual) {
      if (WRITES) {
        write(file(), pretty(actual));
        return;
      }
      assertThat(file()).as("run with -Dgolden.write=true and review").exists();
      assertThat(pretty(actual)).as(this + ", " + file()).isEqualTo(pretty(Json.read(read(file()))));
    }

    JsonNode expectation() {
      return Json.read(read(file()));
    }

    @Override
    public String toString() {
      return "%s: %s → %s".formatted(name, from.dialectName(), to.dialectName());
    }
  }

  /// Every input of `kind` with every other dialect.
  static List<Pair> pairs(Kind kind) {
    return Stream.of(Words.values())
        .flatMap(
            from ->
                names(kind, from).stream()
                    .flatMap(
                        name ->
                            Stream.of(Words.values())
                                .filter(to -> to != from)
                                .map(to -> new Pair(kind, from, name, to))))
        .toList();
  }

  /// The inputs of one dialect, in alphabetical order.
  static List<String> names(Kind kind, Words from) {
    return files(kind, from).stream()
        .filter(name -> name.endsWith(kind.ending) && !name.contains(TO))
        .map(name -> name.substring(0, name.length() - kind.ending.length()))
        .toList();
  }

  /// The files of one dialect, in alphabetical order.
  static List<String> files(Kind kind, Words from) {
    try (Stream<Path> files = Files.list(folder(kind, from))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path input(Kind kind, Words from, String name) {
    return folder(kind, from).resolve(name + kind.ending);
  }

  private static Path folder(Kind kind, Words from) {
    return ROOT.resolve(from.dialectName()).resolve(kind.name().toLowerCase(java.util.Locale.ROOT));
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /// Set on lines, fields in their order: two equal texts are equal trees.
  static String pretty(JsonNode tree) {
    return tree.toPrettyString() + "\n";
  }
}
