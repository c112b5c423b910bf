// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.JsonType;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.RetryAfter;
import dev.auriga.sandbox.protocol.Usage;
import dev.auriga.sandbox.protocol.Wording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Errors of the Gemini API: `{"error":{"code","message","status","details"}}` with google.rpc
/// details (Google API design guide, Errors); field paths are in snake case.
final class GeminiErrors implements Errors, Wording {
  private static final String RPC = "type.googleapis.com/google.rpc.";

  private final Ids ids;

  GeminiErrors(Ids ids) {
    this.ids = ids;
  }

  Refused invalid(String message) {
    return new Refused(error(400, "INVALID_ARGUMENT", message));
  }

  Reply.Whole error(int code, String status, String message, ObjectNode... details) {
    ObjectNode error =
        Json.object().put("code", code).put("message", message).put("status", status);
    if (details.length > 0) {
      error.putArray("details").addAll(List.of(details));
    }
    ObjectNode body = Json.object();
    body.set("error", error);
    return pretty(code, body, null);
  }

  static Reply.Whole pretty(int code, JsonNode body, Reply.@Nullable Served served) {
    return new Reply.Whole(
        code,
        Map.of(
            "content-type", "application/json; charset=UTF-8", "x-content-type-options", "nosniff"),
        (body.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8),
        served);
  }

  Reply.Whole noSuchModel(String model, String method) {
    return error(
        404,
        "NOT_FOUND",
        "models/"
            + model
            + " is not found for API version v1beta, or is not supported for "
            + method
            + ". Call ListModels to see the list of available models and their supported methods.");
  }

  @Override
  public Reply.Whole status(int status, @Nullable RetryAfter retryAfter) {
    List<ObjectNode> details = new ArrayList<>();
    if (status == 429) {
      details.add(quota("GenerateRequestsPerMinutePerProjectPerModel"));
    }
    if (retryAfter != null) {
      details.add(
          Json.object()
              .put("@type", RPC + "RetryInfo")
              .put("retryDelay", retryAfter.delay().toMillis() / 1000.0 + "s"));
    }
    return error(status, name(status), message(status), details.toArray(ObjectNode[]::new));
  }

  private static ObjectNode quota(String id) {
    ObjectNode failure = Json.object().put("@type", RPC + "QuotaFailure");
    failure
        .putArray("violations")
        .add(
            Json.object()
                .put("quotaMetric", "generativelanguage.googleapis.com/generate_content_requests")
                .put("quotaId", id));
    return failure;
  }

  private static String name(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 499 -> "CANCELLED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 401 ->
          "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
              + " cookie or other valid authentication credential.";
      case 404 ->
          "models/unknown is not found for API version v1beta, or is not supported for"
              + " generateContent.";
      case 429 -> "You exceeded your current quota, please check your plan and billing details.";
      case 503 -> "The model is overloaded. Please try again later.";
      case 504 -> "The request timed out. Please try again.";
      default ->
          status >= 500
              ? "An internal error has occurred. Please retry or report in"
                  + " https://developers.generativeai.google/guide/troubleshooting"
              : "Request contains an invalid argument.";
    };
  }

  @Override
  public Reply.Whole quotaExhausted() {
    return error(
        429,
        "RESOURCE_EXHAUSTED",
        message(429),
        quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"));
  }

  @Override
  public Reply.Whole contextTooLong(long tokens, long limit) {
    return error(
        400,
        "INVALID_ARGUMENT",
        "The input token count ("
            + tokens
            + ") exceeds the maximum number of tokens allowed ("
            + limit
            + ").");
  }

  @Override
  public Reply promptFiltered(Ask ask) {
    ContentWriter writer =
        new ContentWriter(
            Catalogue.find(GeminiPath.of(ask.path()).model())
                .orElseGet(() -> Catalogue.all().getLast()),
            ids.next("", 23),
            new Usage(9, 0, 0, 0, 0));
    return writer.blocked(GeminiPath.of(ask.path()).streams(), GeminiPath.wantsEvents(ask));
  }

  @Override
  public Event malformed(Ask ask) {
    return Event.of(
        "data: {\"candidates\": [{\"content\": {\"parts\": [{\"te\r\n\r\n", Event.Part.CONTENT, 0);
  }

  @Override
  public Event inStream(Ask ask, List<Event> sent) {
    ObjectNode data = Json.object();
    data.set(
        "error",
        Json.object().put("code", 503).put("message", message(503)).put("status", "UNAVAILABLE"));
    return Event.of("data: " + data + "\r\n\r\n", Event.Part.CONTENT, 0);
  }

  Fields fields(JsonNode body) {
    return Fields.of(body, "", this);
  }

  @Override
  public String member(String path, String name) {
    String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    return path.isEmpty() ? snake : path + "." + snake;
  }

  @Override
  public String element(String path, int index) {
    return path + "[" + index + "]";
  }

  @Override
  public Refused missing(String path) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    return invalid("* GenerateContentRequest." + path + ": " + last + " is not specified\n");
  }

  @Override
  public Refused unknown(String path) {
    throw new IllegalStateException(
        "a Gemini complaint about an unknown name needs the name as written: " + path);
  }

  /// A member nobody knows, by the name the client wrote.
  Refused unknown(String path, String name) {
    String at = path.isEmpty() ? "" : " at '" + path + "'";
    String message =
        "Invalid JSON payload received. Unknown name \""
            + name
            + "\""
            + at
            + ": Cannot find field.";
    ObjectNode detail = Json.object().put("@type", RPC + "BadRequest");
    detail
        .putArray("fieldViolations")
        .add(Json.object().put("field", path).put("description", message));
    return new Refused(error(400, "INVALID_ARGUMENT", message, detail));
  }

  @Override
  public Refused wrong(String path, JsonType expected, JsonNode found) {
    String type =
        switch (expected) {
          case STRING -> "TYPE_STRING";
          case INTEGER -> "TYPE_INT32";
          case NUMBER -> "TYPE_FLOAT";
          case BOOLEAN -> "TYPE_BOOL";
          case ARRAY -> "a list";
          case OBJECT -> "a message";
        };
    return invalid("Invalid value at '" + path + "' (" + type + "), " + found);
  }
}
