// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Media;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads content blocks, of requests and of replies, as parts.
///
/// A block or a source whose type has no neutral word becomes [Part.Unknown], whole. Fields without
/// one inside a block that was read go to `leftovers` under their path.
/// Source: Anthropic API reference, Messages (content blocks).
final class AnthropicBlockReader {
  private static final Set<String> TEXT = Set.of("type", "text", "cache_control", "citations");
  private static final Set<String> MEDIA = Set.of("type", "source", "title", "cache_control");
  private static final Set<String> SOURCES = Set.of("base64", "text", "url", "file");
  private static final Set<String> CALL = Set.of("type", "id", "name", "input", "cache_control", "caller");
  private static final Set<String> RESULT =
      Set.of("type", "tool_use_id", "content", "is_error", "cache_control");
  private static final Set<String> THINKING = Set.of("type", "thinking", "signature");

  private final Leftovers leftovers;

  AnthropicBlockReader(Leftovers leftovers) {
    this.leftovers = leftovers;
  }

  /// The parts of a `content`: a string, or an array of blocks.
  List<Part> content(JsonNode content, String at) {
    if (content.isString()) {
      return List.of(Part.Text.of(content.stringValue()));
    }
    if (!content.isArray()) {
      throw Json.wrong(at, "must be a string or an array of blocks");
    }
    List<Part> parts = new ArrayList<>(content.size());
    @Nullable Opaque callSignature = null;
    for (int i = 0; i < content.size(); i++) {
      String path = at + "[" + i + "]";
      JsonNode block = content.get(i);
      if (!block.isObject()) {
        throw Json.wrong(path, "must be an object");
      }
      Part part = part(block, path);
      if (part instanceof Part.Thinking(var _, Opaque signature)
          && AnthropicSignatures.isForNextCall(block)) {
        callSignature = signature;
        continue;
      }
      if (part instanceof Part.ToolCall call && callSignature != null) {
        part = new Part.ToolCall(
            call.id(), call.name(), call.arguments(), callSignature, call.cache());
        callSignature = null;
      }
      parts.add(part);
    }
    return parts;
  }

  private Part part(JsonNode block, String at) {
    return switch (AnthropicFields.text(block, "type", at)) {
      case "text" -> {
        leftovers.keepRest(block, at, TEXT);
        yield new Part.Text(
            AnthropicFields.text(block, "text", at), cacheMark(block, at), citations(block, at),
            List.of());
      }
      case "image" -> image(block, at);
      case "document" -> document(block, at);
      case "thinking" -> thinking(block, at);
      case "redacted_thinking" ->
          new Part.RedactedThinking(
              new Opaque(AnthropicMessages.NAME, AnthropicFields.text(block, "data", at)));
      case "tool_use" -> toolCall(block, at);
      case "tool_result" -> toolResult(block, at);
      default -> new Part.Unknown(AnthropicMessages.NAME, Json.raw(block));
    };
  }

  private List<Citation> citations(JsonNode block, String at) {
    JsonNode citations = AnthropicFields.array(block, "citations", at);
    List<Citation> read = new ArrayList<>(citations.size());
    for (JsonNode citation : citations) {
      String place = "%s.citations[%d]".formatted(at, read.size());
      if (!citation.isObject()) {
        throw Json.wrong(place, "must be an object");
      }
      read.add(AnthropicCitations.read(citation, place, leftovers));
    }
    return read;
  }

  private Part thinking(JsonNode block, String at) {
    leftovers.keepRest(block, at, THINKING);
    Opaque signature =
        AnthropicSignatures.read(AnthropicFields.textOrNull(block, "signature", at));
    return signature != null && AnthropicSignatures.isRedacted(block)
        ? new Part.RedactedThinking(signature)
        : new Part.Thinking(AnthropicFields.text(block, "thinking", at), signature);
  }

  private Part image(JsonNode block, String at) {
    Media media = media(AnthropicFields.object(block, "source", at), at + ".source");
    if (media == null) {
      return new Part.Unknown(AnthropicMessages.NAME, Json.raw(block));
    }
    leftovers.keepRest(block, at, MEDIA);
    return new Part.Image(media, null, cacheMark(block, at));
  }

  private Part document(JsonNode block, String at) {
    Media media = media(AnthropicFields.object(block, "source", at), at + ".source");
    if (media == null) {
      return new Part.Unknown(AnthropicMessages.NAME, Json.raw(block));
    }
    leftovers.keepRest(block, at, MEDIA);
    return new Part.Document(
        media, AnthropicFields.textOrNull(block, "title", at), cacheMark(block, at));
  }

  /// Whether media from a source of that type have a neutral word; what has none is kept raw.
  static boolean isSource(@Nullable String type) {
    return type != null && SOURCES.contains(type);
  }

  /// Null where the source is of a type without a neutral word.
  private static @Nullable Media media(JsonNode source, String at) {
    return switch (AnthropicFields.text(source, "type", at)) {
      case "base64" ->
          new Media.Inline(
              AnthropicFields.text(source, "media_type", at),
              AnthropicFields.text(source, "data", at));
      case "text" ->
          new Media.Inline(
              "text/plain",
              Base64.getEncoder()
                  .encodeToString(
                      AnthropicFields.text(source, "data", at).getBytes(StandardCharsets.UTF_8)));
      case "url" -> new Media.ByUrl(AnthropicFields.text(source, "url", at), null);
      case "file" -> new Media.ByFile(AnthropicFields.text(source, "file_id", at));
      default -> null;
    };
  }

  private Part toolCall(JsonNode block, String at) {
    JsonNode input = AnthropicFields.object(block, "input", at);
    JsonNode caller = block.path("caller");
    if (!caller.path("type").stringValue("direct").equals("direct")) {
      leftovers.keep(at + ".caller", caller);
    }
    leftovers.keepRest(block, at, CALL);
    return new Part.ToolCall(
        AnthropicFields.text(block, "id", at),
        AnthropicFields.text(block, "name", at),
        input.isObject() ? Json.raw(input).text() : "{}",
        null,
        cacheMark(block, at));
  }

  private Part toolResult(JsonNode block, String at) {
    JsonNode content = block.path("content");
    leftovers.keepRest(block, at, RESULT);
    return new Part.ToolResult(
        AnthropicFields.text(block, "tool_use_id", at),
        null,
        content.isMissingNode() || content.isNull()
            ? List.of()
            : content(content, at + ".content"),
        Boolean.TRUE.equals(AnthropicFields.flagOrNull(block, "is_error", at)),
        cacheMark(block, at));
  }

  static @Nullable CacheMark cacheMark(JsonNode block, String at) {
    JsonNode mark = AnthropicFields.object(block, "cache_control", at);
    return mark.isObject()
        ? new CacheMark(AnthropicFields.textOrNull(mark, "ttl", at + ".cache_control"))
        : null;
  }
}
