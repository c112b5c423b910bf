// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.JsonType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Checks content blocks one by one: type, fields, texts that say something, signatures that fit.
final class Blocks {
  /// The known fields of each block type (Anthropic API reference, Messages).
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "text", Set.of("type", "text", "cache_control", "citations"),
          "image", Set.of("type", "source", "cache_control", "transformations"),
          "document", Set.of("type", "source", "title", "context", "citations", "cache_control"),
          "search_result",
              Set.of("type", "content", "source", "title", "citations", "cache_control"),
          "tool_use",
              Set.of("type", "id", "name", "input", "cache_control", "caller", "toolset_name"),
          "tool_result", Set.of("type", "tool_use_id", "content", "is_error", "cache_control"),
          "thinking", Set.of("type", "thinking", "signature"),
          "redacted_thinking", Set.of("type", "data"));

  private static final Set<String> USER =
      Set.of("text", "image", "document", "search_result", "tool_result");
  private static final Set<String> ASSISTANT =
      Set.of("text", "tool_use", "thinking", "redacted_thinking");
  private static final Set<String> IN_RESULT = Set.of("text", "image", "document", "search_result");
  private static final Set<String> SYSTEM = Set.of("text");
  private static final Set<String> MEDIA =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final AnthropicErrors errors;
  private final Signatures signatures;

  Blocks(AnthropicErrors errors, Signatures signatures) {
    this.errors = errors;
    this.signatures = signatures;
  }

  /// The blocks of a message, a string being one text block.
  List<Fields> ofMessage(Fields message, String role) {
    return read(message, "content", role.equals("user") ? USER : ASSISTANT);
  }

  /// The blocks of the system prompt, none when there is none.
  List<Fields> ofSystem(Fields body) {
    return body.has("system") ? read(body, "system", SYSTEM) : List.of();
  }

  private List<Fields> read(Fields holder, String name, Set<String> types) {
    JsonNode content = holder.required(name);
    if (content.isString()) {
      return content.asString().isEmpty() ? List.of() : List.of(asText(holder, content));
    }
    if (!content.isArray()) {
      throw errors.invalid(holder.at(name) + ": Input should be a valid list");
    }
    List<Fields> blocks = new ArrayList<>();
    for (Fields block : holder.items(name)) {
      blocks.add(checked(block, types));
    }
    return blocks;
  }

  private static Fields asText(Fields holder, JsonNode text) {
    var block =
        dev.auriga.sandbox.protocol.Json.object().put("type", "text").put("text", text.asString());
    return new Fields(block, holder.at("content"), holder.wording());
  }

  private Fields checked(Fields block, Set<String> types) {
    String type = block.text("type");
    Set<String> known = FIELDS.get(type);
    if (known == null || !types.contains(type)) {
      throw errors.invalid(
          block.path()
              + ": Input tag '"
              + type
              + "' found using 'type' does not match any of the expected tags: "
              + String.join(
                  ", ", new TreeSet<>(types).stream().map(tag -> "'" + tag + "'").toList()));
    }
    Fields tagged =
        new Fields(block.node(), block.path() + "." + type, block.wording()).allow(known);
    switch (type) {
      case "text" -> text(tagged);
      case "image" -> source(tagged, MEDIA);
      case "document" -> source(tagged, Set.of("application/pdf", "text/plain"));
      case "tool_use" -> toolUse(tagged);
      case "tool_result" -> toolResult(tagged);
      case "thinking" -> thinking(tagged);
      case "redacted_thinking" -> redacted(tagged);
      default -> tagged.required("content");
    }
    return tagged;
  }

  private void text(Fields block) {
    String text = block.text("text");
    if (text.isEmpty()) {
      throw errors.invalid("messages: text content blocks must be non-empty");
    }
    if (text.isBlank()) {
      throw errors.invalid("messages: text content blocks must contain non-whitespace text");
    }
  }

  private void source(Fields block, Set<String> media) {
    Fields source = block.object("source");
    switch (source.text("type")) {
      case "base64" -> {
        String mediaType = source.text("media_type");
        if (!media.contains(mediaType)) {
          throw errors.invalid(
              source.at("base64.media_type")
                  + ": Input should be one of "
                  + String.join(", ", new TreeSet<>(media)));
        }
        if (source.text("data").isEmpty()) {
          throw errors.invalid(source.at("base64.data") + ": image cannot be empty");
        }
      }
      case "url" -> source.text("url");
      case "file" -> source.text("file_id");
      case "text" -> source.text("data");
      case "content" -> source.required("content");
      case String other ->
          throw errors.invalid(
              source.path()
                  + ": Input tag '"
                  + other
                  + "' found using 'type' does not match any "
                  + "of the expected tags: 'base64', 'file', 'url'");
    }
  }

  private void toolUse(Fields block) {
    identifier(block, "id");
    block.text("name");
    block.required("input");
    block.typed("input", JsonType.OBJECT);
  }

  private void toolResult(Fields block) {
    identifier(block, "tool_use_id");
    block.flag("is_error");
    if (block.has("content") && !block.raw("content").isString()) {
      read(block, "content", IN_RESULT);
    }
  }

  private void identifier(Fields block, String name) {
    if (!block.text(name).matches("[a-zA-Z0-9_-]+")) {
      throw errors.invalid(block.at(name) + ": String should match pattern '^[a-zA-Z0-9_-]+$'");
    }
  }

  private void thinking(Fields block) {
    String thinking = block.text("thinking");
    String signature = block.text("signature");
    if (!signatures.fits(signature, thinking)) {
      throw errors.invalid(place(block) + ": Invalid `signature` in `thinking` block");
    }
  }

  private void redacted(Fields block) {
    if (!signatures.opens(block.text("data"))) {
      throw errors.invalid(place(block) + ": Invalid `data` in `redacted_thinking` block");
    }
  }

  /// Where a block stands, without its type.
  static String place(Fields block) {
    return block.path().substring(0, block.path().lastIndexOf('.'));
  }

  /// Tokens of a block. Thinking that comes back is not counted; images have a fixed count.
  static int tokens(Fields block) {
    return switch (block.raw("type").asString("")) {
      case "text" -> Tokens.count(block.raw("text").asString(""));
      case "image" -> Tokens.IMAGE;
      case "thinking", "redacted_thinking" -> 0;
      case "tool_result" ->
          Tokens.count(words(block.raw("content"))) + images(block) * Tokens.IMAGE;
      case String _ -> Tokens.count(block.node().toString());
    };
  }

  /// How many images a block shows, itself or in its result.
  static int images(Fields block) {
    if (block.raw("type").asString("").equals("image")) {
      return 1;
    }
    int images = 0;
    for (JsonNode inner : block.raw("content")) {
      images += inner.path("type").asString("").equals("image") ? 1 : 0;
    }
    return images;
  }

  /// The text of a content that is a string or an array of blocks.
  static String words(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    List<String> texts = new ArrayList<>();
    content.forEach(
        block -> {
          if (block.path("text").isString()) {
            texts.add(block.path("text").asString());
          }
        });
    return String.join("\n", texts);
  }
}
