// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pitfall 84: limits are renamed for clients of another dialect.
class RateLimitsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Dialect ANTHROPIC = new AnthropicMessages(() -> NOW);
  private static final Dialect OPENAI = OpenAiChat.strict(() -> NOW);

  @Test
  void openAisLimits_becomeAnthropics() {
    Headers said =
        Headers.of(
            "X-RateLimit-Limit-Requests", "500", "x-ratelimit-remaining-requests", "499",
            "x-ratelimit-reset-requests", "120ms", "x-ratelimit-remaining-tokens", "29000",
            "x-ratelimit-reset-tokens", "6m0s", "x-ratelimit-limit-tokens", "nonsense");
    assertThat(ANTHROPIC.writeLimits(OPENAI.readLimits(said)).fields())
        .containsExactly(
            new Headers.Field("anthropic-ratelimit-requests-limit", "500"),
            new Headers.Field("anthropic-ratelimit-requests-remaining", "499"),
            new Headers.Field("anthropic-ratelimit-requests-reset", "2026-11-22T12:00:01Z"),
            new Headers.Field("anthropic-ratelimit-tokens-remaining", "29000"),
            new Headers.Field("anthropic-ratelimit-tokens-reset", "2026-11-22T12:06:00Z"));
  }

  @Test
  void anthropicsLimits_becomeOpenAis() {
    Headers said =
        Headers.of(
            "anthropic-ratelimit-requests-limit", "50", "anthropic-ratelimit-requests-remaining", "0",
            "anthropic-ratelimit-requests-reset", "2026-11-22T12:01:30Z",
            "anthropic-ratelimit-input-tokens-remaining", "7000",
            "anthropic-ratelimit-input-tokens-reset", "2026-11-22T11:00:00Z",
            "anthropic-ratelimit-output-tokens-remaining", "8");
    List<Headers.Field> told =
        List.of(
            new Headers.Field("x-ratelimit-limit-requests", "50"),
            new Headers.Field("x-ratelimit-remaining-requests", "0"),
            new Headers.Field("x-ratelimit-reset-requests", "1m30s"),
            new Headers.Field("x-ratelimit-remaining-tokens", "7000"),
            new Headers.Field("x-ratelimit-reset-tokens", "0ms"));
    RateLimits read = ANTHROPIC.readLimits(said);
    assertThat(OPENAI.writeLimits(read).fields()).isEqualTo(told);
    assertThat(new OpenAiResponses().writeLimits(read).fields()).isEqualTo(told);
  }

  @Test
  void gemini_saysNothingOfLimits() {
    assertThat(new Gemini().readLimits(Headers.of("x-ratelimit-limit-requests", "5")).limits()).isEmpty();
    assertThat(new Gemini().writeLimits(OPENAI.readLimits(Headers.of("x-ratelimit-limit-requests", "5"))).fields())
        .isEmpty();
  }

  @Test
  void whatSaysNothingUsable_isLeftOut() {
    Headers said =
        Headers.of("anthropic-ratelimit-tokens-reset", "soon", "anthropic-ratelimit-requests-limit", "-1");
    assertThat(ANTHROPIC.readLimits(said)).isEqualTo(RateLimits.UNSAID);
  }

  @Test
  void theFieldsOfLimits_areToldFromTheOthers() {
    Headers said =
        Headers.of(
            "content-type", "application/json", "X-RateLimit-Limit-Requests", "5", "set-cookie", "c",
            "anthropic-ratelimit-tokens-limit", "6", "anthropic-priority-input-tokens-limit", "7",
            "request-id", "req_1");
    assertThat(RateLimits.fields(said).fields()).extracting(Headers.Field::value).containsExactly("5", "6", "7");
  }
}
