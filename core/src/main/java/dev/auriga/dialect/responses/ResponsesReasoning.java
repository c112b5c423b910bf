// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Wrapping;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reasoning items: a readable summary, and the reasoning itself as encrypted content.
///
/// What is kept of an item of OpenAI's own is `ID.ENCRYPTED`, because both go back with it. Other
/// providers' signatures stand in `encrypted_content` in a [Wrapping], also where there is none, so
/// that an item of Auriga's own is always known as such. An item without encrypted content names
/// something a server remembers, and is readable only. Source: OpenAI OpenAPI document,
/// `ReasoningItem`.
final class ResponsesReasoning {
  private static final String BETWEEN_SUMMARIES = "\n\n";

  private ResponsesReasoning() {}

  /// The thought in `item`; null where the item says nothing, or only signs the next call.
  static @Nullable Part part(JsonNode item) {
    String text = textOf(item);
    String encrypted = item.path("encrypted_content").asString("");
    Opaque content = seal(item);
    Wrapping wrapping = Wrapping.read(encrypted);
    if (wrapping != null && wrapping.subject() == Wrapping.Subject.CALL) {
      return null;
    }
    boolean redacted =
        wrapping == null ? text.isEmpty() : wrapping.subject() == Wrapping.Subject.REDACTED;
    if (content != null && redacted) {
      return new Part.RedactedThinking(content);
    }
    return text.isEmpty() && content == null ? null : new Part.Thinking(text, content);
  }

  /// The signature `item` carries for the call that follows; null where it carries none.
  static @Nullable Opaque forNextCall(JsonNode item) {
    Wrapping wrapping = Wrapping.read(item.path("encrypted_content").asString(""));
    return wrapping != null && wrapping.subject() == Wrapping.Subject.CALL
        ? wrapping.content()
        : null;
  }

  /// What `item` has that must go back unchanged, whoever's it is; null where it has nothing.
  static @Nullable Opaque seal(JsonNode item) {
    String encrypted = item.path("encrypted_content").asString("");
    if (encrypted.isEmpty()) {
      return null;
    }
    Wrapping wrapping = Wrapping.read(encrypted);
    if (wrapping != null) {
      return wrapping.content();
    }
    String id = item.path("id").asString("");
    return new Opaque(OpenAiResponses.NAME, (id.indexOf('.') < 0 ? id : "") + "." + encrypted);
  }

  /// The summary's parts, or the reasoning itself where an open model tells it, as one text.
  static String textOf(JsonNode item) {
    String summary = joined(item.path("summary"));
    return summary.isEmpty() ? joined(item.path("content")) : summary;
  }

  /// What stands between two parts of a summary.
  static String between() {
    return BETWEEN_SUMMARIES;
  }

  private static String joined(JsonNode parts) {
    StringJoiner text = new StringJoiner(BETWEEN_SUMMARIES);
    for (JsonNode part : parts.values()) {
      String words = part.path("text").asString("");
      if (!words.isEmpty()) {
        text.add(words);
      }
    }
    return text.toString();
  }

  /// An item of OpenAI's own on its way back to it.
  static ObjectNode returned(Opaque own, String text) {
    int dot = own.value().indexOf('.');
    String id = dot <= 0 ? "rs_%08x".formatted(own.value().hashCode()) : own.value().substring(0, dot);
    ObjectNode item = Json.object().put("type", "reasoning").put("id", id);
    summarise(item, text);
    return item.put("encrypted_content", encrypted(own));
  }

  /// Sets the summary to `text` in one part, or to none.
  static void summarise(ObjectNode item, String text) {
    var summary = item.putArray("summary");
    if (!text.isEmpty()) {
      summary.add(summaryPart(text));
    }
  }

  static ObjectNode summaryPart(String text) {
    return Json.object().put("type", "summary_text").put("text", text);
  }

  /// `encrypted_content` for a client: OpenAI's own as it is, another's in its wrapping.
  static String encryptedFor(@Nullable Opaque content, Wrapping.Subject subject) {
    return content != null && content.isOf(OpenAiResponses.NAME)
        ? encrypted(content)
        : new Wrapping(content, subject).text();
  }

  /// `encrypted_content` of a thought that nobody signed.
  static String unsigned() {
    return encryptedFor(null, Wrapping.Subject.THOUGHT);
  }

  private static String encrypted(Opaque own) {
    return own.value().substring(own.value().indexOf('.') + 1);
  }
}
