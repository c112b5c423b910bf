// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads a stream of Chat Completions chunks, first choice only.
///
/// Azure opens with a chunk without choices, id and model, and its asynchronous filter adds chunks
/// whose choice has no delta; neither is content. Usage comes last or, from vLLM, in every chunk,
/// each time for the whole stream. An `error` object in place of a chunk, and OpenRouter's finish
/// reason `error`, are failures. Sources: OpenAI OpenAPI document,
/// `CreateChatCompletionStreamResponse`; Azure OpenAI documentation, Content streaming; OpenRouter
/// documentation, Errors.
final class OpenAiStreamReader implements StreamReader {

  /// What ends a stream.
  enum Ending {
    /// Only `[DONE]`, behind a finish reason.
    BY_MARKER,
    /// `[DONE]`, or the end of the bytes behind a finish reason.
    BY_FINISH_REASON
  }

  private final Ending ending;
  private final OpenAiFailures failures;
  private final OpenAiCalls calls = new OpenAiCalls();
  private final Leftovers rest = new Leftovers();
  private final Set<Loss> unread = new LinkedHashSet<>();
  private final CitedText text = new CitedText();
  private boolean started;
  /// The service tier that was told last.
  private String tier = "";
  private boolean stopped;
  private boolean ended;
  private @Nullable Failure failure;

  OpenAiStreamReader(Ending ending, OpenAiFailures failures) {
    this.ending = ending;
    this.failures = failures;
  }

  @Override
  public boolean matters(SseEvent event) {
    return !started || OpenAiSigns.in(event);
  }

  @Override
  public void read(SseEvent event, Consumer<? super Chunk> sink) {
    String data = event.data().strip();
    if (ended || failure != null || data.isEmpty()) {
      return;
    }
    if (data.equals("[DONE]")) {
      end(sink);
      return;
    }
    JsonNode chunk;
    try {
      chunk = Json.read(data);
    } catch (JacksonException _) {
      return;
    }
    if (OpenAiFailures.isError(chunk) || event.name().equals("error")) {
      fail(failures.readEvent(chunk, data), sink);
      return;
    }
    start(chunk, sink);
    tier = chunk.path(OpenAiUsage.TIER).asString(tier);
    for (JsonNode choice : chunk.path("choices").values()) {
      if (choice.path("index").asInt(0) != 0) {
        continue;
      }
      if (choice.path("finish_reason").asString("").equals(OpenAiStops.ERROR)) {
        fail(failures.readEvent(chunk, data), sink);
        return;
      }
      OpenAiReplyReader.note(chunk, choice, choice.path("delta"), "choices[0].delta", rest);
      delta(choice.path("delta"), choice.path("logprobs"), data, sink);
      stop(choice, sink);
    }
    Usage usage = OpenAiUsage.of(chunk, tier);
    if (usage != null) {
      sink.accept(new Chunk.Counted(usage));
    }
  }

  private void start(JsonNode chunk, Consumer<? super Chunk> sink) {
    String model = chunk.path("model").asString("");
    if (!started && (!model.isEmpty() || !chunk.path("choices").isEmpty())) {
      started = true;
      sink.accept(new Chunk.Started(chunk.path("id").asString(""), model));
    }
  }

  private void fail(Failure told, Consumer<? super Chunk> sink) {
    failure = told;
    sink.accept(new Chunk.Failed(told));
  }

  private void delta(
      JsonNode delta, JsonNode logprobs, String data, Consumer<? super Chunk> sink) {
    String thought = OpenAiMessageReader.thought(delta);
    if (thought != null) {
      text.endPart();
      sink.accept(new Chunk.ThinkingDelta(thought));
    }
    List<TokenLogprob> ofText = OpenAiLogprobs.read(logprobs.path("content"));
    for (JsonNode piece : OpenAiReplyReader.pieces(delta, "choices[0].delta", rest)) {
      String said = OpenAiReplyReader.textOf(piece);
      if (!said.isEmpty() || !ofText.isEmpty()) {
        text.add(said);
        sink.accept(new Chunk.TextDelta(said, ofText));
        ofText = List.of();
      }
    }
    for (Citation citation : OpenAiReplyReader.annotations(delta, "choices[0].delta", rest)) {
      cite(citation, sink);
    }
    String declined = delta.path("refusal").asString("");
    List<TokenLogprob> ofRefusal = OpenAiLogprobs.read(logprobs.path("refusal"));
    if (!declined.isEmpty() || !ofRefusal.isEmpty()) {
      text.endPart();
      sink.accept(new Chunk.DeclinedDelta(declined, ofRefusal));
    }
    for (JsonNode call : delta.path("tool_calls").values()) {
      text.endPart();
      calls.read(call, data, sink);
    }
    JsonNode legacy = delta.path("function_call");
    if (legacy.isObject()) {
      text.endPart();
      calls.read(Json.object().set("function", legacy), data, sink);
    }
  }

  /// A passage before the text that is open cannot be told any more.
  private void cite(Citation citation, Consumer<? super Chunk> sink) {
    if (text.isOpen(citation)) {
      sink.accept(new Chunk.Cited(text.fromPart(citation)));
    } else {
      unread.add(new Loss(Loss.Reason.FOREIGN_FIELD, "content.citations"));
    }
  }

  private void stop(JsonNode choice, Consumer<? super Chunk> sink) {
    String finish = choice.path("finish_reason").asString("");
    if (finish.isEmpty() || stopped) {
      return;
    }
    stopped = true;
    String sequence = OpenAiReplyReader.stopSequence(choice);
    StopReason reason = OpenAiStops.read(finish, calls.areThere());
    boolean met = sequence != null && reason == StopReason.Known.END;
    sink.accept(new Chunk.Stopped(met ? StopReason.Known.STOP_SEQUENCE : reason, sequence));
  }

  /// `[DONE]` without a finish reason is how a proxy ends a stream that broke behind it; only where
  /// a server is known to be loose it counts as an end.
  private void end(Consumer<? super Chunk> sink) {
    ended = true;
    if (stopped) {
      return;
    }
    if (ending == Ending.BY_FINISH_REASON && started) {
      stopped = true;
      sink.accept(new Chunk.Stopped(OpenAiStops.read(null, calls.areThere()), null));
    } else {
      fail(broken("[DONE] came without a finish reason"), sink);
    }
  }

  @Override
  public List<Loss> losses() {
    List<Loss> all = new ArrayList<>(unread);
    all.addAll(rest.losses());
    return all;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public @Nullable Failure atEnd() {
    if (failure != null) {
      return failure;
    }
    if (ended || (stopped && ending == Ending.BY_FINISH_REASON)) {
      return null;
    }
    return broken("the stream ended without " + (stopped ? "[DONE]" : "a finish reason"));
  }

  private static Failure broken(String detail) {
    return Failure.of(FailureKind.BROKEN_STREAM, 200, detail);
  }
}
