// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one Gemini part, of a request or of a reply.
///
/// The signature of a thought or a call stays on it. That of another part (an answer's last text
/// may carry one) follows as a thinking part without text, so that it can go back to where it was.
/// What a part has beside (`videoMetadata`, `mediaResolution`) follows as an unknown part, which
/// the writer puts back likewise. Source: Gemini API reference, `Part`; Gemini API documentation,
/// Thought signatures.
final class GeminiPartReader {
  private static final Set<String> OWN = Set.of("thought", "thoughtSignature");
  private static final Set<String> CALL = Set.of("id", "name", "args");
  private static final Set<String> RESPONSE = Set.of("id", "name", "response", "parts");
  private static final Set<String> BLOB = Set.of("mimeType", "data");
  private static final Set<String> FILE = Set.of("mimeType", "fileUri");

  private GeminiPartReader() {}

  /// The parts `json` means; `spareId` is for a function call without an id. What a call, a file or a
  /// blob has beside what is read of it goes to `leftovers`.
  static List<Part> read(GeminiObject json, String spareId, Leftovers leftovers) {
    String signed = json.text("thoughtSignature");
    Opaque signature = signed == null || signed.isEmpty() ? null : new Opaque(Gemini.NAME, signed);
    List<Part> parts = new ArrayList<>(2);
    String text = json.text("text");
    GeminiObject blob = json.object("inlineData");
    GeminiObject file = json.object("fileData");
    GeminiObject call = json.object("functionCall");
    String field;
    if (text != null) {
      field = "text";
      readText(text, Boolean.TRUE.equals(json.flag("thought")), signature, parts);
    } else if (call != null) {
      field = "functionCall";
      call.keepRest(CALL, leftovers);
      parts.add(call(call, spareId, signature));
    } else if (blob != null) {
      field = "inlineData";
      blob.keepRest(BLOB, leftovers);
      parts.add(GeminiMedia.inline(blob));
      addSignature(signature, parts);
    } else if (file != null) {
      field = "fileData";
      file.keepRest(FILE, leftovers);
      parts.add(GeminiMedia.file(file));
      addSignature(signature, parts);
    } else {
      return List.of(new Part.Unknown(Gemini.NAME, Json.raw(json.node())));
    }
    ObjectNode attributes = json.rest(OWN);
    attributes.remove(field);
    if (!attributes.isEmpty()) {
      parts.add(new Part.Unknown(Gemini.NAME, Json.raw(attributes)));
    }
    return parts;
  }

  private static void readText(
      String text, boolean isThought, @Nullable Opaque signature, List<Part> parts) {
    if (isThought) {
      parts.add(new Part.Thinking(text, signature));
      return;
    }
    if (!text.isEmpty() || signature == null) {
      parts.add(Part.Text.of(text));
    }
    addSignature(signature, parts);
  }

  private static void addSignature(@Nullable Opaque signature, List<Part> parts) {
    if (signature != null) {
      parts.add(new Part.Thinking("", signature));
    }
  }

  private static Part call(GeminiObject call, String spareId, @Nullable Opaque signature) {
    String name = call.text("name");
    if (name == null) {
      throw Json.wrong(call.pathOf("name"), "is missing");
    }
    String id = call.text("id");
    GeminiObject arguments = call.object("args");
    return new Part.ToolCall(
        id == null || id.isEmpty() ? spareId : id,
        name,
        arguments == null ? "{}" : Json.raw(arguments.node()).text(),
        signature,
        null);
  }

  /// What the tool answered to call `callId`. `{"result": "…"}` and `{"output": "…"}` are the text
  /// itself, `{"error": …}` is a failure; any other object is its JSON text.
  static Part.ToolResult result(GeminiObject response, String callId, Leftovers leftovers) {
    response.keepRest(RESPONSE, leftovers);
    GeminiObject answer = response.object("response");
    List<Part> content = new ArrayList<>(1);
    boolean failed = false;
    if (answer != null) {
      JsonNode error = answer.node().size() == 1 ? answer.find("error") : null;
      failed = error != null;
      content.add(Part.Text.of(error != null ? textOf(error) : answerText(answer)));
    }
    for (GeminiObject part : response.objects("parts")) {
      content.addAll(read(part, callId, leftovers));
    }
    return new Part.ToolResult(callId, response.text("name"), content, failed, null);
  }

  private static String answerText(GeminiObject answer) {
    if (answer.node().size() == 1) {
      JsonNode result = answer.find("result");
      JsonNode only = result != null ? result : answer.find("output");
      if (only != null && only.isString()) {
        return only.stringValue();
      }
    }
    return textOf(answer.node());
  }

  private static String textOf(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.raw(value).text();
  }
}
