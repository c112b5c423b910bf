// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads a whole Chat Completions reply: its first choice, which is the only one asked for.
///
/// A choice may lack its message where Azure filtered it. Mistral answers with content in parts,
/// vLLM names the stop sequence it met in `stop_reason`. Sources: OpenAI OpenAPI document,
/// `CreateChatCompletionResponse`; Azure OpenAI documentation, Content filtering.
final class OpenAiReplyReader {
  private final OpenAiFailures failures;

  OpenAiReplyReader(OpenAiFailures failures) {
    this.failures = failures;
  }

  Completion read(byte[] body) {
    JsonNode reply;
    try {
      reply = Json.read(body);
    } catch (JacksonException _) {
      throw new BadReply(OpenAiFailures.notJson());
    }
    JsonNode choice = reply.path("choices").path(0);
    boolean failed = choice.path("finish_reason").asString("").equals(OpenAiStops.ERROR);
    if (OpenAiFailures.isError(reply) || failed) {
      throw new BadReply(failures.read(200, Headers.NONE, body));
    }
    if (!choice.isObject()) {
      throw new BadReply(OpenAiFailures.noChoice());
    }
    List<Part> parts = parts(choice.path("message"));
    boolean carriesCalls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    StopReason stop =
        OpenAiStops.read(choice.path("finish_reason").asString(null), carriesCalls);
    String sequence = stopSequence(choice);
    JsonNode usage = reply.path("usage");
    return new Completion(
        reply.path("id").asString(""),
        reply.path("model").asString(""),
        parts,
        sequence != null && stop == StopReason.Known.END ? StopReason.Known.STOP_SEQUENCE : stop,
        sequence,
        usage.isObject() ? OpenAiUsage.read(usage) : Usage.NONE,
        unread(choice.path("message"), choice));
  }

  /// What a message or a delta and its choice say that nobody else can be told.
  static List<Loss> unread(JsonNode message, JsonNode choice) {
    List<Loss> unread = new ArrayList<>(0);
    if (!message.path("annotations").isEmpty()) {
      unread.add(new Loss(Loss.Reason.FOREIGN_FIELD, "content.citations"));
    }
    if (!choice.path("logprobs").path("content").isEmpty()) {
      unread.add(new Loss(Loss.Reason.FOREIGN_FIELD, "content.logprobs"));
    }
    if (message.path("audio").isObject()) {
      unread.add(new Loss(Loss.Reason.FOREIGN_PART, "content"));
    }
    return unread;
  }

  static @Nullable String stopSequence(JsonNode choice) {
    JsonNode sequence = choice.path("stop_reason");
    boolean met = choice.path("finish_reason").asString("").equals("stop");
    return met && sequence.isString() ? sequence.stringValue() : null;
  }

  private static List<Part> parts(JsonNode message) {
    List<Part> parts = new ArrayList<>();
    String thought = OpenAiMessageReader.thought(message);
    if (thought != null) {
      parts.add(new Part.Thinking(thought, null));
    }
    JsonNode content = message.path("content");
    for (JsonNode piece : content.isArray() ? content.values() : List.of(content)) {
      String text = textOf(piece);
      if (!text.isEmpty()) {
        parts.add(Part.Text.of(text));
      }
    }
    String declined = message.path("refusal").asString("");
    if (!declined.isEmpty()) {
      parts.add(new Part.Declined(declined));
    }
    for (JsonNode call : message.path("tool_calls").values()) {
      parts.add(call(call, parts.size()));
    }
    JsonNode legacy = message.path("function_call");
    if (legacy.isObject()) {
      parts.add(
          Part.ToolCall.of("call_function_0", legacy.path("name").asString(""), arguments(legacy)));
    }
    return parts;
  }

  /// The text of a piece of content: a string, or a part of type `text`.
  static String textOf(JsonNode piece) {
    return piece.isString() ? piece.stringValue() : piece.path("text").asString("");
  }

  private static Part call(JsonNode call, int place) {
    JsonNode function = call.path("function");
    if (!function.isObject()) {
      return new Part.Unknown(OpenAiChat.NAME, Json.raw(call));
    }
    String id = call.path("id").asString("");
    return new Part.ToolCall(
        id.isEmpty() ? "call_" + place : id,
        function.path("name").asString(""),
        arguments(function),
        OpenAiMessageReader.signature(call),
        null);
  }

  /// The arguments as text; some servers send them as the object they are.
  static String arguments(JsonNode function) {
    JsonNode arguments = function.path("arguments");
    if (arguments.isString()) {
      return arguments.stringValue().isBlank() ? "{}" : arguments.stringValue();
    }
    return arguments.isObject() ? Json.raw(arguments).text() : "{}";
  }
}
