// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

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

  /// An event that breaks the stream's notation.
  Event malformed();

  /// An error inside a stream that had begun well.
  Event inStream();
}
