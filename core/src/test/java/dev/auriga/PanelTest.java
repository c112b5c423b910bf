// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanelTest {
  private static final Config CONFIG =
      ConfigFile.parse(
          """
          providers: { openai: { kind: openai, api-key: none } }
          deployments: { gpt-4o: { provider: openai }, gpt-4o-mini: { provider: openai } }
          """,
          Path.of("auriga.yaml"), Map.of());

  @Test
  void aMemberNamedTwice_isRefused_beforeAnybodyIsAsked() {
    try (Orchestrator auriga = Orchestrator.of(CONFIG)) {
      assertThatThrownBy(() -> auriga.consensus("How many?", "gpt-4o", "gpt-4o-mini", "gpt-4o"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a member is named twice: [gpt-4o, gpt-4o-mini, gpt-4o]");
    }
  }
}
