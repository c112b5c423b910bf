// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole replies: the `message` object. Source: Anthropic API reference, Messages (response).
final class AnthropicReplies {
  /// What may name a block or an event: anything else cannot stand on an `event` line.
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]+");

  /// Of a whole message and of the one a stream starts with.
  static final Set<String> MESSAGE =
      Set.of(
          "id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "stop_details",
          "usage");

  private AnthropicReplies() {}

  static Completion read(byte[] body, AnthropicErrors errors) {
    JsonNode reply;
    try {
      reply = Json.read(body);
    } catch (JacksonException notJson) {
      throw AnthropicErrors.cutShort(notJson);
    }
    if (!reply.path("content").isArray() || reply.hasNonNull("error")) {
      throw errors.notAMessage(body);
    }
    List<Part> parts;
    Leftovers leftovers = new Leftovers();
    leftovers.keepRest(reply, "", MESSAGE);
    try {
      parts = new ArrayList<>(new AnthropicBlockReader(leftovers).content(reply.path("content"), "content"));
    } catch (Refusal malformed) {
      throw errors.notAMessage(body);
    }
    String explanation = reply.path("stop_details").path("explanation").stringValue(null);
    if (explanation != null) {
      parts.add(new Part.Declined(explanation));
    }
    AnthropicUsage usage = new AnthropicUsage();
    usage.read(reply.path("usage"));
    boolean carriesCalls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    return new Completion(
        reply.path("id").stringValue(""),
        reply.path("model").stringValue(""),
        parts,
        AnthropicStops.read(reply.path("stop_reason").stringValue(null), carriesCalls),
        reply.path("stop_sequence").stringValue(null),
        usage.usage(),
        leftovers.losses());
  }

  static Written write(Completion completion) {
    ObjectNode message = opening(completion.id(), completion.model());
    ArrayNode content = message.putArray("content");
    boolean carriesCalls = false;
    boolean declined = false;
    Set<Loss> losses = new LinkedHashSet<>();
    for (int i = 0; i < completion.parts().size(); i++) {
      Part part = completion.parts().get(i);
      carriesCalls |= part instanceof Part.ToolCall;
      declined |= part instanceof Part.Declined;
      blocks(part, "content[" + i + "]", losses).forEach(content::add);
    }
    message.put(
        "stop_reason", AnthropicStops.write(completion.stop(), carriesCalls, declined));
    message.put("stop_sequence", completion.stopSequence());
    message.putNull("stop_details").putNull("container");
    message.set("usage", AnthropicUsage.write(completion.usage()));
    losses.addAll(completion.unread());
    return new Written(Json.write(message), List.copyOf(losses));
  }

  /// What a message begins with, here and in a stream.
  static ObjectNode opening(String id, String model) {
    return Json.object()
        .put("id", messageId(id))
        .put("type", "message")
        .put("role", "assistant")
        .put("model", model);
  }

  private static String messageId(String id) {
    String stem = id.startsWith("msg_") ? id.substring("msg_".length()) : id;
    return "msg_" + AnthropicMessages.NAMES.call().allowed(stem);
  }

  /// The blocks of a reply that tell `part`; none for what a reply cannot hold.
  static List<ObjectNode> blocks(Part part, String at, Collection<Loss> losses) {
    return switch (part) {
      case Part.Text text -> {
        loseLogprobs(text.logprobs(), at, losses);
        yield text.text().isEmpty() ? List.of() : List.of(cited(text, at, losses));
      }
      case Part.Declined(String text, var logprobs) -> {
        loseLogprobs(logprobs, at, losses);
        yield text.isEmpty() ? List.of() : List.of(text(text));
      }
      case Part.Thinking(String text, Opaque signature) ->
          List.of(thinking(text, AnthropicSignatures.ofThought(signature)));
      case Part.RedactedThinking(Opaque content) -> List.of(redacted(content));
      case Part.ToolCall call -> {
        ObjectNode block = toolUse(call.id(), call.name());
        block.set("input", input(call.arguments(), at, losses));
        Opaque signature = call.signature();
        yield signature == null
            ? List.of(block)
            : List.of(thinking("", AnthropicSignatures.ofCall(signature)), block);
      }
      case Part.Unknown unknown -> {
        List<ObjectNode> own = own(unknown.dialect(), unknown.raw());
        if (own.isEmpty()) {
          losses.add(new Loss(Reason.FOREIGN_PART, at));
        }
        yield own;
      }
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ -> {
        losses.add(new Loss(Reason.UNSUPPORTED_PART, at));
        yield List.of();
      }
    };
  }

  /// Nobody is told log probabilities in this dialect.
  static void loseLogprobs(List<TokenLogprob> logprobs, String at, Collection<Loss> losses) {
    if (!logprobs.isEmpty()) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".logprobs"));
    }
  }

  private static ObjectNode cited(Part.Text part, String at, Collection<Loss> losses) {
    ObjectNode block = text(part.text());
    if (part.citations().isEmpty()) {
      return block;
    }
    ArrayNode citations = Json.object().arrayNode();
    CitedText all = new CitedText();
    all.add(part.text());
    for (Citation citation : part.citations()) {
      ObjectNode shown = AnthropicCitations.shown(citation, all.isAll(citation), at, losses);
      if (shown != null) {
        citations.add(shown);
      }
    }
    return citations.isEmpty() ? block : block.set("citations", citations);
  }

  static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text).putNull("citations");
  }

  static ObjectNode thinking(String text, String signature) {
    return Json.object().put("type", "thinking").put("thinking", text).put("signature", signature);
  }

  /// Another provider's redacted thinking travels as the signature of an empty thought.
  static ObjectNode redacted(Opaque content) {
    return content.isOf(AnthropicMessages.NAME)
        ? Json.object().put("type", "redacted_thinking").put("data", content.value())
        : thinking("", AnthropicSignatures.ofRedacted(content));
  }

  /// A call without its input; `caller` is required of every one (Anthropic OpenAPI document,
  /// `ResponseToolUseBlock`).
  static ObjectNode toolUse(String id, String name) {
    ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
    block.putObject("caller").put("type", "direct");
    return block;
  }

  static List<ObjectNode> own(String dialect, RawJson raw) {
    return dialect.equals(AnthropicMessages.NAME)
            && Json.read(raw) instanceof ObjectNode block
            && TYPE.matcher(block.path("type").stringValue("")).matches()
        ? List.of(block)
        : List.of();
  }

  /// Arguments that are no JSON object are shown as `{"_raw": "…"}`, because `input` must be one.
  private static JsonNode input(String arguments, String at, Collection<Loss> losses) {
    JsonNode input = parsed(arguments);
    if (input instanceof ObjectNode) {
      return input;
    }
    if (arguments.isBlank()) {
      return Json.object();
    }
    losses.add(new Loss(Reason.WRAPPED_ARGUMENTS, at + ".arguments"));
    return Json.object().put("_raw", arguments);
  }

  private static @Nullable JsonNode parsed(String arguments) {
    try {
      return Json.read(arguments);
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
