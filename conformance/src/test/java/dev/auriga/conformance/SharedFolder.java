// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the shared data is: the folder the system property `auriga.shared` names, else one called
/// `shared` beside the checkout or further up.
public final class SharedFolder {
  private SharedFolder() {}

  /// The file at `path` below the folder `data`, empty when it is not there.
  public static Optional<Path> file(String path) {
    String said = System.getProperty("auriga.shared");
    if (said != null) {
      return Optional.of(Path.of(said, "data", path)).filter(Files::exists);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared").resolve("data").resolve(path);
      if (Files.exists(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
