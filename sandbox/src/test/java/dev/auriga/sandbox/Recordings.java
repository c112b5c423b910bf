// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/// The shared recordings of real providers, where they are present beside the checkout.
final class Recordings {
  private Recordings() {}

  /// A recorded file's lines; the calling test is skipped, with a notice, where there is none.
  static List<String> lines(String name) {
    Optional<Path> file =
        shared().map(root -> root.resolve("data/recordings").resolve(name)).filter(Files::exists);
    Assumptions.assumeTrue(
        file.isPresent(), "no recording " + name + "; set -Dauriga.shared to compare with it");
    try {
      return Files.readAllLines(file.orElseThrow());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Optional<Path> shared() {
    String named = System.getProperty("auriga.shared");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("shared/data/recordings"))) {
        return Optional.of(folder.resolve("shared"));
      }
    }
    return Optional.empty();
  }

  /// The names of an object's members, sorted, to compare shapes.
  static TreeSet<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }
}
