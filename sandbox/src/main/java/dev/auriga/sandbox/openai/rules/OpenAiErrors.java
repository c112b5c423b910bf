// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.RetryAfter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Errors of OpenAI's APIs: `{"error":{"message","type","param","code"}}` (OpenAI documentation,
/// Error codes). Azure answers some of them in a shape of its own.
public final class OpenAiErrors implements Errors {
  private static final String INVALID = "invalid_request_error";

  private final Ids ids;
  private final boolean azure;

  public OpenAiErrors(Ids ids, boolean azure) {
    this.ids = ids;
    this.azure = azure;
  }

  public Refused invalid(String message, @Nullable String param, @Nullable String code) {
    return new Refused(error(400, INVALID, code, param, message));
  }

  public Reply.Whole error(
      int status, String type, @Nullable String code, @Nullable String param, String message) {
    ObjectNode error =
        Json.object()
            .put("message", message)
            .put("type", type)
            .put("param", param)
            .put("code", code);
    return wrapped(status, error, Map.of());
  }

  /// An error of Azure's front door.
  public Reply.Whole azure(int status, String code, String message) {
    return wrapped(status, Json.object().put("code", code).put("message", message), Map.of());
  }

  private Reply.Whole wrapped(int status, ObjectNode error, Map<String, String> headers) {
    ObjectNode body = Json.object();
    body.set("error", error);
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(correlation());
    return Json.reply(status, all, body, null);
  }

  /// The headers every answer carries.
  public Map<String, String> correlation() {
    return azure
        ? Map.of(
            "apim-request-id", ids.uuid(), "x-request-id", ids.uuid(), "x-ms-region", "East US 2")
        : Map.of(
            "x-request-id", ids.next("req_", 24),
            "openai-organization", "sandbox",
            "openai-version", "2020-10-01");
  }

  public Reply.Whole noSuchModel(String model) {
    return error(
        404,
        INVALID,
        "model_not_found",
        null,
        "The model `" + model + "` does not exist or you do not have access to it.");
  }

  /// Refuses a model over Chat Completions that is called over Responses only.
  public Reply.Whole responsesOnly(String model) {
    return azure
        ? error(
            400,
            INVALID,
            "OperationNotSupported",
            null,
            "The chatCompletion operation does not work with the specified model, "
                + model
                + ". Please choose different model and try again.")
        : error(
            404,
            INVALID,
            null,
            "model",
            "This model is only supported in v1/responses and not in v1/chat/completions.");
  }

  public Reply.Whole noSuchDeployment() {
    ObjectNode error =
        Json.object()
            .put("type", INVALID)
            .put("code", "DeploymentNotFound")
            .put(
                "message",
                "The API deployment for this resource does not exist. If you created the deployment"
                    + " within the last 5 minutes, please wait a moment and try again.");
    return wrapped(404, error, Map.of());
  }

  @Override
  public Reply.Whole status(int status, @Nullable RetryAfter retryAfter) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (retryAfter != null) {
      headers.putAll(retryAfter.header());
    }
    if (azure && status == 401) {
      return azure(401, "401", OpenAiAuth.AZURE_DENIED);
    }
    if (azure && status == 404) {
      return noSuchDeployment();
    }
    if (azure && status == 429) {
      ObjectNode error =
          Json.object()
              .put("code", "429")
              .put(
                  "message",
                  "Requests to the ChatCompletions_Create Operation under Azure OpenAI API have"
                      + " exceeded the call rate limit of your current OpenAI S0 pricing tier."
                      + " Please retry later.");
      return wrapped(429, error, headers);
    }
    ObjectNode error =
        Json.object()
            .put("message", message(status))
            .put("type", type(status))
            .putNull("param")
            .put("code", code(status));
    return wrapped(status, error, headers);
  }

  private static String type(int status) {
    return switch (status) {
      case 429 -> "requests";
      default -> status >= 500 ? "server_error" : INVALID;
    };
  }

  private static @Nullable String code(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 404 -> "model_not_found";
      case 429 -> "rate_limit_exceeded";
      default -> null;
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 401 -> "Incorrect API key provided.";
      case 404 -> "The model does not exist or you do not have access to it.";
      case 429 ->
          "Rate limit reached for requests per min (RPM): Limit 500, Used 500, Requested 1.";
      case 503 -> "The engine is currently overloaded, please try again later.";
      default ->
          status >= 500
              ? "The server had an error while processing your request. Sorry about that!"
              : "The request could not be processed.";
    };
  }

  @Override
  public Reply.Whole quotaExhausted() {
    return error(
        429,
        "insufficient_quota",
        "insufficient_quota",
        null,
        "You exceeded your current quota, please check your plan and billing details. For more"
            + " information on this error, read the docs:"
            + " https://platform.openai.com/docs/guides/error-codes/api-errors.");
  }

  @Override
  public Reply.Whole contextTooLong(long tokens, long limit) {
    return error(
        400,
        INVALID,
        "context_length_exceeded",
        "messages",
        "This model's maximum context length is "
            + limit
            + " tokens. However, your messages resulted in "
            + tokens
            + " tokens. Please reduce the length of the messages.");
  }

  @Override
  public Reply promptFiltered(Ask ask) {
    if (!azure) {
      return error(
          400,
          INVALID,
          "invalid_prompt",
          null,
          "Invalid prompt: your prompt was flagged as potentially violating our usage policy.");
    }
    ObjectNode error =
        Json.object()
            .put(
                "message",
                "The response was filtered due to the prompt triggering Azure OpenAI's content"
                    + " management policy. Please modify your prompt and retry.")
            .putNull("type")
            .put("param", "prompt")
            .put("code", "content_filter")
            .put("status", 400);
    ObjectNode inner = Json.object().put("code", "ResponsibleAIPolicyViolation");
    inner.set("content_filter_result", ContentFilter.promptBlocked());
    error.set("innererror", inner);
    return wrapped(400, error, Map.of());
  }

  @Override
  public Event malformed(Ask ask) {
    return BrokenStream.malformed(ask);
  }

  @Override
  public Event inStream(Ask ask, List<Event> sent) {
    return BrokenStream.failure(ask, sent);
  }
}
