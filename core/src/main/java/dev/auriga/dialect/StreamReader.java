// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Loss;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one upstream stream event by event; a state machine for one thread.
///
/// When a stream is passed through unchanged, only the events that [#matters] are read; the reader
/// must then still find the model, the usage, the stop reason and errors.
public interface StreamReader {

  /// Whether `event` must be read even where its bytes are passed on unchanged: it may carry the
  /// model, usage, a stop reason, the terminal marker or an error. A cheap look at the bytes; true
  /// when in doubt.
  boolean matters(SseEvent event);

  /// Hands the chunks `event` means to `sink`, in order. A malformed event is skipped: the stream
  /// may go on after it.
  void read(SseEvent event, Consumer<? super Chunk> sink);

  /// What was said so far that the neutral vocabulary has no word for, each thing once.
  List<Loss> losses();

  /// Whether the terminal event has been read.
  boolean hasEnded();

  /// What it means that the bytes end here: null when the dialect allows it, else a
  /// [dev.auriga.completion.FailureKind#BROKEN_STREAM].
  @Nullable Failure atEnd();
}
