// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FidelityTableTest {
  private static final Path FILE = file();

  private static Path file() {
    Path above = Path.of("../docs/fidelity.md");
    return Files.isDirectory(above.getParent()) ? above : Path.of("docs/fidelity.md");
  }

  /// With `-Dfidelity.write=true` the file is written instead of compared.
  @Test
  void fidelityFile_isWhatTheGoldenFilesSay() {
    if (Boolean.getBoolean("fidelity.write")) {
      Golden.write(FILE, FidelityTable.text());
      return;
    }
    assertThat(new String(Golden.read(FILE), StandardCharsets.UTF_8))
        .as("docs/fidelity.md is stale: run the test with -Dfidelity.write=true")
        .isEqualTo(FidelityTable.text());
  }
}
