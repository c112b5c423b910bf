// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.SpareId;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a stream of generateContent responses.
///
/// There is no terminal event: the stream has ended well when a finish reason (or a block reason)
/// came before the bytes end. Every event repeats the usage so far and the model.
/// Source: Gemini API reference, models.streamGenerateContent.
final class GeminiStreamReader implements StreamReader {
  private static final byte[][] MARKS = {
    bytes("\"usageMetadata\""), bytes("\"finishReason\""), bytes("\"promptFeedback\""), bytes("\"error\"")
  };

  private final Set<Loss> unread = new LinkedHashSet<>();
  private final Leftovers leftovers = new Leftovers();
  private final GeminiCitations citations = new GeminiCitations(leftovers);
  private final CitedText text = new CitedText();
  private boolean started;
  private boolean ended;
  private boolean saidSomething;
  private int calls;
  private String id = "";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean matters(SseEvent event) {
    if (!started) {
      return true;
    }
    for (byte[] mark : MARKS) {
      if (event.contains(mark)) {
        return true;
      }
    }
    // What is passed unread still is an answer: an odd ending after it is no breakdown.
    saidSomething = true;
    return false;
  }

  @Override
  public void read(SseEvent event, Consumer<? super Chunk> sink) {
    String data = event.data();
    JsonNode tree;
    try {
      tree = Json.read(data);
    } catch (JacksonException malformed) {
      return;
    }
    if (tree.isArray()) {
      tree = tree.path(0);
    }
    if (!(tree instanceof ObjectNode response)) {
      return;
    }
    if (response.has("error")) {
      sink.accept(new Chunk.Failed(GeminiErrors.read(200, Headers.NONE, bytes(data))));
      return;
    }
    start(response, data, sink);
    JsonNode candidate = firstCandidate(response);
    GeminiReplies.note(response, candidate, leftovers);
    List<Chunk> said = new ArrayList<>();
    readParts(candidate, said::add);
    addLogprobs(candidate, said);
    handOn(said, candidate, sink);
    Usage usage = GeminiUsage.read(response.path("usageMetadata"));
    if (usage != null) {
      sink.accept(new Chunk.Counted(usage));
    }
    readEnd(response, candidate, sink);
  }

  private void start(ObjectNode response, String data, Consumer<? super Chunk> sink) {
    if (!started) {
      started = true;
      String given = response.path("responseId").asString("");
      id = given.isEmpty() ? SpareId.of(data) : given;
      sink.accept(new Chunk.Started(id, response.path("modelVersion").asString("")));
    }
  }

  private static JsonNode firstCandidate(ObjectNode response) {
    for (JsonNode candidate : response.path("candidates")) {
      if (candidate.path("index").asInt(0) == 0) {
        return candidate;
      }
    }
    return response.missingNode();
  }

  /// The log probabilities of an event are those of its text; they stand at the last delta.
  private void addLogprobs(JsonNode candidate, List<Chunk> said) {
    List<TokenLogprob> logprobs = GeminiLogprobs.read(candidate, leftovers);
    int last = lastText(said);
    if (last >= 0 && said.get(last) instanceof Chunk.TextDelta delta) {
      said.set(last, new Chunk.TextDelta(delta.text(), logprobs));
    } else {
      leftovers.keep("candidates[0].logprobsResult", candidate.path("logprobsResult"));
    }
  }

  private static int lastText(List<Chunk> said) {
    int last = said.size() - 1;
    while (last >= 0 && !(said.get(last) instanceof Chunk.TextDelta)) {
      last--;
    }
    return last;
  }

  /// Hands on what an event said; what it cites stands at its last text, or at the one that was open.
  private void handOn(List<Chunk> said, JsonNode candidate, Consumer<? super Chunk> sink) {
    int texts = lastText(said) + 1;
    said.subList(0, texts).forEach(chunk -> handOn(chunk, sink));
    List<Citation> cited = citations.read(candidate);
    if (candidate.has("finishReason")) {
      cited.addAll(citations.rest());
    }
    for (Citation citation : cited) {
      if (text.isOpen(citation)) {
        sink.accept(new Chunk.Cited(text.fromPart(citation)));
      } else {
        unread.add(new Loss(Loss.Reason.FOREIGN_FIELD, "content.citations"));
      }
    }
    said.subList(texts, said.size()).forEach(chunk -> handOn(chunk, sink));
  }

  private void handOn(Chunk chunk, Consumer<? super Chunk> sink) {
    if (chunk instanceof Chunk.TextDelta delta) {
      text.add(delta.text());
    } else if (CitedText.endsText(chunk)) {
      text.endPart();
    }
    sink.accept(chunk);
  }

  private void readParts(JsonNode candidate, Consumer<? super Chunk> sink) {
    citations.begin();
    for (JsonNode json : candidate.path("content").path("parts")) {
      citations.add(GeminiReplies.visibleText(json));
      if (!(json instanceof ObjectNode object)) {
        continue;
      }
      try {
        GeminiObject part = new GeminiObject(object, GeminiReplies.PARTS);
        GeminiPartReader.read(part, "call_" + id + "_" + calls, leftovers)
            .forEach(read -> tell(read, sink));
      } catch (Refusal malformed) {
        // As with a malformed event: the stream may go on after it.
      }
    }
  }

  private void tell(Part part, Consumer<? super Chunk> sink) {
    saidSomething |= GeminiReplies.isVisible(part);
    switch (part) {
      case Part.Text text -> {
        if (!text.text().isEmpty()) {
          sink.accept(new Chunk.TextDelta(text.text()));
        }
      }
      case Part.Thinking thinking -> {
        if (!thinking.text().isEmpty()) {
          sink.accept(new Chunk.ThinkingDelta(thinking.text()));
        }
        if (thinking.signature() != null) {
          sink.accept(new Chunk.ThinkingSigned(thinking.signature()));
        }
      }
      case Part.ToolCall call -> {
        int number = calls++;
        sink.accept(new Chunk.ToolCallStarted(number, call.id(), call.name(), call.signature()));
        sink.accept(new Chunk.ToolCallDelta(number, call.arguments()));
        sink.accept(new Chunk.PartEnded());
      }
      case Part.Unknown unknown -> sink.accept(new Chunk.Unknown(Gemini.NAME, unknown.raw()));
      // Media have no chunk of their own.
      case Part.Image image -> sink.accept(media(image.media()));
      case Part.Audio audio -> sink.accept(media(audio.media()));
      case Part.Video video -> sink.accept(media(video.media()));
      case Part.Document document -> sink.accept(media(document.media()));
      case Part.RedactedThinking _, Part.ToolResult _, Part.Declined _ -> {}
    }
  }

  private static Chunk media(Media media) {
    return new Chunk.Unknown(Gemini.NAME, Json.raw(GeminiMedia.show(media)));
  }

  private void readEnd(ObjectNode response, JsonNode candidate, Consumer<? super Chunk> sink) {
    JsonNode feedback = response.path("promptFeedback");
    String reason = candidate.path("finishReason").asString(null);
    if (ended || (reason == null && !feedback.has("blockReason"))) {
      return;
    }
    ended = true;
    if (feedback.has("blockReason")) {
      String explanation = GeminiStops.blocked(feedback);
      if (!explanation.isEmpty()) {
        sink.accept(new Chunk.DeclinedDelta(explanation));
      }
      sink.accept(new Chunk.Stopped(StopReason.Known.FILTERED, null));
      return;
    }
    Failure breakdown = GeminiStops.breakdown(reason, saidSomething);
    sink.accept(
        breakdown != null
            ? new Chunk.Failed(breakdown)
            : new Chunk.Stopped(GeminiStops.reason(reason, calls > 0), null));
  }

  @Override
  public List<Loss> losses() {
    List<Loss> all = new ArrayList<>(unread);
    all.addAll(leftovers.losses());
    return all;
  }

  /// Never: usage may follow the finish reason, and only the end of the bytes is the end.
  @Override
  public boolean hasEnded() {
    return false;
  }

  @Override
  public @Nullable Failure atEnd() {
    return ended
        ? null
        : Failure.of(FailureKind.BROKEN_STREAM, 200, "Gemini's stream ended without a finish reason");
  }
}
