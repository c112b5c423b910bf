// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.openai.OpenAiFailures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Failures that come with a status of success: a response that failed, or an error event.
///
/// Both are brought into the form of an error reply, so that there is one table of what they mean
/// and one form a client is told them in. Source: OpenAI OpenAPI document, `ResponseError`,
/// `ResponseErrorEvent`; Open Responses specification, Errors.
final class ResponsesFailures {
  private final OpenAiFailures failures;

  ResponsesFailures(OpenAiFailures failures) {
    this.failures = failures;
  }

  /// The failure of a response whose status is no answer, or that carries an error.
  Failure ofResponse(JsonNode response) {
    JsonNode error = response.path("error");
    if (error.isObject() || error.isString()) {
      return ofError(error);
    }
    String status = response.path("status").asString("");
    String detail = status.isEmpty() ? "the reply is no response" : "the response is " + status;
    return Failure.of(FailureKind.UNKNOWN, 200, detail);
  }

  /// The failure an `error` event tells, whose fields stand flat or in `error`.
  Failure ofEvent(JsonNode event) {
    if (event.path("error").isObject()) {
      return ofError(event.path("error"));
    }
    ObjectNode error = Json.object();
    for (String name : new String[] {"message", "param", "code"}) {
      if (event.has(name)) {
        error.set(name, event.get(name));
      }
    }
    return ofError(error);
  }

  private Failure ofError(JsonNode error) {
    ObjectNode reply = Json.object();
    reply.set("error", error);
    return failures.readEvent(reply, Json.raw(reply).text());
  }
}
