// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes tool results as function responses: an object under the name of the function.
///
/// A result that is a JSON object stays one; other text goes under `result`, a failure under
/// `error`. Images go into the response where the model takes them there, else beside it. A key
/// `$ref` would be read as a reference and refused (vercel/ai#14369), so it is renamed.
/// Source: Gemini API reference, `FunctionResponse`.
final class GeminiResultWriter {
  private final Capabilities model;
  private final List<Loss> losses;

  GeminiResultWriter(Capabilities model, List<Loss> losses) {
    this.model = model;
    this.losses = losses;
  }

  /// Adds the response to `out`, and to `beside` the media that cannot be part of it.
  void write(Part.ToolCall call, Part.ToolResult result, String field, Sheet sheet) {
    ObjectNode response = response(call, sheet);
    noteCache(result.cache(), field);
    List<Part> media = new ArrayList<>();
    for (int i = 0; i < result.content().size(); i++) {
      String place = field + ".content[" + i + "]";
      switch (result.content().get(i)) {
        case Part.Text text -> noteCache(text.cache(), place);
        case Part.Image image -> media.add(image);
        case Part.Audio audio -> media.add(audio);
        case Part.Video video -> media.add(video);
        case Part.Document document -> media.add(document);
        case Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _, Part.ToolResult _,
            Part.Declined _ -> losses.add(new Loss(Reason.UNSUPPORTED_PART, place));
        case Part.Unknown _ -> losses.add(new Loss(Reason.FOREIGN_PART, place));
      }
    }
    response.set("response", answer(result, field));
    if (media.isEmpty()) {
      return;
    }
    GeminiPartWriter parts = GeminiPartWriter.forGoogle(losses);
    media.forEach(part -> parts.write(part, field));
    if (model.tools().mediaInResults() && media.stream().allMatch(GeminiResultWriter::isInline)) {
      response.set("parts", parts.parts());
    } else {
      sheet.beside.addAll(parts.parts());
    }
  }

  /// The response to a call nobody answered.
  void writeMissing(Part.ToolCall call, String field, Sheet sheet) {
    losses.add(new Loss(Reason.ORPHAN_CALL, field));
    response(call, sheet).putObject("response").put("error", "the conversation holds no result of this call");
  }

  /// The function responses of one turn, and the media that follow them in the same content.
  static final class Sheet {
    private final ArrayNode responses = Json.object().arrayNode();
    private final ArrayNode beside = Json.object().arrayNode();

    ArrayNode parts() {
      return responses.arrayNode().addAll(responses).addAll(beside);
    }
  }

  private static ObjectNode response(Part.ToolCall call, Sheet sheet) {
    return sheet.responses.addObject()
        .putObject("functionResponse")
        .put("name", call.name());
  }

  private ObjectNode answer(Part.ToolResult result, String field) {
    String text = Part.textOf(result.content());
    ObjectNode object = GeminiPartWriter.objectIn(text);
    if (object != null) {
      renameReferences(object, field);
    }
    if (result.failed()) {
      ObjectNode failure = Json.object();
      return object != null ? failure.set("error", object) : failure.put("error", text);
    }
    return object != null ? object : Json.object().put("result", text);
  }

  private void renameReferences(JsonNode value, String field) {
    if (value instanceof ObjectNode object) {
      if (object.has("$ref")) {
        String harmless = "_ref";
        while (object.has(harmless)) {
          harmless = "_" + harmless;
        }
        object.set(harmless, object.remove("$ref"));
        losses.add(new Loss(Reason.RENAMED_KEY, field + ".$ref"));
      }
    }
    for (JsonNode inner : value) {
      renameReferences(inner, field);
    }
  }

  private static boolean isInline(Part part) {
    return switch (part) {
      case Part.Image image -> isInline(image.media());
      case Part.Audio audio -> isInline(audio.media());
      case Part.Video video -> isInline(video.media());
      case Part.Document document -> isInline(document.media());
      case Part.Text _, Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _,
          Part.ToolResult _, Part.Declined _, Part.Unknown _ -> false;
    };
  }

  private static boolean isInline(Media media) {
    return switch (media) {
      case Media.Inline _ -> true;
      case Media.ByUrl address -> address.url().startsWith("data:");
      case Media.ByFile _ -> false;
    };
  }

  private void noteCache(@Nullable CacheMark cache, String field) {
    if (cache != null) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, field + ".cache"));
    }
  }
}
