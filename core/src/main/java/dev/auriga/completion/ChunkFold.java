// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Folds the chunks of a stream into the whole completion they amount to; for one thread.
public final class ChunkFold {
  private String id = "";
  private String model = "";
  private final List<Object> parts = new ArrayList<>();
  private final Map<Integer, OpenCall> calls = new LinkedHashMap<>();
  private @Nullable Object open;
  private StopReason stop = StopReason.Known.END;
  private @Nullable String stopSequence;
  private Usage usage = Usage.NONE;

  private static final class OpenText {
    private final boolean declined;
    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>(0);
    private final List<TokenLogprob> logprobs = new ArrayList<>(0);

    OpenText(boolean declined) {
      this.declined = declined;
    }
  }

  private static final class OpenThinking {
    private final StringBuilder text = new StringBuilder();
    private @Nullable Opaque signature;
  }

  private static final class OpenCall {
    private final Chunk.ToolCallStarted start;
    private final StringBuilder arguments = new StringBuilder();

    OpenCall(Chunk.ToolCallStarted start) {
      this.start = start;
    }
  }

  /// What a stream of these chunks amounts to.
  public static Completion of(List<Chunk> chunks) {
    ChunkFold fold = new ChunkFold();
    chunks.forEach(fold::add);
    return fold.completion();
  }

  public void add(Chunk chunk) {
    switch (chunk) {
      case Chunk.Started started -> {
        id = id.isEmpty() ? started.id() : id;
        model = model.isEmpty() ? started.model() : model;
      }
      case Chunk.TextDelta delta -> say(text(false), delta.text(), delta.logprobs());
      case Chunk.DeclinedDelta delta -> say(text(true), delta.text(), delta.logprobs());
      case Chunk.Cited cited -> text(false).citations.add(cited.citation());
      case Chunk.ThinkingDelta delta -> thinking().text.append(delta.text());
      case Chunk.ThinkingSigned signed -> {
        thinking().signature = signed.signature();
        open = null;
      }
      case Chunk.RedactedThinking redacted -> {
        parts.add(new Part.RedactedThinking(redacted.content()));
        open = null;
      }
      case Chunk.ToolCallStarted started -> {
        OpenCall call = new OpenCall(started);
        calls.put(started.call(), call);
        parts.add(call);
        open = null;
      }
      case Chunk.ToolCallDelta delta -> {
        OpenCall call = calls.get(delta.call());
        if (call != null) {
          call.arguments.append(delta.arguments());
        }
      }
      case Chunk.PartEnded _ -> open = null;
      case Chunk.Counted counted -> usage = counted.usage();
      case Chunk.Stopped stopped -> {
        stop = stopped.reason();
        stopSequence = stopped.stopSequence();
      }
      case Chunk.Unknown unknown -> {
        parts.add(new Part.Unknown(unknown.dialect(), unknown.raw()));
        open = null;
      }
      case Chunk.Failed _ -> {}
    }
  }

  /// The completion so far.
  public Completion completion() {
    return new Completion(
        id, model, parts.stream().map(ChunkFold::part).toList(), stop, stopSequence, usage);
  }

  private static void say(OpenText open, String text, List<TokenLogprob> logprobs) {
    open.text.append(text);
    open.logprobs.addAll(logprobs);
  }

  private OpenText text(boolean declined) {
    if (open instanceof OpenText current && current.declined == declined) {
      return current;
    }
    OpenText fresh = new OpenText(declined);
    parts.add(fresh);
    open = fresh;
    return fresh;
  }

  private OpenThinking thinking() {
    if (open instanceof OpenThinking current) {
      return current;
    }
    OpenThinking fresh = new OpenThinking();
    parts.add(fresh);
    open = fresh;
    return fresh;
  }

  private static Part part(Object held) {
    return switch (held) {
      case Part part -> part;
      case OpenText open ->
          open.declined
              ? new Part.Declined(open.text.toString(), open.logprobs)
              : new Part.Text(open.text.toString(), null, open.citations, open.logprobs);
      case OpenThinking open -> new Part.Thinking(open.text.toString(), open.signature);
      case OpenCall open -> {
        String arguments = open.arguments.toString();
        yield new Part.ToolCall(
            open.start.id(), open.start.name(), arguments.isBlank() ? "{}" : arguments,
            open.start.signature(), null);
      }
      default -> throw new IllegalStateException("not a part: " + held.getClass());
    };
  }
}
