// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// The dialects as the two sides of a translation. JSON is written with `'` for quotes.
enum Tongue {
  CHAT(OpenAiChat.strict(), "gpt-4o"),
  RESPONSES(new OpenAiResponses(), "gpt-4o"),
  MESSAGES(new AnthropicMessages(), "claude-sonnet-4-5"),
  GEMINI(new Gemini(), "gemini-2.5-flash");

  /// The route clients ask for.
  static final String ROUTE = "auto";

  private final Dialect dialect;
  private final String model;

  Tongue(Dialect dialect, String model) {
    this.dialect = dialect;
    this.model = model;
  }

  Dialect dialect() {
    return dialect;
  }

  /// A model that is called in this dialect where a test does not care which.
  String model() {
    return model;
  }

  static String json(String quotedSimply) {
    return quotedSimply.replace('\'', '"');
  }

  static byte[] bytes(String quotedSimply) {
    return json(quotedSimply).getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode tree(String quotedSimply) {
    return Json.read(json(quotedSimply));
  }

  ClientRequest client(String body) {
    return this == GEMINI
        ? new ClientRequest(bytes(body), ROUTE, ClientRequest.Framing.WHOLE)
        : ClientRequest.of(bytes(body));
  }

  ClientRequest streamingClient(String body) {
    return this == GEMINI
        ? new ClientRequest(bytes(body), ROUTE, ClientRequest.Framing.SSE)
        : ClientRequest.of(bytes(body));
  }

  /// Throws what a client is refused before anything is decided.
  void scan(String body) {
    dialect.scan(client(body));
  }

  /// The request of a client of this dialect in the neutral vocabulary.
  CompletionRequest read(String body) {
    return dialect.readRequest(client(body));
  }

  /// The bytes a provider of this same dialect is sent, with its own `model`.
  String passed(String body, String model) {
    return new String(
        dialect.scan(client(body)).passage().to(target(model)).body(), StandardCharsets.UTF_8);
  }

  /// What a provider of `to` is sent for it.
  Sent send(String body, Tongue to) {
    return send(body, to, to.model);
  }

  Sent send(String body, Tongue to, String model) {
    return to.write(read(body), model);
  }

  Sent write(CompletionRequest request, String named) {
    return write(request, target(named));
  }

  Sent write(CompletionRequest request, Target target) {
    Written written = dialect.writeRequest(request, target);
    return new Sent(
        Json.read(written.body()),
        written.losses().stream().map(Object::toString).toList(),
        written.names());
  }

  /// A deployment at the dialect's own vendor.
  Target target(String named) {
    return target(named, 4_000);
  }

  /// One with a limit of its own on output tokens.
  Target target(String named, int maxTokens) {
    return switch (this) {
      case CHAT, RESPONSES -> Targets.openAi(named, maxTokens, 2_000);
      case MESSAGES -> Targets.anthropic(named, maxTokens, 2_000);
      case GEMINI -> Targets.gemini(named, maxTokens, 2_000);
    };
  }

  /// A deployment at somebody else's server.
  static Target compatible(String model) {
    return Targets.openAi(model, Target.Host.COMPATIBLE, 4_000, 2_000);
  }

  /// A provider's whole reply in the neutral vocabulary.
  Completion reply(String body) {
    return dialect.readReply(bytes(body));
  }

  /// What a client of `to` is told for a reply in this dialect.
  JsonNode tell(String reply, Tongue to) {
    return to.told(reply(reply));
  }

  JsonNode told(Completion completion) {
    return Json.read(dialect.writeReply(completion, client(Asking.plainly(this))).body());
  }

  Failure failure(int status, String body, String... headers) {
    return dialect.readFailure(status, Headers.of(headers), bytes(body));
  }
}
