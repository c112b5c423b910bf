// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.openai.OpenAiMedia;
import dev.auriga.dialect.openai.OpenAiTurn.Placed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the parts of a turn as content of an item; what has no form there is left out with a
/// loss.
///
/// Source: OpenAI OpenAPI document, `InputContent`, `FunctionCallOutputItemParam`.
final class ResponsesPartWriter {
  private final Target.Host host;
  private final Set<Loss> losses;

  ResponsesPartWriter(Target.Host host, Set<Loss> losses) {
    this.host = host;
    this.losses = losses;
  }

  /// `parts` as content: a string where it is one text, else an array; null when nothing is left.
  ///
  /// Empty texts are dropped beside other parts and stay where they are all there is.
  @Nullable JsonNode content(List<Placed> parts) {
    ArrayNode content = Json.object().putArray("content");
    boolean emptyText = false;
    for (Placed placed : parts) {
      if (placed.part() instanceof Part.Text text && text.text().isEmpty()) {
        emptyText = true;
        continue;
      }
      ObjectNode written = write(placed);
      if (written != null) {
        content.add(written);
      }
    }
    if (content.isEmpty()) {
      return emptyText ? content.stringNode("") : null;
    }
    JsonNode only = content.get(0);
    boolean isOneText = content.size() == 1 && only.path("type").asString("").equals("input_text");
    return isOneText ? only.path("text") : content;
  }

  private @Nullable ObjectNode write(Placed placed) {
    String at = placed.at();
    return switch (placed.part()) {
      case Part.Text text -> {
        unmark(text.cache(), at);
        yield text(text.text());
      }
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
      case Part.Unknown unknown -> own(unknown, at);
    };
  }

  /// The raw form of an unknown part of this dialect; null, with a loss, where it is another's.
  @Nullable ObjectNode own(Part.Unknown unknown, String at) {
    return unknown.dialect().equals(OpenAiResponses.NAME)
            && Json.read(unknown.raw()) instanceof ObjectNode raw
        ? raw
        : lost(Reason.FOREIGN_PART, at);
  }

  /// Reports a cache mark: only some models take one here, the others refuse it.
  void unmark(@Nullable CacheMark mark, String at) {
    if (mark != null) {
      lost(Reason.UNSUPPORTED_FIELD, at + ".cache");
    }
  }

  private static ObjectNode text(String text) {
    return Json.object().put("type", "input_text").put("text", text);
  }

  private @Nullable ObjectNode image(Part.Image image, String at) {
    ObjectNode part = Json.object().put("type", "input_image");
    if (!place(image.media(), part, "image_url")) {
      return lost(Reason.UNSUPPORTED_PART, at);
    }
    return part.put("detail", image.detail() == null ? "auto" : image.detail());
  }

  /// Puts where the content is into `part`; false where it is nowhere the server can reach.
  private static boolean place(Media media, ObjectNode part, String address) {
    return switch (media) {
      case Media.Inline inline -> {
        part.put(address, OpenAiMedia.dataUri(inline));
        yield true;
      }
      case Media.ByUrl url -> {
        part.put(address, url.url());
        yield url.isPublic();
      }
      case Media.ByFile file -> {
        part.put("file_id", file.id());
        yield file.id().startsWith("file-") || file.id().startsWith("assistant-");
      }
    };
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

  /// Open Responses has videos, OpenAI does not.
  private @Nullable ObjectNode video(Media media, String at) {
    ObjectNode part = Json.object().put("type", "input_video");
    return host == Target.Host.COMPATIBLE && place(media, part, "video_url")
        ? part
        : lost(Reason.UNSUPPORTED_PART, at);
  }

  /// A plain text is told as text under its title, since not every model takes such files.
  private @Nullable ObjectNode document(Part.Document document, String at) {
    String title = document.title();
    if (document.media() instanceof Media.Inline inline && inline.mediaType().startsWith("text/")) {
      String words = decoded(inline.base64());
      return words == null
          ? lost(Reason.UNSUPPORTED_PART, at)
          : text(title == null ? words : title + "\n\n" + words);
    }
    ObjectNode part = Json.object().put("type", "input_file");
    boolean inline = document.media() instanceof Media.Inline;
    if (inline) {
      part.put("filename", title == null ? "document.pdf" : title);
    }
    return place(document.media(), part, inline ? "file_data" : "file_url")
        ? part
        : lost(Reason.UNSUPPORTED_PART, at);
  }

  private static @Nullable String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private @Nullable ObjectNode lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
    return null;
  }
}
