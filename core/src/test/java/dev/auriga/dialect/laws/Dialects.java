// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The four dialects, and how a client of each asks.
public final class Dialects {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

  public static final Dialect ANTHROPIC = new AnthropicMessages(CLOCK);
  public static final Dialect CHAT = OpenAiChat.strict(CLOCK);
  public static final Dialect RESPONSES = new OpenAiResponses(CLOCK);
  public static final Dialect GEMINI = new Gemini();

  public static final List<Dialect> ALL = List.of(ANTHROPIC, CHAT, RESPONSES, GEMINI);

  private Dialects() {}

  /// What a client of `dialect` sends; Gemini's model stands in the path.
  public static ClientRequest request(Dialect dialect, byte[] body) {
    return dialect == GEMINI
        ? new ClientRequest(body, "asked", ClientRequest.Framing.SSE)
        : ClientRequest.of(body);
  }

  /// A model of the dialect's own vendor.
  public static Target target(Dialect dialect) {
    if (dialect == ANTHROPIC) {
      return Targets.anthropic("claude-sonnet-4-5", 4096, 2048);
    }
    return dialect == GEMINI
        ? Targets.gemini("gemini-2.5-pro", 4096, 2048)
        : Targets.openAi("gpt-4o", 4096, 2048);
  }
}
