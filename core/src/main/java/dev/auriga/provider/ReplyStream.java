// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.router.Routed;
import dev.auriga.dialect.router.Router;
import dev.auriga.resilience.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An upstream stream being pulled: events as they were sent and, where they are translated, the
/// chunks they mean; with the model, the usage and the stop seen so far.
///
/// For one thread, except [#close], which any thread may call. It ends with [Step.Ended] or
/// [Step.Broken] and says so again when asked again; bytes that end without the dialect's terminal
/// event are broken.
public final class ReplyStream implements AutoCloseable {
  private static final Duration LAST_BYTES = Duration.ofMillis(50);

  /// One pull's worth.
  public sealed interface Step {

    /// Complete events that arrived together, and the chunks read from them; when events are
    /// passed on, only those chunks that carry facts.
    record Events(List<SseEvent> events, List<Chunk> chunks) implements Step {}

    record Ended() implements Step {}

    record Broken(Failure failure) implements Step {}
  }

  private final Transport.Inbound inbound;
  private final Dialect dialect;
  private final StreamReader reader;
  private final SseReader sse;
  private final Deadline deadline;
  private final Duration idle;
  private final @Nullable Translation translation;

  private final AtomicReference<Runnable> closing = new AtomicReference<>(() -> {});
  private @Nullable Step held;
  private @Nullable Step last;
  private boolean begun;
  private volatile boolean faulted;
  private String model = "";
  private @Nullable Usage usage;
  private @Nullable StopReason stop;
  private @Nullable Failure failed;
  private final @Nullable Router router;
  private Routed routed = Routed.NOTHING;

  /// @param translation absent where the client gets the events' bytes, so that most need not be read
  ReplyStream(
      Transport.Inbound inbound,
      Dialect dialect,
      @Nullable Translation translation,
      Deployment deployment,
      Deadline deadline) {
    Limits limits = deployment.limits();
    this.router = deployment.router();
    this.inbound = inbound;
    this.dialect = dialect;
    this.reader = dialect.readStream();
    this.sse = new SseReader(limits.eventBytes());
    this.deadline = deadline;
    this.idle = limits.timeouts().idle();
    this.translation = translation;
  }

  /// Reads up to the first meaningful event and keeps it for [#next]; the failure when there is
  /// none within `firstEvent`.
  @Nullable Failure open(Deadline firstEvent) throws InterruptedException {
    List<SseEvent> events = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    while (!begun) {
      Step step = pull(firstEvent, firstEvent.left());
      switch (step) {
        case Step.Events more -> {
          events.addAll(more.events());
          chunks.addAll(more.chunks());
        }
        case Step.Broken broken -> {
          return broken.failure();
        }
        case Step.Ended _ -> {
          return Failure.of(FailureKind.UNKNOWN, 200, "the stream ended without saying anything");
        }
      }
    }
    held = new Step.Events(List.copyOf(events), List.copyOf(chunks));
    return null;
  }

  /// The next events or the end; blocks until there is one or the other.
  public Step next() throws InterruptedException {
    Step waiting = held;
    if (waiting != null) {
      held = null;
      return waiting;
    }
    try {
      return pull(deadline, idle);
    } catch (RuntimeException fault) {
      faulted = true;
      throw fault;
    }
  }

  /// Whether a fault of our own ended it, which is no end of its own.
  public boolean isFaulted() {
    return faulted;
  }

  /// A failure that was told counts before the end: a reader may take the event that tells it for
  /// both.
  private Step pull(Deadline until, Duration patience) throws InterruptedException {
    if (last != null) {
      return last;
    }
    if (failed != null) {
      return finish(new Step.Broken(failed));
    }
    if (reader.hasEnded()) {
      return finish(new Step.Ended());
    }
    try {
      while (true) {
        // Anew for each piece: an event that comes byte by byte must not outlast the deadline.
        byte[] piece = inbound.read(until.atMost(patience));
        if (piece == null) {
          return atEnd(sse.rest());
        }
        List<SseEvent> events = sse.read(piece);
        if (!events.isEmpty()) {
          return read(events);
        }
      }
    } catch (TransportFailure failure) {
      return finish(new Step.Broken(begun ? Failures.brokenOff(failure) : Failures.of(failure)));
    } catch (SseReader.EventTooLong tooLong) {
      return finish(
          new Step.Broken(
              Failure.of(FailureKind.BROKEN_STREAM, String.valueOf(tooLong.getMessage()))));
    }
  }

  /// A last event without its blank line counts where it completes the stream; where the stream is
  /// cut it may be half an event, which no client could read.
  private Step atEnd(List<SseEvent> rest) throws InterruptedException {
    Step step = read(rest);
    Failure cut = failed != null ? failed : reader.hasEnded() ? null : reader.atEnd();
    if (cut != null) {
      return finish(new Step.Broken(cut));
    }
    return rest.isEmpty() ? finish(new Step.Ended()) : step;
  }

  /// An error event and what follows it is left out: the failure is told by the step after.
  private Step read(List<SseEvent> events) {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      routed = routed.and(events.get(i), router);
      if (translation != null || !begun || reader.matters(events.get(i))) {
        reader.read(
            events.get(i),
            chunk -> {
              note(chunk);
              if (failed == null) {
                chunks.add(translation == null ? chunk : translation.inward(chunk));
              }
            });
        if (failed != null) {
          return new Step.Events(events.subList(0, i), chunks);
        }
      }
    }
    return new Step.Events(events, chunks);
  }

  private void note(Chunk chunk) {
    begun |= chunk.isMeaningful();
    switch (chunk) {
      case Chunk.Started started -> model = started.model().isEmpty() ? model : started.model();
      case Chunk.Counted count -> usage = count.usage();
      case Chunk.Stopped stopped -> stop = stopped.reason();
      case Chunk.Failed failure -> failed = failure.failure();
      case Chunk.TextDelta _,
          Chunk.Cited _,
          Chunk.ThinkingDelta _,
          Chunk.ThinkingSigned _,
          Chunk.RedactedThinking _,
          Chunk.ToolCallStarted _,
          Chunk.ToolCallDelta _,
          Chunk.DeclinedDelta _,
          Chunk.PartEnded _,
          Chunk.Unknown _ -> {}
    }
  }

  private Step finish(Step end) throws InterruptedException {
    last = end;
    if (end instanceof Step.Ended) {
      Deadline until = Deadline.in(LAST_BYTES, deadline.time());
      try {
        // The connection goes back to its pool only when the body has ended too.
        while (inbound.read(until.left()) != null && !until.hasPassed()) {}
      } catch (TransportFailure lost) {
        inbound.close();
      }
    }
    inbound.close();
    return end;
  }

  public Dialect dialect() {
    return dialect;
  }

  /// Whether the client speaks this stream's dialect, so that its bytes go on unchanged.
  public boolean passes() {
    return translation == null;
  }

  /// The model that answers, as its provider names it; empty until it has been named.
  public String model() {
    return model;
  }

  /// The usage counted so far, null when the provider has not said any.
  public @Nullable Usage usage() {
    return usage;
  }

  /// What a router told so far of its choice.
  public Routed routed() {
    return routed;
  }

  public @Nullable StopReason stop() {
    return stop;
  }

  /// What the provider said so far that the client cannot be told; nothing where the bytes go on.
  public List<Loss> losses() {
    return passes() ? List.of() : reader.losses();
  }

  /// How the stream ended, null while it has not.
  public @Nullable Step end() {
    return last;
  }

  /// Runs `action` once, when the stream is first closed, in the thread that closes it; after those
  /// that were given before.
  public void whenClosed(Runnable action) {
    closing.updateAndGet(
        before ->
            () -> {
              before.run();
              action.run();
            });
  }

  @Override
  public void close() {
    inbound.close();
    closing.getAndSet(() -> {}).run();
  }
}
