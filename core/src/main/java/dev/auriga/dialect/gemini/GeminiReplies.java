// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.SpareId;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes whole replies (`GenerateContentResponse`); only the first candidate counts.
///
/// Source: Gemini API reference, `GenerateContentResponse`.
final class GeminiReplies {
  private static final int OK = 200;
  /// Where the parts of a reply stand; which one it is, is not told.
  static final String PARTS = "candidates[0].content.parts";

  private static final Set<String> REPLY =
      Set.of(
          "candidates", "promptFeedback", "usageMetadata", "modelVersion", "responseId", "createTime");
  private static final Set<String> CANDIDATE =
      Set.of(
          "content", "finishReason", "finishMessage", "index", "tokenCount", "avgLogprobs",
          "logprobsResult", "citationMetadata", "groundingMetadata");

  private GeminiReplies() {}

  static Completion read(byte[] body) {
    ObjectNode reply = object(body);
    JsonNode candidate = candidate(reply);
    String id = reply.path("responseId").asString("");
    String spareId = "call_" + (id.isEmpty() ? SpareId.of(body) : id);
    List<Part> parts = new ArrayList<>();
    int calls = 0;
    boolean saidSomething = false;
    Leftovers leftovers = new Leftovers();
    note(reply, candidate, leftovers);
    GeminiCitations citations = new GeminiCitations(leftovers);
    for (JsonNode json : candidate.path("content").path("parts")) {
      citations.add(visibleText(json));
      for (Part part : parts(json, spareId + "_" + calls, leftovers)) {
        calls += part instanceof Part.ToolCall ? 1 : 0;
        saidSomething |= isVisible(part);
        join(part, parts);
      }
    }
    StopReason stop = stop(reply, candidate, calls > 0, saidSomething);
    List<Citation> cited = citations.read(candidate);
    cited.addAll(citations.rest());
    parts = addLogprobs(CitedText.cited(parts, cited), candidate, leftovers);
    String explanation = GeminiStops.blocked(reply.path("promptFeedback"));
    if (!explanation.isEmpty()) {
      parts.add(new Part.Declined(explanation));
    }
    Usage usage = GeminiUsage.read(reply.path("usageMetadata"));
    return new Completion(
        id.isEmpty() ? SpareId.of(body) : id,
        reply.path("modelVersion").asString(""),
        parts,
        stop,
        null,
        usage == null ? Usage.NONE : usage,
        leftovers.losses());
  }

  /// Notes what a reply and its candidate have beside what is read of them.
  static void note(JsonNode reply, JsonNode candidate, Leftovers leftovers) {
    leftovers.keepRest(reply, "", REPLY);
    leftovers.keepRest(candidate, "candidates[0]", CANDIDATE);
    leftovers.keepRest(candidate.path("content"), "candidates[0].content", GeminiContentReader.CONTENT);
  }

  /// The text of a part that is part of the answer; empty where it is another part.
  static String visibleText(JsonNode part) {
    return part.path("thought").asBoolean(false) ? "" : part.path("text").asString("");
  }

  /// Log probabilities are those of all visible text; they stand at the last one.
  private static List<Part> addLogprobs(
      List<Part> parts, JsonNode candidate, Leftovers leftovers) {
    List<TokenLogprob> logprobs = GeminiLogprobs.read(candidate, leftovers);
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i) instanceof Part.Text text) {
        parts.set(i, new Part.Text(text.text(), text.cache(), text.citations(), logprobs));
        return parts;
      }
    }
    leftovers.keep("candidates[0].logprobsResult", candidate.path("logprobsResult"));
    return parts;
  }

  private static ObjectNode object(byte[] body) {
    JsonNode tree;
    try {
      tree = Json.read(body);
    } catch (JacksonException notJson) {
      throw notJson(notJson);
    }
    if (tree instanceof ObjectNode object && !object.has("error")) {
      return object;
    }
    throw new BadReply(GeminiErrors.read(OK, Headers.NONE, body));
  }

  static BadReply notJson(JacksonException cause) {
    boolean cut = cause instanceof UnexpectedEndOfInputException;
    return new BadReply(
        Failure.of(
            cut ? FailureKind.BROKEN_STREAM : FailureKind.UNKNOWN,
            OK,
            cut ? "Gemini's reply ends in the middle" : "Gemini's reply is not JSON"));
  }

  /// The first candidate: its index is 0, and proto JSON leaves a 0 out.
  static JsonNode candidate(JsonNode reply) {
    for (JsonNode candidate : reply.path("candidates")) {
      if (candidate.path("index").asInt(0) == 0) {
        return candidate;
      }
    }
    return reply.path("candidates").path(0);
  }

  /// The parts `json` means; a part that is none counts as a bad reply.
  private static List<Part> parts(JsonNode json, String spareId, Leftovers leftovers) {
    try {
      return json instanceof ObjectNode object
          ? GeminiPartReader.read(new GeminiObject(object, PARTS), spareId, leftovers)
          : List.of();
    } catch (Refusal malformed) {
      throw new BadReply(
          Failure.of(FailureKind.UNKNOWN, OK, "Gemini's reply has a malformed part: " + malformed.reason()));
    }
  }

  /// Text that follows text is one text: Gemini cuts an answer where it likes.
  private static void join(Part part, List<Part> parts) {
    Part last = parts.isEmpty() ? null : parts.getLast();
    if (part instanceof Part.Text text && text.text().isEmpty()) {
      return;
    }
    if (part instanceof Part.Text text && last instanceof Part.Text before) {
      parts.set(parts.size() - 1, Part.Text.of(before.text() + text.text()));
    } else if (part instanceof Part.Thinking thought
        && last instanceof Part.Thinking before
        && before.signature() == null) {
      parts.set(
          parts.size() - 1, new Part.Thinking(before.text() + thought.text(), thought.signature()));
    } else {
      parts.add(part);
    }
  }

  /// Whether a reader of the answer sees `part`: thoughts are not the answer.
  static boolean isVisible(Part part) {
    return switch (part) {
      case Part.Text text -> !text.text().isEmpty();
      case Part.Thinking _, Part.RedactedThinking _ -> false;
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolCall _,
          Part.ToolResult _, Part.Declined _, Part.Unknown _ -> true;
    };
  }

  private static StopReason stop(
      JsonNode reply, JsonNode candidate, boolean hasCalls, boolean saidSomething) {
    if (reply.path("promptFeedback").has("blockReason")) {
      return StopReason.Known.FILTERED;
    }
    if (!candidate.isObject()) {
      throw new BadReply(
          Failure.of(FailureKind.UNKNOWN, OK, "Gemini's reply has no candidates and no reason for it"));
    }
    String reason = candidate.path("finishReason").asString(null);
    Failure breakdown = GeminiStops.breakdown(reason, saidSomething);
    if (breakdown != null) {
      throw new BadReply(breakdown);
    }
    return GeminiStops.reason(reason, hasCalls);
  }

  static Written write(Completion completion) {
    Set<Loss> losses = new LinkedHashSet<>();
    GeminiPartWriter parts = GeminiPartWriter.forClients(losses);
    GeminiGrounding grounding = new GeminiGrounding(losses);
    List<TokenLogprob> logprobs = new ArrayList<>(0);
    for (int i = 0; i < completion.parts().size(); i++) {
      String at = "content[%d]".formatted(i);
      int place = parts.parts().size();
      parts.write(completion.parts().get(i), at);
      switch (completion.parts().get(i)) {
        case Part.Text text -> {
          logprobs.addAll(text.logprobs());
          text.citations().forEach(each -> grounding.add(each, text.text(), place, at));
        }
        case Part.Declined declined -> logprobs.addAll(declined.logprobs());
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.Thinking _,
            Part.RedactedThinking _, Part.ToolCall _, Part.ToolResult _, Part.Unknown _ -> {}
      }
    }
    losses.addAll(GeminiStops.losses(completion.stop(), completion.stopSequence()));
    losses.addAll(GeminiUsage.losses(completion.usage()));
    losses.addAll(completion.unread());
    ObjectNode reply =
        response(parts.parts(), GeminiStops.write(completion.stop()), completion.usage());
    if (reply.path("candidates").path(0) instanceof ObjectNode candidate) {
      grounding.writeTo(candidate);
      GeminiLogprobs.write(logprobs, candidate, "content", losses);
      GeminiLogprobs.writeMean(logprobs, candidate);
    }
    reply.put("modelVersion", completion.model()).put("responseId", completion.id());
    return new Written(Json.write(reply), List.copyOf(losses));
  }

  /// A response with one candidate; the last one of an answer has a finish reason.
  static ObjectNode response(ArrayNode parts, @Nullable String finishReason, @Nullable Usage usage) {
    ObjectNode response = Json.object();
    ObjectNode candidate = response.putArray("candidates").addObject();
    candidate.putObject("content").put("role", "model").set("parts", parts);
    if (finishReason != null) {
      candidate.put("finishReason", finishReason);
    }
    candidate.put("index", 0);
    if (usage != null) {
      response.set("usageMetadata", GeminiUsage.write(usage));
    }
    return response;
  }

  /// The signature as a part of its own, null when another provider's.
  static @Nullable ObjectNode signaturePart(Opaque signature, boolean ofThought) {
    if (!signature.isOf(Gemini.NAME)) {
      return null;
    }
    ObjectNode part = Json.object().put("text", "");
    if (ofThought) {
      part.put("thought", true);
    }
    return part.put("thoughtSignature", signature.value());
  }
}
