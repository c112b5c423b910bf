// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Media;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes parts of a request as content blocks; null where a part has none, with a loss if it said
/// something.
///
/// Empty and whitespace-only text has no block, because Anthropic refuses it.
/// Source: Anthropic API reference, Messages (content blocks); Claude documentation, Vision
/// (image types).
final class AnthropicBlockWriter {
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final List<Loss> losses;

  private final AnthropicCacheMarks marks;

  AnthropicBlockWriter(List<Loss> losses, AnthropicCacheMarks marks) {
    this.losses = losses;
    this.marks = marks;
  }

  /// What a user turn or a tool result may hold.
  @Nullable ObjectNode ofUser(Part part, String at) {
    return switch (part) {
      case Part.Text text -> text(text.text(), text.cache(), at);
      case Part.Image image -> image(image, at);
      case Part.Document document -> document(document, at);
      case Part.Declined declined -> text(declined.text(), null, at);
      case Part.Unknown unknown -> own(unknown, at);
      case Part.Audio _, Part.Video _, Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _,
          Part.ToolResult _ ->
          lost(Reason.UNSUPPORTED_PART, at);
    };
  }

  /// What an assistant turn may hold, but for tool calls.
  @Nullable ObjectNode ofAssistant(Part part, String at) {
    return switch (part) {
      case Part.Text text -> {
        ObjectNode block = text(text.text(), text.cache(), at);
        if (block != null) {
          cite(block, text.citations(), at);
        }
        yield block;
      }
      case Part.Declined declined -> text(declined.text(), null, at);
      case Part.Thinking thinking -> thinking(thinking, at);
      case Part.RedactedThinking(Opaque content) ->
          content.isOf(AnthropicMessages.NAME)
              ? Json.object().put("type", "redacted_thinking").put("data", content.value())
              : lost(Reason.FOREIGN_SIGNATURE, at);
      case Part.Unknown unknown -> own(unknown, at);
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolCall _,
          Part.ToolResult _ ->
          lost(Reason.UNSUPPORTED_PART, at);
    };
  }

  /// What a `system` may hold: text.
  @Nullable ObjectNode ofSystem(Part part, String at) {
    return part instanceof Part.Text text
        ? text(text.text(), text.cache(), at)
        : lost(Reason.UNSUPPORTED_PART, at);
  }

  private @Nullable ObjectNode text(String text, @Nullable CacheMark cache, String at) {
    return text.isBlank()
        ? null
        : marks.marked(Json.object().put("type", "text").put("text", text), cache, at);
  }

  private void cite(ObjectNode block, List<Citation> citations, String at) {
    ArrayNode returned = Json.object().arrayNode();
    for (Citation citation : citations) {
      ObjectNode each = AnthropicCitations.returned(citation, at, losses);
      if (each != null) {
        returned.add(each);
      }
    }
    if (!returned.isEmpty()) {
      block.set("citations", returned);
    }
  }

  /// A thought goes back only with Anthropic's own signature.
  private @Nullable ObjectNode thinking(Part.Thinking thinking, String at) {
    Opaque signature = thinking.signature();
    if (signature == null) {
      return thinking.text().isEmpty() ? null : lost(Reason.UNSIGNED_THINKING, at);
    }
    if (!signature.isOf(AnthropicMessages.NAME)) {
      return lost(Reason.FOREIGN_SIGNATURE, at);
    }
    return Json.object()
        .put("type", "thinking")
        .put("thinking", thinking.text())
        .put("signature", signature.value());
  }

  private @Nullable ObjectNode own(Part.Unknown unknown, String at) {
    return unknown.dialect().equals(AnthropicMessages.NAME)
            && Json.read(unknown.raw()) instanceof ObjectNode block
        ? marks.noted(block, at)
        : lost(Reason.FOREIGN_PART, at);
  }

  private @Nullable ObjectNode image(Part.Image image, String at) {
    if (image.detail() != null && !image.detail().equals("auto")) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".detail"));
    }
    ObjectNode source =
        switch (image.media()) {
          case Media.Inline inline ->
              IMAGES.contains(inline.trueType()) ? base64(inline.trueType(), inline.base64()) : null;
          case Media.ByUrl url -> url.isPublic() ? byUrl(url.url()) : null;
          case Media.ByFile(String id) -> byFile(id);
        };
    return source == null
        ? lost(Reason.UNSUPPORTED_PART, at)
        : marks.marked(sourced("image", source), image.cache(), at);
  }

  private @Nullable ObjectNode document(Part.Document document, String at) {
    ObjectNode source =
        switch (document.media()) {
          case Media.Inline inline -> documentSource(inline.trueType(), inline.base64());
          case Media.ByUrl url -> url.isPublic() ? byUrl(url.url()) : null;
          case Media.ByFile(String id) -> byFile(id);
        };
    if (source == null) {
      return lost(Reason.UNSUPPORTED_PART, at);
    }
    ObjectNode block = sourced("document", source);
    if (document.title() != null) {
      block.put("title", document.title());
    }
    return marks.marked(block, document.cache(), at);
  }

  /// PDF as base64 and plain text as text; there is no other.
  private static @Nullable ObjectNode documentSource(String type, String base64) {
    if (type.equals("application/pdf")) {
      return base64(type, base64);
    }
    if (!type.startsWith("text/")) {
      return null;
    }
    try {
      return Json.object()
          .put("type", "text")
          .put("media_type", "text/plain")
          .put("data", new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static ObjectNode sourced(String type, ObjectNode source) {
    ObjectNode block = Json.object().put("type", type);
    block.set("source", source);
    return block;
  }

  private static ObjectNode base64(String mediaType, String content) {
    return Json.object().put("type", "base64").put("media_type", mediaType).put("data", content);
  }

  private static ObjectNode byUrl(String url) {
    return Json.object().put("type", "url").put("url", url);
  }

  /// Anthropic's file ids begin with `file_`; another provider's file is not there.
  private static @Nullable ObjectNode byFile(String id) {
    return id.startsWith("file_") ? Json.object().put("type", "file").put("file_id", id) : null;
  }

  /// The call as a block under the id `wireId`. Arguments that are no JSON object travel as
  /// `{"_raw": "…"}`, so that the model sees what it wrote.
  ObjectNode toolUse(Part.ToolCall call, String wireId, String at) {
    if (call.signature() != null && !call.signature().isOf(AnthropicMessages.NAME)) {
      losses.add(new Loss(Reason.FOREIGN_SIGNATURE, at + ".signature"));
    }
    ObjectNode block =
        Json.object()
            .put("type", "tool_use")
            .put("id", wireId)
            .put("name", call.name());
    block.set("input", input(call.arguments(), at));
    return marks.marked(block, call.cache(), at);
  }

  private ObjectNode input(String arguments, String at) {
    if (arguments.isBlank()) {
      return Json.object();
    }
    JsonNode input = null;
    try {
      input = Json.read(arguments);
    } catch (JacksonException notJson) {
      // Wrapped below, like JSON that is no object.
    }
    if (input instanceof ObjectNode object) {
      return object;
    }
    losses.add(new Loss(Reason.WRAPPED_ARGUMENTS, at + ".arguments"));
    return Json.object().put("_raw", arguments);
  }

  ObjectNode toolResult(Part.ToolResult result, String wireId, String at) {
    ArrayNode content = Json.object().putArray("content");
    for (int i = 0; i < result.content().size(); i++) {
      ObjectNode block = ofUser(result.content().get(i), at + ".content[" + i + "]");
      if (block != null) {
        content.add(block);
      }
    }
    ObjectNode block = Json.object().put("type", "tool_result").put("tool_use_id", wireId);
    if (!content.isEmpty()) {
      block.set("content", content);
    }
    if (result.failed()) {
      block.put("is_error", true);
    }
    return marks.marked(block, result.cache(), at);
  }

  private @Nullable ObjectNode lost(Reason reason, String at) {
    losses.add(new Loss(reason, at));
    return null;
  }
}
