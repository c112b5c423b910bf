// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the parts of a turn as content of a Chat Completions message; what has no form there is
/// left out with a loss.
///
/// Source: OpenAI OpenAPI document, `ChatCompletionRequestMessageContentPart…`.
final class OpenAiPartWriter {
  private final Target.Host host;
  private final Set<Loss> losses;

  OpenAiPartWriter(Target.Host host, Set<Loss> losses) {
    this.host = host;
    this.losses = losses;
  }

  /// `parts` as content: a string where it is one text, else an array; null when nothing is left.
  ///
  /// Empty texts are dropped beside other parts and stay where they are all there is.
  @Nullable JsonNode content(List<Part> parts) {
    ArrayNode content = Json.object().putArray("content");
    boolean emptyText = false;
    for (Part part : parts) {
      if (part instanceof Part.Text text && text.text().isEmpty()) {
        emptyText = true;
        continue;
      }
      ObjectNode written = write(part);
      if (written != null) {
        content.add(written);
      }
    }
    if (content.isEmpty()) {
      return emptyText ? content.stringNode("") : null;
    }
    JsonNode only = content.get(0);
    boolean isOneText = content.size() == 1 && only.path("type").asString("").equals("text");
    return isOneText && only.size() == 2 ? only.path("text") : content;
  }

  /// Like [#content], for the roles that speak in text alone: system, developer and assistant.
  @Nullable JsonNode words(List<Part> parts) {
    List<Part> words = new ArrayList<>(parts.size());
    for (Part part : parts) {
      switch (part) {
        case Part.Text _, Part.Declined _, Part.Unknown _, Part.Thinking _,
            Part.RedactedThinking _, Part.ToolCall _, Part.ToolResult _ -> words.add(part);
        case Part.Image _ -> lost("foreign-part", "messages.image");
        case Part.Audio _ -> lost("foreign-part", "messages.audio");
        case Part.Video _ -> lost("foreign-part", "messages.video");
        case Part.Document _ -> lost("foreign-part", "messages.document");
      }
    }
    return content(words);
  }

  private @Nullable ObjectNode write(Part part) {
    return switch (part) {
      case Part.Text text -> {
        unmark(text.cache());
        yield text(text.text());
      }
      case Part.Image image -> {
        unmark(image.cache());
        yield image(image);
      }
      case Part.Audio audio -> audio(audio.media());
      case Part.Video video -> video(video.media());
      case Part.Document document -> {
        unmark(document.cache());
        yield document(document);
      }
      case Part.Declined declined -> text(declined.text());
      case Part.Thinking _ -> lost("foreign-part", "messages.thinking");
      case Part.RedactedThinking _ -> lost("foreign-signature", "messages.redacted_thinking");
      case Part.ToolCall _ -> lost("foreign-part", "messages.tool_call");
      case Part.ToolResult _ -> lost("foreign-part", "messages.tool_result");
      case Part.Unknown unknown -> unknown(unknown);
    };
  }

  static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  /// Reports a cache mark, which this dialect has no place for.
  void unmark(@Nullable CacheMark mark) {
    if (mark != null) {
      lost("unsupported-field", "messages.cache_control");
    }
  }

  private @Nullable ObjectNode image(Part.Image image) {
    String url = addressOf(image.media());
    if (url == null) {
      return lost("foreign-part", "messages.image");
    }
    ObjectNode part = Json.object().put("type", "image_url");
    ObjectNode address = part.putObject("image_url").put("url", url);
    if (image.detail() != null) {
      address.put("detail", image.detail());
    }
    return part;
  }

  private @Nullable ObjectNode audio(Media media) {
    String format =
        media instanceof Media.Inline inline ? OpenAiMedia.audioFormat(inline.mediaType()) : null;
    if (format == null || !(media instanceof Media.Inline inline)) {
      return lost("foreign-part", "messages.audio");
    }
    ObjectNode part = Json.object().put("type", "input_audio");
    part.putObject("input_audio").put("data", inline.base64()).put("format", format);
    return part;
  }

  private @Nullable ObjectNode video(Media media) {
    String url = addressOf(media);
    if (host == Target.Host.VENDOR || url == null) {
      return lost("foreign-part", "messages.video");
    }
    ObjectNode part = Json.object().put("type", "video_url");
    part.putObject("video_url").put("url", url);
    return part;
  }

  private static @Nullable String addressOf(Media media) {
    return switch (media) {
      case Media.Inline inline -> OpenAiMedia.dataUri(inline);
      case Media.ByUrl url ->
          url.url().startsWith("https://") || url.url().startsWith("http://") ? url.url() : null;
      case Media.ByFile _ -> null;
    };
  }

  /// A PDF is a file; a plain text is told as text under its title, since files of other types are
  /// refused.
  private @Nullable ObjectNode document(Part.Document document) {
    String title = document.title();
    return switch (document.media()) {
      case Media.Inline inline when inline.mediaType().startsWith("text/") -> {
        String words = decoded(inline.base64());
        if (words == null) {
          yield lost("foreign-part", "messages.document");
        }
        yield text(title == null ? words : title + "\n\n" + words);
      }
      case Media.Inline inline -> {
        ObjectNode part = Json.object().put("type", "file");
        part.putObject("file")
            .put("filename", title == null ? "document.pdf" : title)
            .put("file_data", OpenAiMedia.dataUri(inline));
        yield part;
      }
      case Media.ByFile file when file.id().startsWith("file-") || file.id().startsWith("assistant-") -> {
        ObjectNode part = Json.object().put("type", "file");
        part.putObject("file").put("file_id", file.id());
        yield part;
      }
      case Media.ByFile _, Media.ByUrl _ -> lost("foreign-part", "messages.document");
    };
  }

  private static @Nullable String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private @Nullable ObjectNode unknown(Part.Unknown unknown) {
    return unknown.dialect().equals(OpenAiChat.NAME) && Json.read(unknown.raw()) instanceof ObjectNode own
        ? own
        : lost("foreign-part", "messages." + unknown.dialect());
  }

  private @Nullable ObjectNode lost(String reason, String field) {
    losses.add(new Loss(reason, field));
    return null;
  }
}
