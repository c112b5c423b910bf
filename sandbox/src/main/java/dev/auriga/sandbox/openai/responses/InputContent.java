// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.JsonType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Reads what messages and outputs say, part by part, and counts it.
final class InputContent {
  static final Set<String> USER = Set.of("input_text", "input_image", "input_file");
  static final Set<String> ASSISTANT = Set.of("output_text", "refusal");
  static final Set<String> OUTPUT = USER;

  private final OpenAiErrors errors;
  private final StringBuilder everything = new StringBuilder();
  private int images;
  private long tokens;

  InputContent(OpenAiErrors errors) {
    this.errors = errors;
  }

  int images() {
    return images;
  }

  long tokens() {
    return tokens;
  }

  String everything() {
    return everything.toString();
  }

  void count(int more) {
    tokens += more;
  }

  void count(String said) {
    tokens += Tokens.count(said);
    everything.append(said).append('\n');
  }

  /// The text of a content that is a string or an array of parts of the known types.
  String read(Fields item, String name, Set<String> types) {
    JsonNode content = item.required(name);
    if (content.isString()) {
      count(content.asString());
      return content.asString();
    }
    if (!content.isArray()) {
      throw item.wording().wrong(item.at(name), JsonType.STRING, content);
    }
    List<String> texts = new ArrayList<>();
    for (Fields part : item.items(name)) {
      part(part, types, texts);
    }
    return String.join("\n", texts);
  }

  private void part(Fields part, Set<String> types, List<String> texts) {
    String type = part.text("type");
    if (!types.contains(type)) {
      throw errors.invalid(
          "Invalid value: '" + type + "'. Supported values are: " + listed(types) + ".",
          part.path(),
          "invalid_value");
    }
    switch (type) {
      case "input_text", "output_text" -> {
        String text = part.text("text");
        count(text);
        texts.add(text);
      }
      case "refusal" -> count(part.text("refusal"));
      case "input_image" -> image(part);
      default -> {
        if (!part.has("file_id") && !part.has("file_url") && !part.has("file_data")) {
          throw errors.invalid(
              "Missing required parameter: one of 'file_id', 'file_url' or 'file_data'.",
              part.path(),
              "missing_required_parameter");
        }
        tokens += Tokens.IMAGE;
      }
    }
  }

  private void image(Fields part) {
    if (!part.has("file_id")) {
      String url = part.text("image_url");
      if (!url.matches("(?s)https?://.+|data:image/(png|jpe?g|gif|webp);base64,.+")) {
        throw errors.invalid(
            "Invalid '"
                + part.at("image_url")
                + "'. Expected a valid URL, but got a value with an invalid format.",
            part.at("image_url"),
            "invalid_value");
      }
    }
    images++;
    tokens += Tokens.IMAGE;
  }

  private static String listed(Set<String> types) {
    List<String> quoted = new TreeSet<>(types).stream().map(type -> "'" + type + "'").toList();
    return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " and " + quoted.getLast();
  }
}
