// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Recorded Gemini traffic; a test that needs it is skipped with a notice where it is absent.
final class GeminiRecordings {
  private static final Path INSIDE = Path.of("data", "recordings", "vercel-ai", "google");

  private GeminiRecordings() {}

  static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(folder().resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The payloads of a recorded stream, one a line.
  static List<String> payloads(String file) {
    try {
      return Files.readAllLines(folder().resolve(file)).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path folder() {
    String given = System.getProperty("auriga.shared");
    Path found = given == null ? null : Path.of(given).resolve(INSIDE);
    for (Path up = Path.of("").toAbsolutePath(); found == null && up != null; up = up.getParent()) {
      Path beside = up.resolve("shared").resolve(INSIDE);
      found = Files.isDirectory(beside) ? beside : null;
    }
    Assumptions.assumeTrue(
        found != null && Files.isDirectory(found),
        "no recorded traffic here: set -Dauriga.shared or put the folder beside the checkout");
    return found;
  }
}
