// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.RawJson;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How urgently a request is to be served, in the words of each vendor.
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
  private static final String ON_DEMAND = "on_demand_";

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

  /// The tier a reply says it was served on, as prices are kept by it; empty for the usual one, which
  /// is also what a reply means that says nothing. `word` is OpenAI's or Anthropic's `service_tier` or
  /// Google's `trafficType`; a word nobody knows stays as it is, so that it is not priced as usual.
  public static String served(String word) {
    String said = word.toLowerCase(Locale.ROOT);
    return switch (said) {
      case "auto", "default", "standard", "standard_only", "on_demand", "traffic_type_unspecified" -> "";
      case "fast" -> PRIORITY.openAi;
      default -> said.startsWith(ON_DEMAND) ? said.substring(ON_DEMAND.length()) : said;
    };
  }

  /// The tier a request asks for, as prices are kept by it; empty for the usual one, which is also what a
  /// request means that says nothing.
  public static String asked(@Nullable String word) {
    return word == null ? "" : served(word);
  }

  /// The same of a word as it came.
  public static String asked(RawJson word) {
    return served(Json.read(word).asString(""));
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
