// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.laws.Dialects;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges what is written in a dialect by its vendor's document: OpenAI's, Anthropic's, and for Responses
/// that of Open Responses too. For Gemini, which has none here, by [GeminiForm].
public final class Judge {
  private static final Set<String> CLIENT_CODES = Set.of("context_length_exceeded", "insufficient_quota");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Specification openAi = Specification.of("openai.json");
  private final Specification anthropic = Specification.of("anthropic.json");
  private final Specification openResponses = Specification.of("open-responses.json");

  public void request(Dialect upstream, byte[] body) {
    JsonNode request = JSON.readTree(body);
    if (upstream == Dialects.ANTHROPIC) {
      fits(anthropic, "CreateMessageParams", request);
    } else if (upstream == Dialects.CHAT) {
      fits(openAi, "CreateChatCompletionRequest", request);
    } else if (upstream == Dialects.RESPONSES) {
      fits(openAi, "CreateResponse", request);
      fits(openResponses, "CreateResponseBody", request);
    } else {
      GeminiForm.request(request);
    }
  }

  public void reply(Dialect client, byte[] body) {
    JsonNode reply = JSON.readTree(body);
    if (client == Dialects.ANTHROPIC) {
      fits(anthropic, "Message", reply);
    } else if (client == Dialects.CHAT) {
      fits(openAi, "CreateChatCompletionResponse", reply);
    } else if (client == Dialects.RESPONSES) {
      fits(openAi, "Response", reply);
      fits(openResponses, "ResponseResource", openly(reply));
    } else {
      GeminiForm.response(reply);
    }
  }

  /// Each event of a stream but the end marker.
  public void stream(Dialect client, List<SseEvent> events) {
    for (SseEvent event : events) {
      if (event.data().isEmpty() || event.data().equals("[DONE]")) {
        continue;
      }
      JsonNode data = JSON.readTree(event.data());
      if (data.has("error") && !data.path("type").asString("").startsWith("response.")) {
        error(client, event.data().getBytes(UTF_8));
      } else if (client == Dialects.ANTHROPIC) {
        if (!event.name().equals("ping")) {
          fits(anthropic, "MessageStreamEvent", data);
        }
      } else if (client == Dialects.CHAT) {
        fits(openAi, "CreateChatCompletionStreamResponse", data);
      } else if (client == Dialects.RESPONSES) {
        if (!data.has("annotation") || isPage(data.path("annotation"))) {
          assertThat(openResponses.eventFaults(openly(data))).as("%s by Open Responses", data).isEmpty();
        }
        fits(openAi, "ResponseStreamEvent", asDocumented(data));
      } else {
        GeminiForm.response(data);
      }
    }
  }

  /// What is written without the two things of OpenAI's that Open Responses has no form for: citations
  /// of files, and the schema of an answer, which may only be null there.
  private static JsonNode openly(JsonNode written) {
    JsonNode copy = written.deepCopy();
    close(copy);
    return copy;
  }

  private static void close(JsonNode node) {
    if (node.path("annotations") instanceof ArrayNode annotations) {
      annotations.removeIf(annotation -> !isPage(annotation));
    }
    if (node.path("format") instanceof ObjectNode format
        && format.path("type").asString("").equals("json_schema")) {
      format.removeAll();
      format.put("type", "text");
    }
    node.values().forEach(Judge::close);
  }

  private static boolean isPage(JsonNode annotation) {
    return annotation.path("type").asString("").equals("url_citation");
  }

  /// The event without the two things in which it goes beyond OpenAI's document. The usage of a response
  /// in progress is null in the service's own recorded streams, as Open Responses demands. And two error
  /// codes are those OpenAI's own command line client acts on.
  private static JsonNode asDocumented(JsonNode event) {
    JsonNode copy = event.deepCopy();
    if (copy.path("response") instanceof ObjectNode response && response.path("usage").isNull()) {
      response.remove("usage");
    }
    if (copy.at("/response/error") instanceof ObjectNode error
        && CLIENT_CODES.contains(error.path("code").asString(""))) {
      error.put("code", "server_error");
    }
    return copy;
  }

  public void error(Dialect client, byte[] body) {
    JsonNode error = JSON.readTree(body);
    if (client == Dialects.ANTHROPIC) {
      fits(anthropic, "ErrorResponse", error);
    } else if (client == Dialects.GEMINI) {
      GeminiForm.error(error);
    } else {
      fits(openAi, "ErrorResponse", error);
    }
  }

  public void openAiModels(byte[] body) {
    fits(openAi, "ListModelsResponse", JSON.readTree(body));
  }

  private static void fits(Specification specification, String schema, JsonNode value) {
    assertThat(specification.faults(schema, value)).as("%s as %s", value, schema).isEmpty();
  }
}
