// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Media;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the parts of one message into one `parts` array, and keeps account of what is lost.
///
/// Tool results are not parts here; see [GeminiResultWriter]. Sources: Gemini API reference,
/// `Part`; Gemini API documentation, Thought signatures.
final class GeminiPartWriter {
  /// The arguments of a call that are no JSON object stand under this name.
  static final String UNREADABLE_ARGUMENTS = "unreadable_arguments";

  private static final Set<String> CONTENT =
      Set.of(
          "text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode",
          "codeExecutionResult", "toolCall", "toolResponse");

  private final ArrayNode out = Json.object().arrayNode();
  private final Collection<Loss> losses;
  private final boolean isForGoogle;

  private GeminiPartWriter(Collection<Loss> losses, boolean isForGoogle) {
    this.losses = losses;
    this.isForGoogle = isForGoogle;
  }

  /// Parts of a request: calls without ids, as Google pairs them by name and order; only media
  /// it takes.
  static GeminiPartWriter forGoogle(Collection<Loss> losses) {
    return new GeminiPartWriter(losses, true);
  }

  /// Parts of an answer: ids and names as they are; what texts cite stands beside the parts. Foreign signatures are left out without a loss,
  /// because they are kept for the client.
  static GeminiPartWriter forClients(Collection<Loss> losses) {
    return new GeminiPartWriter(losses, false);
  }

  ArrayNode parts() {
    return out;
  }

  void write(Part part, String field) {
    switch (part) {
      case Part.Text text -> {
        mark(text.cache(), field);
        lose(isForGoogle && !text.citations().isEmpty(), Reason.UNSUPPORTED_FIELD, field + ".citations");
        writeText(text.text());
      }
      case Part.Image image -> {
        mark(image.cache(), field);
        boolean isDetailed = image.detail() != null && !image.detail().equals("auto");
        lose(isDetailed, Reason.UNSUPPORTED_FIELD, field + ".detail");
        writeMedia(image.media(), field);
      }
      case Part.Audio audio -> writeMedia(audio.media(), field);
      case Part.Video video -> writeMedia(video.media(), field);
      case Part.Document document -> {
        mark(document.cache(), field);
        lose(document.title() != null, Reason.UNSUPPORTED_FIELD, field + ".title");
        writeMedia(document.media(), field);
      }
      case Part.Thinking thinking -> writeThinking(thinking, field);
      case Part.RedactedThinking _ -> lose(isForGoogle, Reason.FOREIGN_SIGNATURE, field);
      case Part.ToolCall call -> {
        mark(call.cache(), field);
        writeCall(call, field);
      }
      case Part.ToolResult _ -> lose(true, Reason.UNSUPPORTED_PART, field);
      case Part.Declined declined -> writeText(declined.text());
      case Part.Unknown unknown -> writeUnknown(unknown, field);
    }
  }

  private void writeText(String text) {
    if (!text.isEmpty()) {
      out.addObject().put("text", text);
    }
  }

  private void writeMedia(Media media, String field) {
    out.add(isForGoogle ? GeminiMedia.write(media, field) : GeminiMedia.show(media));
  }

  private void writeThinking(Part.Thinking thinking, String field) {
    boolean isText = !thinking.text().isEmpty();
    String signature = own(thinking.signature(), isText ? field + ".signature" : field);
    if (isText) {
      ObjectNode part = out.addObject().put("text", thinking.text()).put("thought", true);
      if (signature != null) {
        part.put("thoughtSignature", signature);
      }
    } else if (signature != null) {
      ObjectNode signed = lastUnsigned();
      (signed != null ? signed : out.addObject().put("text", "")).put("thoughtSignature", signature);
    }
  }

  /// The last part when it is visible content that has no signature yet.
  private @Nullable ObjectNode lastUnsigned() {
    boolean fits =
        !out.isEmpty()
            && out.get(out.size() - 1) instanceof ObjectNode last
            && !last.has("thoughtSignature")
            && !last.has("thought")
            && (last.has("text") || last.has("inlineData") || last.has("fileData"));
    return fits ? (ObjectNode) out.get(out.size() - 1) : null;
  }

  private void writeCall(Part.ToolCall call, String field) {
    ObjectNode part = Json.object();
    ObjectNode written = part.putObject("functionCall");
    if (!isForGoogle && !call.id().isEmpty()) {
      written.put("id", call.id());
    }
    written.put("name", call.name());
    written.set("args", arguments(call, field));
    String signature = own(call.signature(), field + ".signature");
    if (signature != null) {
      part.put("thoughtSignature", signature);
    }
    out.add(part);
  }

  private ObjectNode arguments(Part.ToolCall call, String field) {
    if (call.arguments().isBlank()) {
      return Json.object();
    }
    ObjectNode arguments = objectIn(call.arguments());
    if (arguments != null) {
      return arguments;
    }
    lose(true, Reason.WRAPPED_ARGUMENTS, field + ".arguments");
    return Json.object().put(UNREADABLE_ARGUMENTS, call.arguments());
  }

  /// The JSON object that is the whole of `text`, null when it is none.
  static @Nullable ObjectNode objectIn(String text) {
    try {
      return text.stripLeading().startsWith("{") && Json.read(text) instanceof ObjectNode object
          ? object
          : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private void writeUnknown(Part.Unknown unknown, String field) {
    if (!unknown.dialect().equals(Gemini.NAME)) {
      lose(true, Reason.FOREIGN_PART, field);
      return;
    }
    JsonNode raw = Json.read(unknown.raw());
    boolean isAttribute = raw instanceof ObjectNode object && CONTENT.stream().noneMatch(object::has);
    if (isAttribute && !out.isEmpty() && out.get(out.size() - 1) instanceof ObjectNode last) {
      raw.forEachEntry(last::set);
    } else {
      out.add(raw);
    }
  }

  /// The signature's value when it is Gemini's own; another one is lost.
  private @Nullable String own(@Nullable Opaque signature, String field) {
    if (signature == null || signature.isOf(Gemini.NAME)) {
      return signature == null ? null : signature.value();
    }
    lose(isForGoogle, Reason.FOREIGN_SIGNATURE, field);
    return null;
  }

  private void mark(@Nullable CacheMark cache, String field) {
    lose(cache != null, Reason.UNSUPPORTED_FIELD, field + ".cache");
  }

  private void lose(boolean isLost, Reason reason, String field) {
    if (isLost) {
      losses.add(new Loss(reason, field));
    }
  }
}
