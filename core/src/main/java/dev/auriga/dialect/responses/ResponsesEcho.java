// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.openai.OpenAiFreeForm;
import dev.auriga.dialect.openai.OpenAiTokens;
import java.util.Arrays;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The settings of a request that its response repeats, drawn without reading the input.
///
/// Source: Open Responses specification, `ResponseResource`.
record ResponsesEcho(ObjectNode settings) {
  private static final Set<String> REPEATED =
      Set.of(
          "frequency_penalty", "instructions", "max_output_tokens", "max_tool_calls", "metadata",
          "parallel_tool_calls", "presence_penalty", "prompt_cache_key", "reasoning",
          "safety_identifier", "service_tier", "temperature", "text", "tool_choice", "tools",
          "top_logprobs", "top_p", "truncation", "user");

  /// The names of the custom tools among the client's.
  Set<String> freeForm() {
    return OpenAiFreeForm.names(settings.path("tools"));
  }

  /// `body` was read before, when its outline was drawn.
  static ResponsesEcho of(byte[] body) {
    ObjectNode settings = Json.object();
    try (JsonParser parser = Json.parser(body)) {
      OpenAiTokens.enterBody(parser);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (REPEATED.contains(name) && value != JsonToken.VALUE_NULL) {
          int from = OpenAiTokens.start(parser);
          parser.skipChildren();
          parser.finishToken();
          JsonNode said = Json.read(Arrays.copyOfRange(body, from, OpenAiTokens.end(parser)));
          settings.set(name, said);
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
    return new ResponsesEcho(settings);
  }
}
