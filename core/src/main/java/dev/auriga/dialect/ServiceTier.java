// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.RawJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How urgently a request is served, in the words of each vendor.
///
/// Sources: OpenAI OpenAPI document, `ServiceTier`; Anthropic API reference, `service_tier`; Google Gen
/// AI SDK, `ServiceTier`.
public enum ServiceTier {
  /// As the account is set up.
  AUTO("auto", "auto", null),
  /// The usual one, whatever else the account has.
  STANDARD("default", "standard_only", "standard"),
  /// Later and cheaper.
  FLEX("flex", null, "flex"),
  /// Sooner and dearer.
  PRIORITY("priority", null, "priority");

  private static final String OPENAI_OR_ANTHROPIC = "service_tier";
  private static final String GEMINI = "serviceTier";

  private final String openAi;
  private final @Nullable String anthropic;
  private final @Nullable String gemini;

  ServiceTier(
      String openAi,
      @Nullable String anthropic,
      @Nullable String gemini) {
    this.openAi = openAi;
    this.anthropic = anthropic;
    this.gemini = gemini;
  }

  /// The tier an extra field of any dialect asks for; empty where it is another field or a word that
  /// only its vendor knows.
  public static Optional<ServiceTier> of(String field, RawJson raw) {
    if (!field.equals(OPENAI_OR_ANTHROPIC) && !field.equals(GEMINI)) {
      return Optional.empty();
    }
    String word = Json.read(raw).asString("").toLowerCase(Locale.ROOT);
    for (ServiceTier tier : values()) {
      if (word.equals(tier.openAi) || word.equals(tier.anthropic) || word.equals(tier.gemini)) {
        return Optional.of(tier);
      }
    }
    return Optional.empty();
  }

  public String openAi() {
    return openAi;
  }

  /// Empty where Anthropic has no such tier.
  public Optional<String> anthropic() {
    return Optional.ofNullable(anthropic);
  }

  /// Empty where Google has no such tier: what is not said is as the account is set up.
  public Optional<String> gemini() {
    return Optional.ofNullable(gemini);
  }
}
