// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a conversation as `systemInstruction` and `contents`.
///
/// Leading instructions become the system instruction, each its own part; a later one keeps its
/// place as a marked user text. Neighbours of one role are merged. After a model turn with calls
/// comes one content with exactly one response per call, in the order of the calls: results are
/// looked up by id, a missing one is made up as an error, a result without a call is dropped.
/// Source: Gemini API documentation, Function calling, Thought signatures.
final class GeminiTurns {
  /// What Google takes in the place of a signature for a call its model did not make.
  static final String NO_SIGNATURE = "skip_thought_signature_validator";

  private final List<Message> messages;
  private final Capabilities model;
  private final List<Loss> losses;
  private final ArrayNode contents = Json.object().arrayNode();
  private final Set<Place> answered = new HashSet<>();
  private boolean lastIsResponses;

  private record Place(int message, int part) {
    @Override
    public String toString() {
      return "messages[%d].content[%d]".formatted(message, part);
    }
  }

  GeminiTurns(List<Message> messages, Capabilities model, List<Loss> losses) {
    this.messages = messages;
    this.model = model;
    this.losses = losses;
  }

  void writeTo(ObjectNode body) {
    int leading = 0;
    while (leading < messages.size() && isInstruction(messages.get(leading))) {
      leading++;
    }
    if (leading == messages.size()) {
      // Gemini wants something to answer: instructions alone are asked as the user's words.
      for (int m = 0; m < leading; m++) {
        append("user", m, written(m));
        losses.add(new Loss(Reason.CHANGED_ROLE, "messages[" + m + "]"));
      }
    } else {
      ArrayNode instruction = Json.object().arrayNode();
      for (int m = 0; m < leading; m++) {
        instruction.addAll(written(m));
      }
      if (!instruction.isEmpty()) {
        body.putObject("systemInstruction").set("parts", instruction);
      }
      for (int m = leading; m < messages.size(); m++) {
        writeTurn(m);
      }
    }
    boolean goesOn = !messages.isEmpty() && messages.getLast().role() == Role.ASSISTANT;
    if (goesOn && !model.prefill()) {
      losses.add(new Loss(Reason.UNSUPPORTED_PREFILL, "messages[%d]".formatted(messages.size() - 1)));
    }
    if (contents.isEmpty()) {
      throw new Refusal(Refusal.Kind.INVALID, "messages: nothing is left to send, all are empty", "messages");
    }
    body.set("contents", contents);
  }

  private static boolean isInstruction(Message message) {
    return switch (message.role()) {
      case SYSTEM, DEVELOPER -> true;
      case USER, ASSISTANT, TOOL -> false;
    };
  }

  private void writeTurn(int m) {
    switch (messages.get(m).role()) {
      case SYSTEM, DEVELOPER -> {
        append("user", m, marked(written(m)));
        losses.add(new Loss(Reason.CHANGED_ROLE, "messages[" + m + "]"));
      }
      case USER -> append("user", m, written(m));
      case ASSISTANT -> {
        ArrayNode parts = written(m);
        signFirstCall(parts, m);
        append("model", m, parts);
        writeResponses(m);
      }
      case TOOL -> reportOrphans(m);
    }
  }

  private static ArrayNode marked(ArrayNode parts) {
    if (parts.isEmpty()) {
      return parts;
    }
    ArrayNode marked = parts.arrayNode();
    marked.addObject().put("text", "<system>");
    marked.addAll(parts);
    marked.addObject().put("text", "</system>");
    return marked;
  }

  private ArrayNode written(int m) {
    Message message = messages.get(m);
    if (message.name() != null) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, "messages[" + m + "].name"));
    }
    GeminiPartWriter writer = GeminiPartWriter.forGoogle(losses);
    for (int p = 0; p < message.parts().size(); p++) {
      writer.write(message.parts().get(p), new Place(m, p).toString());
    }
    return writer.parts();
  }

  private void append(String role, int m, ArrayNode parts) {
    if (parts.isEmpty()) {
      losses.add(new Loss(Reason.EMPTY_CONTENT, "messages[" + m + "]"));
      return;
    }
    JsonNode last = contents.isEmpty() ? contents.missingNode() : contents.get(contents.size() - 1);
    if (!lastIsResponses && last.path("role").asString("").equals(role)) {
      ((ArrayNode) last.path("parts")).addAll(parts);
    } else {
      contents.addObject().put("role", role).set("parts", parts);
    }
    lastIsResponses = false;
  }

  /// Gemini 3 and later refuse a step of calls whose first one has no signature.
  private void signFirstCall(ArrayNode parts, int m) {
    ObjectNode first = null;
    for (JsonNode part : parts) {
      if (part instanceof ObjectNode object && object.has("functionCall")) {
        if (object.has("thoughtSignature")) {
          return;
        }
        first = first == null ? object : first;
      }
    }
    if (first != null && model.tools().signedCalls()) {
      first.put("thoughtSignature", NO_SIGNATURE);
      losses.add(new Loss(Reason.SUBSTITUTED_SIGNATURE, "messages[" + m + "]"));
    }
  }

  private void writeResponses(int m) {
    GeminiResultWriter writer = new GeminiResultWriter(model, losses);
    GeminiResultWriter.Sheet sheet = new GeminiResultWriter.Sheet();
    List<Part> parts = messages.get(m).parts();
    for (int p = 0; p < parts.size(); p++) {
      if (parts.get(p) instanceof Part.ToolCall call) {
        Place place = answerTo(call, m);
        if (place == null) {
          writer.writeMissing(call, new Place(m, p).toString(), sheet);
        } else {
          answered.add(place);
          Part.ToolResult result = (Part.ToolResult) messages.get(place.message).parts().get(place.part);
          writer.write(call, result, place.toString(), sheet);
        }
      }
    }
    if (!sheet.parts().isEmpty()) {
      contents.addObject().put("role", "user").set("parts", sheet.parts());
      lastIsResponses = true;
    }
  }

  /// The first unused result for `call` before the next turn with calls, null when there is none.
  private @Nullable Place answerTo(Part.ToolCall call, int m) {
    for (int later = m + 1; later < messages.size(); later++) {
      List<Part> parts = messages.get(later).parts();
      for (int p = 0; p < parts.size(); p++) {
        Place place = new Place(later, p);
        if (parts.get(p) instanceof Part.ToolResult result
            && result.callId().equals(call.id())
            && !answered.contains(place)) {
          return place;
        }
      }
      boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
      if (calls && messages.get(later).role() == Role.ASSISTANT) {
        return null;
      }
    }
    return null;
  }

  private void reportOrphans(int m) {
    for (int p = 0; p < messages.get(m).parts().size(); p++) {
      Place place = new Place(m, p);
      if (!answered.contains(place)) {
        boolean isUnknown = messages.get(m).parts().get(p) instanceof Part.Unknown;
        losses.add(new Loss(isUnknown ? Reason.FOREIGN_PART : Reason.ORPHAN_RESULT, place.toString()));
      }
    }
  }
}
