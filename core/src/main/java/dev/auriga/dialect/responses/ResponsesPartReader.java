// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.openai.OpenAiAnnotations;
import dev.auriga.dialect.openai.OpenAiFields;
import dev.auriga.dialect.openai.OpenAiMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the content of one item: a string, or parts by their `type`.
///
/// `prompt_cache_breakpoint` is this dialect's cache mark. `input_video` is Open Responses' and not
/// OpenAI's. Source: OpenAI OpenAPI document, `InputContent`, `OutputMessageContent`.
final class ResponsesPartReader {
  private static final Set<String> KNOWN =
      Set.of(
          "input_text", "output_text", "refusal", "input_image", "input_file", "input_audio",
          "input_video");
  private static final Set<String> FIELDS =
      Set.of(
          "type", "text", "annotations", "refusal", "image_url", "file_id", "detail", "filename",
          "file_data", "file_url", "input_audio", "video_url", "prompt_cache_breakpoint");

  private ResponsesPartReader() {}

  /// The parts of the field `name`, which must be there. A part of unknown type is kept by
  /// `unknown`; what a part has beside what is read of it goes to `leftovers`.
  static List<Part> parts(
      OpenAiFields item, String name, Keeper unknown, Leftovers leftovers) {
    JsonNode content = item.any(name);
    List<Part> parts = new ArrayList<>();
    if (content != null && content.isString()) {
      parts.add(Part.Text.of(content.stringValue()));
    } else if (content != null && content.isArray()) {
      item.objects(name).forEach(part -> parts.add(part(part, unknown, leftovers)));
    } else {
      throw item.wrong(name, "must be a string or an array of parts");
    }
    return parts;
  }

  /// How a part of unknown type is kept.
  interface Keeper {
    ObjectNode keep(ObjectNode part);
  }

  private static Part part(OpenAiFields part, Keeper unknown, Leftovers leftovers) {
    String type = part.needText("type");
    if (KNOWN.contains(type)) {
      leftovers.keepRest(part.node(), part.path(), FIELDS);
    }
    return switch (type) {
      case "input_text", "output_text" ->
          new Part.Text(part.needText("text"), mark(part), citations(part, leftovers), List.of());
      case "refusal" -> new Part.Declined(part.needText("refusal"));
      case "input_image" ->
          new Part.Image(media(part, "image_url"), part.text("detail"), mark(part));
      case "input_file" -> document(part);
      case "input_audio" -> audio(part.needObject("input_audio"));
      case "input_video" -> new Part.Video(media(part, "video_url"));
      default ->
          new Part.Unknown(OpenAiResponses.NAME, Json.raw(unknown.keep(part.node())));
    };
  }

  private static List<Citation> citations(OpenAiFields part, Leftovers leftovers) {
    List<Citation> citations = new ArrayList<>(0);
    for (OpenAiFields each : part.objects("annotations")) {
      citations.add(
          OpenAiAnnotations.read(each.node(), OpenAiResponses.NAME, each.path(), leftovers));
    }
    return citations;
  }

  private static @Nullable CacheMark mark(OpenAiFields part) {
    return part.any("prompt_cache_breakpoint") == null ? null : new CacheMark(null);
  }

  private static Media media(OpenAiFields part, String address) {
    String id = part.text("file_id");
    return id != null
        ? new Media.ByFile(id)
        : OpenAiMedia.ofAddress(part.needText(address), part.at(address));
  }

  private static Part document(OpenAiFields part) {
    String title = part.text("filename");
    String content = part.text("file_data");
    Media media =
        content == null
            ? media(part, "file_url")
            : OpenAiMedia.ofContent(content, "application/pdf", part.at("file_data"));
    return new Part.Document(media, title, mark(part));
  }

  private static Part audio(OpenAiFields audio) {
    String type = OpenAiMedia.typeOfAudio(audio.needText("format"));
    return new Part.Audio(OpenAiMedia.ofContent(audio.needText("data"), type, audio.at("data")));
  }
}
