// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Headers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PassedHeadersTest {
  private static final Map<String, PassedHeaders> KINDS =
      Map.of(
          "ANTHROPIC", PassedHeaders.ANTHROPIC, "FOUNDRY", PassedHeaders.FOUNDRY, "OPENAI", PassedHeaders.OPENAI,
          "AZURE", PassedHeaders.AZURE, "GEMINI", PassedHeaders.GEMINI, "COMPATIBLE", PassedHeaders.COMPATIBLE);

  static Collection<PassedHeaders> kinds() {
    return KINDS.values();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void neverACredential_norTheConnections_norWhoPays(PassedHeaders kind) {
    Headers client =
        Headers.of(
            "Authorization", "Bearer k", "x-api-key", "k", "api-key", "k", "x-goog-api-key", "k",
            "x-goog-user-project", "p", "x-goog-fieldmask", "candidates", "openai-organization", "o",
            "openai-project", "p", "cookie", "c", "host", "h", "content-length", "1", "anthropic-version", "1",
            "x-auriga-deadline", "3s", "x-forwarded-for", "1.2.3.4", "connection", "keep-alive, x-a",
            "keep-alive", "timeout=5", "te", "trailers", "trailer", "x", "transfer-encoding", "chunked",
            "upgrade", "h2c", "proxy-authorization", "Basic k", "proxy-connection", "keep-alive");
    assertThat(PassedHeaders.candidates(client).fields()).isEmpty();
    assertThat(kind.of(client).headers().fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, Anthropic-Beta, context-1m-2025-08-07", "FOUNDRY, anthropic-beta, context-1m-2025-08-07",
    "OPENAI, OpenAI-Beta, responses=v1", "AZURE, Foundry-Features, ModelRouterControls=V1Preview",
    "AZURE, x-ms-session-id, s1", "GEMINI, X-Goog-Api-Client, google-genai-sdk/1", "COMPATIBLE, HTTP-Referer, https://a.example",
  })
  void whatAKindKnows_goesOnAsItCame(String kind, String name, String value) {
    Headers passed = KINDS.get(kind).of(PassedHeaders.candidates(Headers.of("accept", "*/*", name, value))).headers();
    assertThat(passed.fields()).containsExactly(new Headers.Field(name, value));
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, anthropic-beta", "GEMINI, openai-beta", "ANTHROPIC, openai-beta", "ANTHROPIC, x-goog-api-client",
    "OPENAI, foundry-features", "AZURE, http-referer",
  })
  void whatIsAnothersStays(String kind, String name) {
    assertThat(KINDS.get(kind).of(PassedHeaders.candidates(Headers.of(name, "x"))).headers().fields()).isEmpty();
  }

  @Test
  void aCallersFlags_areNeverReplaced_atAnthropic() {
    Headers client = Headers.of("anthropic-beta", "fast-mode-2026-02-01, new-2027-01-01", "anthropic-beta", "more-2027-01-01");
    PassedHeaders.Passed passed = PassedHeaders.ANTHROPIC.of(client);
    assertThat(passed.headers().all("anthropic-beta"))
        .containsExactly("fast-mode-2026-02-01, new-2027-01-01", "more-2027-01-01");
    assertThat(passed.losses()).isEmpty();
  }

  @Test
  void flagsThatFoundryLacks_areTakenOut_andTold() {
    Headers client =
        Headers.of(
            "anthropic-beta", "fast-mode-2026-02-01, interleaved-thinking-2025-05-14,new-2027-01-01",
            "anthropic-beta", "server-side-fallback-2026-07-01");
    PassedHeaders.Passed passed = PassedHeaders.FOUNDRY.of(client);
    assertThat(passed.headers().fields())
        .containsExactly(
            new Headers.Field("anthropic-beta", "interleaved-thinking-2025-05-14,new-2027-01-01"));
    assertThat(passed.losses()).isEqualTo(
        List.of(
            new Loss(Loss.Reason.UNSUPPORTED_VALUE, "anthropic-beta.fast-mode-2026-02-01"),
            new Loss(Loss.Reason.UNSUPPORTED_VALUE, "anthropic-beta.server-side-fallback-2026-07-01")));
  }
}
