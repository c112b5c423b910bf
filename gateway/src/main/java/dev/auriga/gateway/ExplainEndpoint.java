// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import dev.auriga.engine.Caller;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.provider.Asked;
import dev.auriga.records.DecisionJson;
import dev.auriga.route.Decision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Says how a request would be decided now, without calling anything.
///
/// Takes `{"prompt": "…", "route": "auto"}`, or a whole OpenAI or Anthropic request as
/// `{"request": {…}, "dialect": "openai-chat"}`; `x-auriga-task` and `x-auriga-high-volume` count
/// as they would with the request itself.
final class ExplainEndpoint implements Endpoint {
  private final Orchestrator orchestrator;

  ExplainEndpoint(Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
  }

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    RequestHeaders headers = new RequestHeaders(exchange.headers());
    headers.requireJson();
    Asked asked = asked(Json.readClient(exchange.body()));
    Decision decision =
        orchestrator.explain(asked, caller, headers.hints(caller, orchestrator.policy().regions()));
    exchange.reply(
        200, Tell.aside(orchestrator.newId(), decision.route()), Json.write(DecisionJson.write(decision)));
  }

  private static Asked asked(ObjectNode body) {
    JsonNode request = body.get("request");
    if (request != null) {
      return Asked.of(dialect(body), ClientRequest.of(Json.write(request)), Headers.NONE);
    }
    JsonNode prompt = body.get("prompt");
    if (prompt == null || !prompt.isString()) {
      throw Json.wrong("prompt", "send a prompt as text, or a whole request as \"request\"");
    }
    JsonNode route = body.get("route");
    if (route != null && !route.isString()) {
      throw Json.wrong("route", "the name of a route or deployment");
    }
    return Asked.of(
        CompletionRequest.to(route == null ? "auto" : route.stringValue())
            .message(Message.user(prompt.stringValue()))
            .build());
  }

  private static Dialect dialect(ObjectNode body) {
    String name = body.path("dialect").asString("openai-chat");
    return switch (name) {
      case "openai-chat" -> OpenAiChat.strict();
      case "openai-responses" -> new OpenAiResponses();
      case "anthropic-messages" -> new AnthropicMessages();
      default ->
          throw new Refusal(
              Refusal.Kind.INVALID,
              "a request is explained in dialect openai-chat, openai-responses or anthropic-messages, not \"%s\""
                  .formatted(name),
              "dialect");
    };
  }
}
