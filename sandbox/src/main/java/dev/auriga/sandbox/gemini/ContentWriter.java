// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.mind.Thought.ToolCall;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Event.Part;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a Gemini answer: whole, as server-sent events (`data:` lines ended by CRLF, no terminal
/// marker), or as one JSON array in pieces. Usage is cumulative and every chunk has it (recorded
/// streams of Gemini 3).
record ContentWriter(ModelCard card, String id, Usage usage) {
  private static final int WORDS_A_CHUNK = 4;

  /// One candidate: the thought, whether its reasoning is shown, a signature per call or, for a
  /// model that signs its text, one for the text.
  record Candidate(Thought thought, boolean showThoughts, List<String> signatures) {
    Candidate {
      signatures = List.copyOf(signatures);
    }
  }

  Reply whole(List<Candidate> candidates) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("candidates");
    for (int index = 0; index < candidates.size(); index++) {
      Candidate candidate = candidates.get(index);
      ArrayNode parts = Json.array();
      allParts(candidate).forEach(part -> parts.add(part.json()));
      list.add(
          candidate(parts, index, candidate.thought(), !candidate.thought().calls().isEmpty()));
    }
    finish(answer, usage.output());
    return GeminiErrors.pretty(200, answer, new Reply.Served(card, usage));
  }

  Reply streamed(List<Candidate> candidates, boolean events) {
    List<Event> chunks = new ArrayList<>();
    long visible = 0;
    for (int index = 0; index < candidates.size(); index++) {
      Candidate candidate = candidates.get(index);
      List<Piece> pieces = pieces(candidate);
      for (Piece piece : pieces) {
        visible += piece.thought() ? 0 : piece.tokens();
        ArrayNode parts = Json.array().add(piece.json());
        chunks.add(chunk(parts, index, null, visible, piece.tokens()));
      }
      ObjectNode last = Json.object().put("text", "");
      if (candidate.thought().calls().isEmpty() && !candidate.signatures().isEmpty()) {
        last.put("thoughtSignature", candidate.signatures().getFirst());
      }
      chunks.add(chunk(Json.array().add(last), index, candidate.thought(), visible, 0));
    }
    return stream(chunks, events);
  }

  /// The answer to a prompt that is blocked: no candidates.
  Reply blocked(boolean stream, boolean events) {
    ObjectNode answer = Json.object();
    answer.set("promptFeedback", Json.object().put("blockReason", "PROHIBITED_CONTENT"));
    finish(answer, 0);
    return stream
        ? stream(List.of(Event.of(answer.toString(), Part.TERMINAL, 0)), events)
        : GeminiErrors.pretty(200, answer, new Reply.Served(card, usage));
  }

  /// A part of an answer with the tokens it carries.
  private record Piece(ObjectNode json, boolean thought, int tokens) {}

  private List<Piece> allParts(Candidate candidate) {
    Thought thought = candidate.thought();
    List<Piece> parts = new ArrayList<>();
    if (candidate.showThoughts() && !thought.reasoning().isEmpty()) {
      parts.add(text(thought.reasoning(), true));
    }
    if (!thought.text().isEmpty() || thought.calls().isEmpty()) {
      Piece said = text(thought.text(), false);
      if (thought.calls().isEmpty() && !candidate.signatures().isEmpty()) {
        said.json().put("thoughtSignature", candidate.signatures().getFirst());
      }
      parts.add(said);
    }
    parts.addAll(calls(candidate));
    return parts;
  }

  private List<Piece> pieces(Candidate candidate) {
    Thought thought = candidate.thought();
    List<Piece> pieces = new ArrayList<>();
    if (candidate.showThoughts()) {
      chunks(thought.reasoning()).forEach(text -> pieces.add(text(text, true)));
    }
    chunks(thought.text()).forEach(text -> pieces.add(text(text, false)));
    pieces.addAll(calls(candidate));
    return pieces;
  }

  private static List<Piece> calls(Candidate candidate) {
    List<Piece> pieces = new ArrayList<>();
    for (int index = 0; index < candidate.thought().calls().size(); index++) {
      ToolCall call = candidate.thought().calls().get(index);
      ObjectNode function = Json.object().put("name", call.name());
      function.set("args", call.arguments());
      ObjectNode part = Json.object();
      part.set("functionCall", function);
      if (index == 0 && !candidate.signatures().isEmpty()) {
        part.put("thoughtSignature", candidate.signatures().getFirst());
      }
      int tokens = Tokens.count(call.name()) + Tokens.count(call.arguments().toString());
      pieces.add(new Piece(part, false, tokens));
    }
    return pieces;
  }

  private static List<String> chunks(String text) {
    List<String> words = Tokens.pieces(text);
    List<String> chunks = new ArrayList<>();
    for (int from = 0; from < words.size(); from += WORDS_A_CHUNK) {
      chunks.add(
          String.join("", words.subList(from, Math.min(words.size(), from + WORDS_A_CHUNK))));
    }
    return chunks;
  }

  private static Piece text(String text, boolean thought) {
    ObjectNode part = Json.object().put("text", text);
    if (thought) {
      part.put("thought", true);
    }
    return new Piece(part, thought, Tokens.count(text));
  }

  private Event chunk(
      ArrayNode parts, int index, @Nullable Thought ended, long visible, int tokens) {
    ObjectNode chunk = Json.object();
    chunk.putArray("candidates").add(candidate(parts, index, ended, false));
    finish(chunk, ended == null ? Math.min(visible, usage.output()) : usage.output());
    return Event.of(chunk.toString(), ended == null ? Part.CONTENT : Part.TERMINAL, tokens);
  }

  private static ObjectNode candidate(
      ArrayNode parts, int index, @Nullable Thought ended, boolean calls) {
    ObjectNode content = Json.object();
    content.set("parts", parts);
    content.put("role", "model");
    ObjectNode candidate = Json.object();
    candidate.set("content", content);
    if (ended != null) {
      candidate.put("finishReason", reason(ended));
    }
    candidate.put("index", index);
    if (calls) {
      candidate.put("finishMessage", "Model generated function call(s).");
    }
    if (ended != null && ended.stop() == Thought.Stop.FILTERED) {
      candidate
          .putArray("safetyRatings")
          .add(
              Json.object()
                  .put("category", "HARM_CATEGORY_DANGEROUS_CONTENT")
                  .put("probability", "HIGH")
                  .put("blocked", true));
    }
    return candidate;
  }

  private static String reason(Thought thought) {
    return switch (thought.stop()) {
      case DONE, STOP_SEQUENCE, TOOLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case FILTERED -> "SAFETY";
    };
  }

  private void finish(ObjectNode answer, long visible) {
    ObjectNode metadata = Json.object().put("promptTokenCount", usage.allInput());
    if (visible > 0) {
      metadata.put("candidatesTokenCount", visible);
    }
    metadata.put("totalTokenCount", usage.allInput() + visible + usage.reasoning());
    metadata
        .putArray("promptTokensDetails")
        .add(Json.object().put("modality", "TEXT").put("tokenCount", usage.allInput()));
    if (usage.reasoning() > 0) {
      metadata.put("thoughtsTokenCount", usage.reasoning());
    }
    answer.set("usageMetadata", metadata);
    answer.put("modelVersion", card.answersAs()).put("responseId", id);
  }

  private Reply stream(List<Event> chunks, boolean events) {
    List<Event> framed = new ArrayList<>();
    for (int index = 0; index < chunks.size(); index++) {
      Event chunk = chunks.get(index);
      String json = new String(chunk.bytes(), java.nio.charset.StandardCharsets.UTF_8);
      boolean last = index == chunks.size() - 1;
      String text =
          events
              ? "data: " + json + "\r\n\r\n"
              : (index == 0 ? "[" : ",\r\n") + json + (last ? "]\n" : "");
      framed.add(Event.of(text, chunk.part(), chunk.tokens()));
    }
    String type = events ? "text/event-stream" : "application/json; charset=UTF-8";
    return new Reply.Streamed(
        Map.of("content-type", type, "x-content-type-options", "nosniff"),
        framed,
        new Reply.Served(card, usage));
  }
}
