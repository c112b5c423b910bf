// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.JsonType;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Wording;
import tools.jackson.databind.JsonNode;

/// Complaints about fields as OpenAI words them. Its older APIs know no name for a field of the top
/// level that they do not take; the Responses API does.
public record OpenAiWording(OpenAiErrors errors, boolean older) implements Wording {

  /// A body of Chat Completions or Embeddings.
  public static Fields older(JsonNode body, OpenAiErrors errors) {
    return Fields.of(body, "", new OpenAiWording(errors, true));
  }

  /// A body of Responses.
  public static Fields responses(JsonNode body, OpenAiErrors errors) {
    return Fields.of(body, "", new OpenAiWording(errors, false));
  }

  @Override
  public String member(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @Override
  public String element(String path, int index) {
    return path + "[" + index + "]";
  }

  @Override
  public Refused missing(String path) {
    return older && path.equals("model")
        ? errors.invalid("you must provide a model parameter", null, null)
        : errors.invalid(
            "Missing required parameter: '" + path + "'.", path, "missing_required_parameter");
  }

  @Override
  public Refused unknown(String path) {
    return older && !path.contains(".")
        ? errors.invalid("Unrecognized request argument supplied: " + path, null, null)
        : errors.invalid("Unknown parameter: '" + path + "'.", path, "unknown_parameter");
  }

  @Override
  public Refused wrong(String path, JsonType expected, JsonNode found) {
    String wanted =
        switch (expected) {
          case STRING -> "a string";
          case INTEGER -> "an integer";
          case NUMBER -> "a decimal";
          case BOOLEAN -> "a boolean";
          case ARRAY -> "an array of objects";
          case OBJECT -> "an object";
        };
    return errors.invalid(
        "Invalid type for '"
            + path
            + "': expected "
            + wanted
            + ", but got "
            + kind(found)
            + " instead.",
        path,
        "invalid_type");
  }

  private static String kind(JsonNode found) {
    return switch (found.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> found.isIntegralNumber() ? "an integer" : "a decimal";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case NULL, MISSING, BINARY, POJO -> "null";
    };
  }
}
