// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What an error body says, whichever of its forms it has.
///
/// OpenAI and Azure nest an object in `error`; some servers put a string there; vLLM once put the
/// fields at the top, Azure API Management does so with `statusCode`; FastAPI has `detail`;
/// OpenRouter puts an error into a choice. `code` may be a number then, mostly the HTTP status.
///
/// @param tokens every code and type, lower case, the most telling first
/// @param type the type, or the code where there is none, lower case
/// @param status the status the body names, 0 when it names none
record OpenAiError(List<String> tokens, String type, String message, int status) {

  static OpenAiError in(JsonNode body) {
    JsonNode error = body.path("error");
    if (error.isMissingNode() || error.isNull()) {
      JsonNode inChoice = body.path("choices").path(0).path("error");
      error = inChoice.isObject() ? inChoice : body;
    }
    if (error.isString()) {
      return new OpenAiError(List.of(), "", error.stringValue(), 0);
    }
    List<String> tokens = new ArrayList<>();
    add(error.path("innererror").path("code"), tokens);
    add(error.path("inner_error").path("code"), tokens);
    add(error.path("code"), tokens);
    add(error.path("type"), tokens);
    String message = text(error, "message");
    return new OpenAiError(
        tokens,
        tokens.isEmpty() ? "" : tokens.getLast(),
        message.isEmpty() ? text(error, "detail") : message,
        status(error));
  }

  private static void add(JsonNode token, List<String> tokens) {
    if (token.isString() && !token.stringValue().isBlank()) {
      tokens.add(token.stringValue().toLowerCase(Locale.ROOT));
    }
  }

  private static String text(JsonNode error, String name) {
    JsonNode value = error.path(name);
    return value.isString() ? value.stringValue() : "";
  }

  private static int status(JsonNode error) {
    for (String name : List.of("status", "statusCode", "code")) {
      JsonNode value = error.path(name);
      int status = value.isNumber() || value.isString() ? value.asInt(0) : 0;
      if (status >= 400 && status < 600) {
        return status;
      }
    }
    return 0;
  }
}
