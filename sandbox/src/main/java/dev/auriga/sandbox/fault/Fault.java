// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import dev.auriga.sandbox.protocol.RetryAfter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that goes wrong with a call. Counts of events are events as sent on the wire, from the
/// first. On an answer that is not streamed, a stream's fault does what comes nearest: a cut or a
/// missing terminal cuts the body, a stall stops in the middle of it, an error event is a status.
public sealed interface Fault {
  /// The provider's own error with that status, and when to come back.
  record Status(int status, @Nullable RetryAfter retryAfter) implements Fault {
    public Status {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("status must be 400..599, not " + status);
      }
    }
  }

  /// Nothing left to spend: 429 that waiting does not cure.
  record QuotaExhausted() implements Fault {}

  /// The prompt does not fit.
  record ContextTooLong() implements Fault {}

  /// A content filter steps in: at the prompt, or in the middle of the answer.
  record ContentFilter(boolean inAnswer) implements Fault {}

  /// The connection is reset before the head.
  record Reset() implements Fault {}

  /// The request is taken and never answered.
  record Hang() implements Fault {}

  /// The first token comes that much later; in a stream the head does not wait.
  record SlowFirstToken(Duration delay) implements Fault {}

  /// The connection breaks after so many events.
  record CutAfter(int events) implements Fault {
    public CutAfter {
      checkEvents(events);
    }
  }

  /// The body is shorter than its content length; of a stream, half the events come.
  record CutBody() implements Fault {}

  /// The stream ends in order but for the event that says so.
  record WithoutTerminal() implements Fault {}

  /// After so many events comes one that cannot be read; then the stream goes on.
  record MalformedAfter(int events) implements Fault {
    public MalformedAfter {
      checkEvents(events);
    }
  }

  /// After so many events comes an error, and the stream ends.
  record ErrorEventAfter(int events) implements Fault {
    public ErrorEventAfter {
      checkEvents(events);
    }
  }

  /// After so many events nothing comes for a while; null = never again.
  record StallAfter(int events, @Nullable Duration pause) implements Fault {
    public StallAfter {
      checkEvents(events);
    }
  }

  /// An answer given word for word.
  record Scripted(int status, Map<String, String> headers, String body) implements Fault {
    public Scripted {
      headers = Map.copyOf(headers);
    }
  }

  private static void checkEvents(int events) {
    if (events < 0) {
      throw new IllegalArgumentException("a number of events cannot be negative: " + events);
    }
  }
}
