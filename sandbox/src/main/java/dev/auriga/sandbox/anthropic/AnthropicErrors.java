// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.RetryAfter;
import dev.auriga.sandbox.protocol.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Errors of the Messages API (Anthropic API reference, Errors): `{"type":"error","error":{"type",
/// "message"},"request_id"}`; those of Foundry's front door have Azure's shape.
final class AnthropicErrors implements Errors {
  private final Ids ids;
  private final boolean foundry;

  AnthropicErrors(Ids ids, boolean foundry) {
    this.ids = ids;
    this.foundry = foundry;
  }

  Refused invalid(String message) {
    return new Refused(error(400, "invalid_request_error", message, Map.of()));
  }

  Reply.Whole error(int status, String type, String message, Map<String, String> headers) {
    ObjectNode error = Json.object().put("type", type).put("message", message);
    return error(status, error, headers);
  }

  private Reply.Whole error(int status, ObjectNode error, Map<String, String> headers) {
    String request = ids.next("req_011C", 20);
    ObjectNode body = Json.object().put("type", "error");
    body.set("error", error);
    body.put("request_id", request);
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(correlation(request));
    return Json.reply(status, all, body, null);
  }

  /// The headers every answer carries.
  Map<String, String> correlation(String request) {
    return foundry
        ? Map.of("request-id", request, "apim-request-id", ids.uuid())
        : Map.of(
            "request-id",
            request,
            "anthropic-organization-id",
            "5a3d0b8e-7f61-4c6e-9d0a-2b1c4e8f6a90");
  }

  /// An error of Azure's front door: no deployment, no access, no such path.
  Reply.Whole azure(int status, String code, String message) {
    ObjectNode body = Json.object();
    body.set("error", Json.object().put("code", code).put("message", message));
    return Json.reply(status, Map.of("apim-request-id", ids.uuid()), body, null);
  }

  Reply.Whole noSuchModel(String model) {
    return foundry
        ? azure(
            404,
            "DeploymentNotFound",
            "The API deployment for this resource does not exist. If you created the deployment"
                + " within the last 5 minutes, please wait a moment and try again.")
        : error(404, "not_found_error", "model: " + model, Map.of());
  }

  @Override
  public Reply.Whole status(int status, @Nullable RetryAfter retryAfter) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (retryAfter != null) {
      headers.putAll(retryAfter.header());
    }
    headers.put("x-should-retry", Boolean.toString(status == 429 || status >= 500));
    return error(status, type(status), message(status), headers);
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 409 -> "conflict_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> status >= 500 ? "api_error" : "invalid_request_error";
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 401 -> "invalid x-api-key";
      case 404 -> "model: not found";
      case 429 ->
          "This request would exceed your organization's rate limit of 40,000 input tokens per"
              + " minute.";
      case 529 -> "Overloaded";
      default -> status >= 500 ? "Internal server error" : "The request could not be processed.";
    };
  }

  @Override
  public Reply.Whole quotaExhausted() {
    ObjectNode error =
        Json.object()
            .put("type", "rate_limit_error")
            .put("message", "You have reached the spend limit enforced for your organization.");
    error.set("details", Json.object().put("error_code", "enforced_spend_limit_reached"));
    return error(429, error, Map.of("x-should-retry", "false"));
  }

  @Override
  public Reply.Whole contextTooLong(long tokens, long limit) {
    return error(
        400,
        "invalid_request_error",
        "prompt is too long: " + tokens + " tokens > " + limit + " maximum",
        Map.of());
  }

  @Override
  public Reply promptFiltered(Ask ask) {
    JsonNode body = ask.json();
    String model = body == null ? "" : body.path("model").asString("");
    ModelCard card =
        Catalogue.find(ModelCard.Vendor.ANTHROPIC, model)
            .orElseGet(() -> Catalogue.all().getFirst());
    MessageWriter writer =
        new MessageWriter(
            card, ids.next("msg_01", 22), new MessageUsage(new Usage(12, 0, 0, 0, 0), 0, 0));
    boolean stream = body != null && body.path("stream").asBoolean(false);
    return writer.refusal(stream, correlation(ids.next("req_011C", 20)));
  }

  @Override
  public Event malformed(Ask ask) {
    return Event.of(
        """
        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"te

        """,
        Event.Part.CONTENT,
        0);
  }

  @Override
  public Event inStream(Ask ask, List<Event> sent) {
    ObjectNode data = Json.object().put("type", "error");
    data.set("error", Json.object().put("type", "overloaded_error").put("message", "Overloaded"));
    return Event.of("event: error\ndata: " + data + "\n\n", Event.Part.CONTENT, 0);
  }

  Fields fields(JsonNode body) {
    return Fields.of(body, "", new AnthropicWording(this));
  }
}
