// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A provider's failures on request, each in its own wire form.
public interface Errors {
  /// The error body for a status, with what it says about when to come back.
  Reply.Whole status(int status, @Nullable RetryAfter retryAfter);

  /// The account has nothing left; waiting does not help.
  Reply.Whole quotaExhausted();

  /// The prompt does not fit the model.
  Reply.Whole contextTooLong(long tokens, long limit);

  /// The content filter blocked the prompt of a request for a whole or a streamed answer.
  Reply promptFiltered(Ask ask);

  /// An event that breaks the notation of the stream that was asked for.
  Event malformed(Ask ask);

  /// The error that ends a stream which had begun well with the events that were sent.
  Event inStream(Ask ask, List<Event> sent);
}
