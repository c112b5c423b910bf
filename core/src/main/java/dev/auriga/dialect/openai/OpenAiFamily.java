// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a model's name tells of the parameters it takes.
///
/// A name that tells nothing (`my-deployment`, `model-router`, `llama3.3`) is [Kind#UNKNOWN]: then
/// everything is sent as the client said it. Sources: OpenAI model pages and the reasoning guide;
/// OpenAI OpenAPI document, `StopConfiguration`; OpenAI community, "Compatibility Matrix: Reasoning
/// models – Effort".
///
/// @param efforts the values of `reasoning_effort` it takes, from little to much
/// @param toolsForbidReasoning whether tools on this API are taken with effort `none` only
public record OpenAiFamily(Kind kind, List<String> efforts, boolean toolsForbidReasoning) {

  /// Whether a model thinks.
  public enum Kind {
    /// Thinks; takes no sampling, penalties or stop sequences while it does.
    REASONING,
    /// Does not think; takes no `reasoning_effort`.
    PLAIN,
    UNKNOWN
  }

  private static final List<String> ALL_EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
  private static final OpenAiFamily UNKNOWN = new OpenAiFamily(Kind.UNKNOWN, ALL_EFFORTS, false);
  private static final OpenAiFamily PLAIN = new OpenAiFamily(Kind.PLAIN, List.of(), false);

  /// Behind the start or a separator, so that `gpt-oss-120b` or `turbo3` do not count.
  private static final Pattern NAME =
      Pattern.compile(
          "(?:^|[^a-z0-9])(?:chat)?(?:gpt-(35|[3-9])(?:\\.(\\d+))?(?!\\d)(\\S*)|(o[1-9])(?![a-z0-9]))");

  public static OpenAiFamily of(String model) {
    Matcher name = NAME.matcher(model.toLowerCase(Locale.ROOT));
    if (!name.find()) {
      return UNKNOWN;
    }
    if (name.group(4) != null) {
      return reasoning("low", "medium", "high");
    }
    int major = Integer.parseInt(name.group(1));
    int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
    return major == 35 || major < 5 ? PLAIN : gpt(major * 100 + minor, name.group(3));
  }

  /// `version` is 501 for GPT-5.1; `variant` is what follows in the name.
  private static OpenAiFamily gpt(int version, String variant) {
    if (variant.startsWith("-chat") || variant.startsWith("-search")) {
      return version == 500 ? PLAIN : reasoning("medium");
    }
    if (variant.startsWith("-pro")) {
      return version == 500 ? reasoning("high") : reasoning("medium", "high", "xhigh");
    }
    if (variant.startsWith("-codex")) {
      return version >= 502 || variant.startsWith("-codex-max")
          ? reasoning("low", "medium", "high", "xhigh")
          : reasoning("low", "medium", "high");
    }
    if (version >= 506) {
      return new OpenAiFamily(
          Kind.REASONING, List.of("none", "low", "medium", "high", "xhigh", "max"), true);
    }
    return switch (version) {
      case 500 -> reasoning("minimal", "low", "medium", "high");
      case 501 -> reasoning("none", "low", "medium", "high");
      default -> reasoning("none", "low", "medium", "high", "xhigh");
    };
  }

  private static OpenAiFamily reasoning(String... efforts) {
    return new OpenAiFamily(Kind.REASONING, List.of(efforts), false);
  }

  /// The effort nearest to `wish` that the family takes, the lesser of two, but `none` only where
  /// none was wished; `wish` itself where it is a word this table does not know.
  public String nearest(String wish) {
    int wished = ALL_EFFORTS.indexOf(wish);
    if (wished < 0 || efforts.isEmpty()) {
      return wish;
    }
    String nearest = wish.equals("none") ? efforts.getFirst() : efforts.getLast();
    for (String effort : efforts) {
      boolean fits = wish.equals("none") || !effort.equals("none");
      if (fits && distance(effort, wished) < distance(nearest, wished)) {
        nearest = effort;
      }
    }
    return nearest;
  }

  private static int distance(String effort, int wished) {
    return Math.abs(ALL_EFFORTS.indexOf(effort) - wished);
  }
}
