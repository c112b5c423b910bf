// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/// The four dialects, each with the model that is asked where a case names none.
enum Words {
  CHAT("gpt-4o"),
  RESPONSES("gpt-4o"),
  ANTHROPIC("claude-sonnet-4-5"),
  GEMINI("gemini-2.5-pro");

  private static final int MAX_TOKENS = 4000;
  private static final int THINKING_BUDGET = 10_000;
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_790_000_000));

  private final String usualModel;

  Words(String usualModel) {
    this.usualModel = usualModel;
  }

  Dialect dialect() {
    return switch (this) {
      case CHAT -> OpenAiChat.strict(CLOCK);
      case RESPONSES -> new OpenAiResponses(CLOCK);
      case ANTHROPIC -> new AnthropicMessages(CLOCK);
      case GEMINI -> new Gemini();
    };
  }

  String dialectName() {
    return dialect().name();
  }

  static Words of(String dialectName) {
    return Arrays.stream(values())
        .filter(words -> words.dialectName().equals(dialectName))
        .findFirst()
        .orElseThrow();
  }

  String usualModel() {
    return usualModel;
  }

  Target target(String model) {
    return switch (this) {
      case CHAT, RESPONSES -> Targets.openAi(model, MAX_TOKENS, THINKING_BUDGET);
      case ANTHROPIC -> Targets.anthropic(model, MAX_TOKENS, THINKING_BUDGET);
      case GEMINI -> Targets.gemini(model, MAX_TOKENS, THINKING_BUDGET);
    };
  }

  /// A client's request with that body; Gemini's says in its path what others say in the body.
  ClientRequest request(byte[] body, boolean streamed) {
    return this == GEMINI
        ? new ClientRequest(
            body, "auto", streamed ? ClientRequest.Framing.SSE : ClientRequest.Framing.WHOLE)
        : ClientRequest.of(body);
  }

  /// The least a client of this dialect asks, for what an answer repeats of it.
  ClientRequest asked(boolean streamed) {
    String body =
        switch (this) {
          case CHAT ->
              """
              {"model":"auto","messages":[{"role":"user","content":"Hi"}],"stream":%s,
               "stream_options":{"include_usage":true}}"""
                  .formatted(streamed);
          case RESPONSES -> "{\"model\":\"auto\",\"input\":\"Hi\",\"stream\":%s}".formatted(streamed);
          case ANTHROPIC ->
              """
              {"model":"auto","max_tokens":100,"messages":[{"role":"user","content":"Hi"}],"stream":%s}"""
                  .formatted(streamed);
          case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
        };
    return request(body.getBytes(StandardCharsets.UTF_8), streamed);
  }
}
