// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The four dialects as a client without any library speaks them: how it asks, and how it knows a
/// whole answer from a broken one.
enum Wire {
  OPENAI {
    @Override
    String path(String route, boolean streamed) {
      return "/v1/chat/completions";
    }

    @Override
    ObjectNode body(String route, String prompt, boolean streamed) {
      ObjectNode body = JSON.createObjectNode().put("model", route).put("stream", streamed);
      body.putArray("messages").addObject().put("role", "user").put("content", prompt);
      return body;
    }

    @Override
    boolean isWhole(JsonNode answer) {
      JsonNode choice = answer.path("choices").path(0);
      return choice.path("finish_reason").isString() && choice.path("message").isObject();
    }

    @Override
    boolean hasTerminal(List<Told.Event> events) {
      return !events.isEmpty() && events.getLast().data().equals("[DONE]");
    }

    @Override
    String text(Told.Event event) {
      return event.json().path("choices").path(0).path("delta").path("content").asString("");
    }

    @Override
    String problem(JsonNode body) {
      JsonNode error = body.path("error");
      return error.path("code").isString()
          ? error.path("code").stringValue()
          : error.path("type").asString("");
    }

    @Override
    boolean isDeclined(JsonNode body) {
      return body.path("choices")
          .path(0)
          .path("finish_reason")
          .asString("")
          .equals("content_filter");
    }
  },

  ANTHROPIC {
    @Override
    String path(String route, boolean streamed) {
      return "/v1/messages";
    }

    @Override
    ObjectNode body(String route, String prompt, boolean streamed) {
      ObjectNode body =
          JSON.createObjectNode()
              .put("model", route)
              .put("max_tokens", 1000)
              .put("stream", streamed);
      body.putArray("messages").addObject().put("role", "user").put("content", prompt);
      return body;
    }

    @Override
    boolean isWhole(JsonNode answer) {
      return answer.path("type").asString("").equals("message")
          && answer.path("stop_reason").isString();
    }

    @Override
    boolean hasTerminal(List<Told.Event> events) {
      return !events.isEmpty() && events.getLast().name().equals("message_stop");
    }

    @Override
    String text(Told.Event event) {
      return event.json().path("delta").path("text").asString("");
    }

    @Override
    String problem(JsonNode body) {
      return body.path("type").asString("").equals("error")
          ? body.path("error").path("type").asString("")
          : "";
    }

    @Override
    boolean isDeclined(JsonNode body) {
      return body.path("stop_reason")
          .asString(body.path("delta").path("stop_reason").asString(""))
          .equals("refusal");
    }
  },

  GEMINI {
    @Override
    String path(String route, boolean streamed) {
      return "/v1beta/models/"
          + route
          + (streamed ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    @Override
    ObjectNode body(String route, String prompt, boolean streamed) {
      ObjectNode body = JSON.createObjectNode();
      body.putArray("contents")
          .addObject()
          .put("role", "user")
          .putArray("parts")
          .addObject()
          .put("text", prompt);
      return body;
    }

    @Override
    boolean isWhole(JsonNode answer) {
      return answer.path("candidates").path(0).path("finishReason").isString()
          || answer.path("promptFeedback").path("blockReason").isString();
    }

    @Override
    boolean hasTerminal(List<Told.Event> events) {
      return !events.isEmpty() && isWhole(events.getLast().json());
    }

    @Override
    String text(Told.Event event) {
      return event
          .json()
          .path("candidates")
          .path(0)
          .path("content")
          .path("parts")
          .path(0)
          .path("text")
          .asString("");
    }

    @Override
    String problem(JsonNode body) {
      return body.path("error").path("status").asString("");
    }

    @Override
    boolean isDeclined(JsonNode body) {
      return body.path("promptFeedback").path("blockReason").isString()
          || DECLINED.contains(body.path("candidates").path(0).path("finishReason").asString(""));
    }
  },

  RESPONSES {
    @Override
    String path(String route, boolean streamed) {
      return "/v1/responses";
    }

    @Override
    ObjectNode body(String route, String prompt, boolean streamed) {
      return JSON.createObjectNode()
          .put("model", route)
          .put("stream", streamed)
          .put("input", prompt);
    }

    @Override
    boolean isWhole(JsonNode answer) {
      String status = answer.path("status").asString("");
      return answer.path("object").asString("").equals("response")
          && (status.equals("completed") || status.equals("incomplete"));
    }

    @Override
    boolean hasTerminal(List<Told.Event> events) {
      return events.stream().anyMatch(event -> isWhole(event.json().path("response")));
    }

    @Override
    String text(Told.Event event) {
      return event.json().path("type").asString("").equals("response.output_text.delta")
          ? event.json().path("delta").asString("")
          : "";
    }

    @Override
    String problem(JsonNode body) {
      if (body.path("type").asString("").equals("error")) {
        return body.path("code").asString("");
      }
      String failed = body.path("response").path("error").path("code").asString("");
      return failed.isEmpty() ? OPENAI.problem(body) : failed;
    }

    @Override
    boolean isDeclined(JsonNode body) {
      JsonNode response = body.has("response") ? body.path("response") : body;
      return response
          .path("incomplete_details")
          .path("reason")
          .asString("")
          .equals("content_filter");
    }
  };

  static final JsonMapper JSON = JsonMapper.builder().build();

  /// Gemini's finish reasons of a content filter.
  private static final Set<String> DECLINED =
      Set.of("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII");

  abstract String path(String route, boolean streamed);

  abstract ObjectNode body(String route, String prompt, boolean streamed);

  /// Whether a body is an answer that ended, for whatever reason.
  abstract boolean isWhole(JsonNode answer);

  /// Whether the last of a stream's events says that the answer is whole.
  abstract boolean hasTerminal(List<Told.Event> events);

  /// The visible text an event adds.
  abstract String text(Told.Event event);

  /// What sort of problem an error body or error event tells; empty when it is none.
  abstract String problem(JsonNode body);

  /// Whether an answer's body or a stream's event says that a filter declined or stopped it.
  abstract boolean isDeclined(JsonNode body);

  /// The request as its client sends it, the key in that dialect's own header.
  HttpRequest request(URI gateway, String route, String prompt, boolean streamed) {
    return post(gateway, path(route, streamed), body(route, prompt, streamed).toString()).build();
  }

  /// A request with any body to any path.
  HttpRequest.Builder post(URI gateway, String path, String body) {
    return keyed(HttpRequest.newBuilder(gateway.resolve(path)), Rig.KEY)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  /// Shows `key` in the header of this dialect's clients.
  HttpRequest.Builder keyed(HttpRequest.Builder request, String key) {
    return switch (this) {
      case OPENAI, RESPONSES -> request.header("authorization", "Bearer " + key);
      case ANTHROPIC -> request.header("x-api-key", key).header("anthropic-version", "2023-06-01");
      case GEMINI -> request.header("x-goog-api-key", key);
    };
  }
}
