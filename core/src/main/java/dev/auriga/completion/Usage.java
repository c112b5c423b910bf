// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// Tokens of one completion in disjoint buckets: no token is counted in two of them.
///
/// The providers count differently: Anthropic's `input_tokens` leaves cached tokens out, OpenAI's
/// `prompt_tokens` and Gemini's `promptTokenCount` include them; OpenAI's output includes
/// reasoning, Gemini's does not. The dialects convert at the edge; inside there is only this.
///
/// @param freshInput input read for the first time and not written to a cache
/// @param cacheRead input served from a prompt cache
/// @param cacheWrite5m input written to a cache kept for five minutes (or without stated time)
/// @param cacheWrite1h input written to a cache kept for an hour
/// @param output visible output: text and tool calls
/// @param reasoning thinking, shown or not
/// @param tier the service tier that served it, in the words that prices are kept by (`flex`,
///     `priority`, `us`, …); empty for the usual one
public record Usage(
    long freshInput,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long output,
    long reasoning,
    String tier) {

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

  /// What was served on the usual tier.
  public Usage(
      long freshInput,
      long cacheRead,
      long cacheWrite5m,
      long cacheWrite1h,
      long output,
      long reasoning) {
    this(freshInput, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, "");
  }

  /// The same, served on another tier.
  public Usage on(String served) {
    return served.equals(tier)
        ? this
        : new Usage(freshInput, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, served);
  }

  public Usage {
    if (Math.min(Math.min(freshInput, cacheRead), Math.min(cacheWrite5m, cacheWrite1h)) < 0
        || Math.min(output, reasoning) < 0) {
      throw new IllegalArgumentException(
          "usage buckets must not be negative: fresh %d, read %d, write %d/%d, output %d, reasoning %d"
              .formatted(freshInput, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning));
    }
  }

  /// Every token that went in.
  public long input() {
    return freshInput + cacheRead + cacheWrite5m + cacheWrite1h;
  }

  /// Every token that came out.
  public long allOutput() {
    return output + reasoning;
  }

  public long total() {
    return input() + allOutput();
  }

  /// Both together; on no tier in particular where they were served on different ones.
  public Usage plus(Usage other) {
    return new Usage(
        freshInput + other.freshInput,
        cacheRead + other.cacheRead,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        output + other.output,
        reasoning + other.reasoning,
        tier.equals(other.tier) ? tier : "");
  }
}
