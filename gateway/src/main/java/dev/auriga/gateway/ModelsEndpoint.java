// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.engine.Caller;
import dev.auriga.gateway.transport.Exchange;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the routes and deployments a caller may name, in the shape of the dialect that asks:
/// Gemini's by its path or `x-goog-api-key`, Anthropic's by `anthropic-version` or `x-api-key`, else
/// OpenAI's.
/// Deployments are told with their limits in tokens, where they are known; `context_length` and
/// `max_output_tokens` in OpenAI's shape are Auriga's own.
///
/// Sources: OpenAI API reference, Models; Anthropic API reference, List Models; Gemini API
/// reference, `models.list`.
final class ModelsEndpoint implements Endpoint {
  private static final String OPENAI = "/v1/models";
  private static final String GEMINI = "/v1beta/models";

  private final Orchestrator orchestrator;

  ModelsEndpoint(Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
  }

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    boolean gemini = exchange.path().startsWith(GEMINI);
    String root = gemini ? GEMINI : OPENAI;
    List<String> names = orchestrator.policy().names().stream().filter(caller::may).toList();
    Shape shape = gemini ? Shape.GEMINI : Shape.asked(exchange.headers());
    ObjectNode answer =
        exchange.path().length() > root.length() + 1
            ? one(RequestPath.decoded(exchange.path().substring(root.length() + 1)), names, shape)
            : all(shape == Shape.ANTHROPIC ? ModelPage.of(exchange.query(), names) : ModelPage.all(names), shape);
    exchange.reply(200, Tell.aside(orchestrator.newId()), Json.write(answer));
  }

  private enum Shape {
    OPENAI,
    ANTHROPIC,
    GEMINI;

    /// At the path that all dialects share, a client is known by the headers it alone sends.
    static Shape asked(Headers headers) {
      if (headers.first("x-goog-api-key") != null) {
        return GEMINI;
      }
      return headers.first("anthropic-version") != null || headers.first("x-api-key") != null
          ? ANTHROPIC
          : OPENAI;
    }
  }

  private ObjectNode one(String name, List<String> names, Shape shape) {
    if (!names.contains(name)) {
      throw new Refusal(
          Refusal.Kind.NOT_FOUND,
          "there is no route or deployment \"%s\"; there are: %s"
              .formatted(name, String.join(", ", names)));
    }
    return described(name, shape);
  }

  private ObjectNode all(ModelPage page, Shape shape) {
    List<String> names = page.names();
    ObjectNode list = Json.object();
    ArrayNode items = list.putArray(shape == Shape.GEMINI ? "models" : "data");
    names.forEach(name -> items.add(described(name, shape)));
    switch (shape) {
      case OPENAI -> list.put("object", "list");
      case ANTHROPIC -> {
        list.put("has_more", page.hasMore());
        list.put("first_id", names.isEmpty() ? null : names.getFirst());
        list.put("last_id", names.isEmpty() ? null : names.getLast());
      }
      case GEMINI -> {}
    }
    return list;
  }

  private ObjectNode described(String name, Shape shape) {
    ObjectNode model = Json.object();
    Capabilities.Window window = window(name);
    switch (shape) {
      case OPENAI -> {
        model.put("id", name).put("object", "model").put("created", 0).put("owned_by", "auriga");
        limits(model, window, "context_length", "max_output_tokens");
      }
      case ANTHROPIC -> {
        model
            .put("type", "model")
            .put("id", name)
            .put("display_name", name)
            .put("created_at", "1970-01-01T00:00:00Z")
            .putNull("capabilities")
            .putNull("max_input_tokens")
            .putNull("max_tokens");
        limits(model, window, "max_input_tokens", "max_tokens");
      }
      case GEMINI -> {
        model.put("name", "models/" + name).put("displayName", name);
        model
            .putArray("supportedGenerationMethods")
            .add("generateContent")
            .add("streamGenerateContent")
            .add("countTokens");
        limits(model, window, "inputTokenLimit", "outputTokenLimit");
      }
    }
    return model;
  }

  /// The limits of the deployment of that name; a route has none of its own.
  private Capabilities.Window window(String name) {
    return orchestrator.fleet().deployments().stream()
        .filter(deployment -> deployment.name().equals(name))
        .map(deployment -> deployment.target().capabilities().window())
        .findFirst()
        .orElse(new Capabilities.Window(null, null));
  }

  private static void limits(
      ObjectNode model, Capabilities.Window window, String context, String output) {
    if (window.context() != null) {
      model.put(context, window.context());
    }
    if (window.output() != null) {
      model.put(output, window.output());
    }
  }
}
