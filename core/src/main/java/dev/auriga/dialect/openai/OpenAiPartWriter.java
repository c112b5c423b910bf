// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiTurn.Placed;
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
  @Nullable JsonNode content(List<Placed> parts) {
    if (parts.size() == 1 && parts.getFirst().part() instanceof Part.Text only) {
      return Json.text(said(only, parts.getFirst().at()));
    }
    ArrayNode content = Json.object().putArray("content");
    boolean emptyText = false;
    for (Placed placed : parts) {
      if (placed.part() instanceof Part.Text text && text.text().isEmpty()) {
        emptyText = true;
        continue;
      }
      ObjectNode written = write(placed.part(), placed.at());
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
  @Nullable JsonNode words(List<Placed> parts) {
    List<Placed> words = new ArrayList<>(parts.size());
    for (Placed placed : parts) {
      switch (placed.part()) {
        case Part.Text _, Part.Declined _, Part.Unknown _, Part.Thinking _,
            Part.RedactedThinking _, Part.ToolCall _, Part.ToolResult _ -> words.add(placed);
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ ->
            lost(Reason.UNSUPPORTED_PART, placed.at());
      }
    }
    return content(words);
  }

  private @Nullable ObjectNode write(Part part, String at) {
    return switch (part) {
      case Part.Text text -> text(said(text, at));
      case Part.Image image -> {
        unmark(image.cache(), at);
        yield image(image, at);
      }
      case Part.Audio audio -> audio(audio.media(), at);
      case Part.Video video -> video(video.media(), at);
      case Part.Document document -> {
        unmark(document.cache(), at);
        yield document(document, at);
      }
      case Part.Declined declined -> text(declined.text());
      case Part.RedactedThinking _ -> lost(Reason.FOREIGN_SIGNATURE, at);
      case Part.Thinking _, Part.ToolCall _, Part.ToolResult _ -> lost(Reason.UNSUPPORTED_PART, at);
      case Part.Unknown unknown -> unknown(unknown, at);
    };
  }

  /// What `part` says, without what this dialect has no place for; one without words says nothing else.
  private String said(Part.Text part, String at) {
    if (!part.text().isEmpty()) {
      unmark(part.cache(), at);
      if (!part.citations().isEmpty()) {
        lost(Reason.UNSUPPORTED_FIELD, at + ".citations");
      }
    }
    return part.text();
  }

  static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  /// Reports a cache mark, which this dialect has no place for.
  void unmark(@Nullable CacheMark mark, String at) {
    if (mark != null) {
      lost(Reason.UNSUPPORTED_FIELD, at + ".cache");
    }
  }

  private @Nullable ObjectNode image(Part.Image image, String at) {
    String url = addressOf(image.media());
    if (url == null) {
      return lost(Reason.UNSUPPORTED_PART, at);
    }
    ObjectNode part = Json.object().put("type", "image_url");
    ObjectNode address = part.putObject("image_url").put("url", url);
    if (image.detail() != null) {
      address.put("detail", image.detail());
    }
    return part;
  }

  private @Nullable ObjectNode audio(Media media, String at) {
    String format =
        media instanceof Media.Inline inline ? OpenAiMedia.audioFormat(inline.trueType()) : null;
    if (format == null || !(media instanceof Media.Inline inline)) {
      return lost(Reason.UNSUPPORTED_PART, at);
    }
    ObjectNode part = Json.object().put("type", "input_audio");
    part.putObject("input_audio").put("data", inline.base64()).put("format", format);
    return part;
  }

  private @Nullable ObjectNode video(Media media, String at) {
    String url = addressOf(media);
    if (host == Target.Host.VENDOR || url == null) {
      return lost(Reason.UNSUPPORTED_PART, at);
    }
    ObjectNode part = Json.object().put("type", "video_url");
    part.putObject("video_url").put("url", url);
    return part;
  }

  private static @Nullable String addressOf(Media media) {
    return switch (media) {
      case Media.Inline inline -> OpenAiMedia.dataUri(inline);
      case Media.ByUrl url -> url.isPublic() ? url.url() : null;
      case Media.ByFile _ -> null;
    };
  }

  /// A PDF is a file; a plain text is told as text under its title, since files of other types are
  /// refused.
  private @Nullable ObjectNode document(Part.Document document, String at) {
    String title = document.title();
    return switch (document.media()) {
      case Media.Inline inline when inline.mediaType().startsWith("text/") -> {
        String words = decoded(inline.base64());
        if (words == null) {
          yield lost(Reason.UNSUPPORTED_PART, at);
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
      case Media.ByFile _, Media.ByUrl _ -> lost(Reason.UNSUPPORTED_PART, at);
    };
  }

  private static @Nullable String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private @Nullable ObjectNode unknown(Part.Unknown unknown, String at) {
    return unknown.dialect().equals(OpenAiChat.NAME) && Json.read(unknown.raw()) instanceof ObjectNode own
        ? own
        : lost(Reason.FOREIGN_PART, at);
  }

  private @Nullable ObjectNode lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
    return null;
  }
}
