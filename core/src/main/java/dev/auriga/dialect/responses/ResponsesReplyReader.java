// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.openai.OpenAiFailures;
import dev.auriga.dialect.openai.OpenAiUsage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads a whole response; one that failed, was cancelled or has not ended is a [BadReply].
///
/// Source: OpenAI OpenAPI document, `Response`.
final class ResponsesReplyReader {
  private final ResponsesFailures failures;

  ResponsesReplyReader(OpenAiFailures failures) {
    this.failures = new ResponsesFailures(failures);
  }

  Completion read(byte[] body) {
    JsonNode response;
    try {
      response = Json.read(body);
    } catch (JacksonException _) {
      throw new BadReply(OpenAiFailures.notJson());
    }
    String status = response.path("status").asString("");
    if (response.path("error").isObject() || !ResponsesStops.isAnswer(status)) {
      throw new BadReply(failures.ofResponse(response));
    }
    ResponsesOutput output = new ResponsesOutput();
    List<Part> parts = new ArrayList<>();
    output.response(response);
    int index = 0;
    for (JsonNode item : response.path("output").values()) {
      parts.addAll(output.parts(item, index++));
    }
    Usage usage = OpenAiUsage.of(response, "");
    return new Completion(
        response.path("id").asString(""),
        response.path("model").asString(""),
        parts,
        ResponsesStops.read(
            status,
            response.path("incomplete_details").path("reason").asString(null),
            parts.stream().anyMatch(Part.ToolCall.class::isInstance)),
        null,
        usage == null ? Usage.NONE : usage,
        output.rest().losses());
  }
}
