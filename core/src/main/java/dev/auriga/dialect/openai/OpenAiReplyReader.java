// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.SpareId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads a whole Chat Completions reply: its first choice, which is the only one asked for.
///
/// A choice may lack its message where Azure filtered it. Mistral answers with content in parts,
/// vLLM names the stop sequence it met in `stop_reason`. Sources: OpenAI OpenAPI document,
/// `CreateChatCompletionResponse`; Azure OpenAI documentation, Content filtering.
final class OpenAiReplyReader {
  private static final Set<String> REPLY =
      Set.of(
          "id", "object", "created", "model", "choices", "usage", "system_fingerprint",
          "service_tier", "obfuscation", "prompt_filter_results", "model_selection_details",
          "openrouter_metadata");
  private static final Set<String> CHOICE =
      Set.of("index", "message", "delta", "logprobs", "finish_reason", "stop_reason",
          "content_filter_results");
  private static final Set<String> MESSAGE =
      Set.of(
          "role", "content", "refusal", "tool_calls", "function_call", "reasoning_content",
          "reasoning", "annotations");
  private static final Set<String> CALL =
      Set.of("index", "id", "type", "function", "extra_content");

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
    Leftovers rest = new Leftovers();
    JsonNode message = choice.path("message");
    note(reply, choice, message, "choices[0].message", rest);
    List<Part> parts = parts(message, choice.path("logprobs"), body, rest);
    List<Citation> citations = annotations(message, "choices[0].message", rest);
    boolean carriesCalls =
        !message.path("tool_calls").isEmpty() || !message.path("function_call").isEmpty();
    StopReason stop =
        OpenAiStops.read(choice.path("finish_reason").asString(null), carriesCalls);
    String sequence = stopSequence(choice);
    Usage usage = OpenAiUsage.of(reply, "");
    return new Completion(
        reply.path("id").asString(""),
        reply.path("model").asString(""),
        citations.isEmpty() ? parts : CitedText.cited(parts, citations),
        sequence != null && stop == StopReason.Known.END ? StopReason.Known.STOP_SEQUENCE : stop,
        sequence,
        usage == null ? Usage.NONE : usage,
        rest.losses());
  }

  /// Notes what a reply or an event, its choice and the message or delta at `at` say beside what is
  /// read of them.
  static void note(JsonNode reply, JsonNode choice, JsonNode message, String at, Leftovers rest) {
    rest.keepRest(reply, "", REPLY);
    OpenAiUntold.tier(reply, rest);
    OpenAiUntold.filters(reply, "", rest);
    OpenAiUntold.filters(choice, "choices[0]", rest);
    rest.keepRest(choice, "choices[0]", CHOICE);
    rest.keepRest(message, at, MESSAGE);
    for (JsonNode call : message.path("tool_calls").values()) {
      if (call.path("function").isObject()) {
        rest.keepRest(call, at + ".tool_calls", CALL);
      }
    }
  }

  /// What the message or delta at `at` cites; passages count from the start of its content.
  static List<Citation> annotations(JsonNode message, String at, Leftovers rest) {
    JsonNode annotations = message.path("annotations");
    return annotations.isEmpty()
        ? List.of()
        : annotations.valueStream()
            .map(each -> OpenAiAnnotations.read(each, OpenAiChat.NAME, at + ".annotations", rest))
            .toList();
  }

  static @Nullable String stopSequence(JsonNode choice) {
    JsonNode sequence = choice.path("stop_reason");
    boolean met = choice.path("finish_reason").asString("").equals("stop");
    return met && sequence.isString() ? sequence.stringValue() : null;
  }

  private static List<Part> parts(
      JsonNode message, JsonNode logprobs, byte[] body, Leftovers rest) {
    List<Part> parts = new ArrayList<>();
    String thought = OpenAiMessageReader.thought(message);
    if (thought != null) {
      parts.add(new Part.Thinking(thought, null));
    }
    List<TokenLogprob> ofText = OpenAiLogprobs.read(logprobs.path("content"));
    for (JsonNode piece : pieces(message, "choices[0].message", rest)) {
      String text = textOf(piece);
      if (!text.isEmpty()) {
        parts.add(new Part.Text(text, null, List.of(), ofText));
        ofText = List.of();
      }
    }
    if (!ofText.isEmpty()) {
      rest.keep("choices[0].logprobs.content", logprobs.path("content"));
    }
    String declined = message.path("refusal").asString("");
    if (!declined.isEmpty()) {
      parts.add(new Part.Declined(declined, OpenAiLogprobs.read(logprobs.path("refusal"))));
    }
    for (JsonNode call : message.path("tool_calls").values()) {
      parts.add(call(call, body, parts.size()));
    }
    JsonNode legacy = message.path("function_call");
    if (legacy.isObject() && !legacy.isEmpty()) {
      parts.add(
          Part.ToolCall.of(
              SpareId.ofCall(body, parts.size()), legacy.path("name").asString(""),
              arguments(legacy)));
    }
    return parts;
  }

  /// The pieces of content with text: a string, or parts of type `text`; others are noted.
  static List<JsonNode> pieces(JsonNode message, String at, Leftovers rest) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return List.of(content);
    }
    List<JsonNode> pieces = new ArrayList<>(content.size());
    for (JsonNode piece : content.values()) {
      if (piece.isString() || piece.path("text").isString()) {
        pieces.add(piece);
      } else {
        rest.keep(at + ".content", piece);
      }
    }
    return pieces;
  }

  /// The text of a piece of content: a string, or a part of type `text`.
  static String textOf(JsonNode piece) {
    return piece.isString() ? piece.stringValue() : piece.path("text").asString("");
  }

  /// Some servers give calls no ids; `body` and `place` then make one.
  private static Part call(JsonNode call, byte[] body, int place) {
    JsonNode function = call.path("function");
    if (!function.isObject()) {
      return new Part.Unknown(OpenAiChat.NAME, Json.raw(call));
    }
    String id = call.path("id").asString("");
    return new Part.ToolCall(
        id.isEmpty() ? SpareId.ofCall(body, place) : id,
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
