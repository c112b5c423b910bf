// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the content of one message: a string, or parts by their `type`.
///
/// `cache_control` is Anthropic's; clients that reach Claude through this dialect put it on a part
/// or on the message, where it means the last part. `video_url` is not OpenAI's either, but vLLM's
/// and OpenRouter's. Source: OpenAI OpenAPI document, `ChatCompletionRequestMessageContentPart…`.
final class OpenAiPartReader {
  private static final Set<String> KNOWN =
      Set.of("text", "image_url", "input_audio", "video_url", "file", "refusal");
  /// What the field of a part that bears its type's name may hold.
  private static final Set<String> WITHIN =
      Set.of("url", "detail", "data", "format", "filename", "file_id", "file_data");

  private OpenAiPartReader() {}

  /// The parts of `message.content`, the last one with the message's cache mark where it has one;
  /// none when there is no content.
  static List<Part> marked(OpenAiFields message, Leftovers leftovers) {
    List<Part> parts = content(message, leftovers);
    CacheMark mark = mark(message);
    if (mark != null && !parts.isEmpty()) {
      parts.add(marked(parts.removeLast(), mark));
    }
    return parts;
  }

  /// The parts of `message.content`; none when it is null or absent.
  static List<Part> content(OpenAiFields message, Leftovers leftovers) {
    JsonNode content = message.any("content");
    List<Part> parts = new ArrayList<>();
    if (content == null) {
      return parts;
    }
    if (content.isString()) {
      parts.add(Part.Text.of(content.stringValue()));
    } else if (content.isArray()) {
      message.objects("content").forEach(part -> parts.add(part(part, leftovers)));
    } else {
      throw message.wrong("content", "must be a string or an array of parts");
    }
    return parts;
  }

  static @Nullable CacheMark mark(OpenAiFields holder) {
    OpenAiFields control = holder.object("cache_control");
    return control == null ? null : new CacheMark(control.text("ttl"));
  }

  private static Part part(OpenAiFields part, Leftovers leftovers) {
    String type = part.needText("type");
    if (KNOWN.contains(type)) {
      leftovers.keepRest(part.node(), part.path(), Set.of("type", type, "cache_control"));
      leftovers.keepRest(part.node().path(type), part.at(type), WITHIN);
    }
    return switch (type) {
      case "text" -> new Part.Text(part.needText("text"), mark(part));
      case "image_url" -> image(part);
      case "input_audio" -> audio(part.needObject("input_audio"));
      case "video_url" -> {
        OpenAiFields video = part.needObject("video_url");
        yield new Part.Video(OpenAiMedia.ofAddress(video.needText("url"), video.at("url")));
      }
      case "file" -> document(part);
      case "refusal" -> new Part.Declined(part.needText("refusal"));
      default -> new Part.Unknown(OpenAiChat.NAME, Json.raw(part.node()));
    };
  }

  private static Part image(OpenAiFields part) {
    OpenAiFields image = part.needObject("image_url");
    return new Part.Image(
        OpenAiMedia.ofAddress(image.needText("url"), image.at("url")),
        image.text("detail"),
        mark(part));
  }

  private static Part audio(OpenAiFields audio) {
    String type = OpenAiMedia.typeOfAudio(audio.needText("format"));
    return new Part.Audio(OpenAiMedia.ofContent(audio.needText("data"), type, audio.at("data")));
  }

  private static Part document(OpenAiFields part) {
    OpenAiFields file = part.needObject("file");
    String title = file.text("filename");
    String id = file.text("file_id");
    if (id != null) {
      return new Part.Document(new Media.ByFile(id), title, mark(part));
    }
    String content = file.needText("file_data");
    return new Part.Document(
        OpenAiMedia.ofContent(content, "application/pdf", file.at("file_data")), title, mark(part));
  }

  private static Part marked(Part part, CacheMark mark) {
    return switch (part) {
      case Part.Text text -> text.withCache(mark);
      case Part.Image image -> new Part.Image(image.media(), image.detail(), mark);
      case Part.Document document -> new Part.Document(document.media(), document.title(), mark);
      case Part.ToolCall call ->
          new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), mark);
      case Part.ToolResult result ->
          new Part.ToolResult(result.callId(), result.name(), result.content(), result.failed(), mark);
      case Part.Audio _, Part.Video _, Part.Thinking _, Part.RedactedThinking _, Part.Declined _,
          Part.Unknown _ -> part;
    };
  }
}
