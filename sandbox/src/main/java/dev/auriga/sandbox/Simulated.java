// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The services the sandbox simulates, each on its own port.
public enum Simulated {
  /// Anthropic's own Messages API.
  ANTHROPIC,
  /// Claude in Microsoft Foundry.
  FOUNDRY,
  /// OpenAI's own API.
  OPENAI,
  /// Azure OpenAI, both its paths, with a model router.
  AZURE,
  /// The Gemini API of Google AI Studio.
  GEMINI,
  /// OpenRouter, in front of everybody's models.
  OPENROUTER;

  /// The name in files and on the wire: lower case.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The service of that label.
  ///
  /// @throws IllegalArgumentException naming the known ones
  public static Simulated of(String label) {
    List<String> known = Arrays.stream(values()).map(Simulated::label).toList();
    int index = known.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "unknown provider \"" + label + "\"; known are " + String.join(", ", known));
    }
    return values()[index];
  }
}
