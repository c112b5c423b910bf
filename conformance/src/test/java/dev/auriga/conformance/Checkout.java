// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of this checkout, without what a build leaves behind.
final class Checkout {
  private Checkout() {}

  /// The folder that holds the modules.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /// Every file and folder, relative to the root, with `/` between the names.
  static List<String> paths() {
    Path root = root();
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.map(path -> root.relativize(path).toString().replace('\\', '/'))
          .filter(path -> !path.isEmpty() && !path.matches("(.*/)?(target|\\.git)(/.*)?"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The Java files whose path begins with a module and then `below`, as in `src/main/java/`.
  static List<String> javaFiles(String below) {
    return paths().stream()
        .filter(path -> path.matches("[^/]+/" + below + ".*\\.java"))
        .toList();
  }

  static List<String> lines(String path) {
    try {
      return Files.readAllLines(root().resolve(path));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path, unreadable);
    }
  }
}
