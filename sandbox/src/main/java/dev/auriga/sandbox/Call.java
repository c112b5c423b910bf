// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.protocol.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call a simulated provider received: what was asked, what was answered, how it ended.
///
/// @param modelAsked the model or deployment the request named, null when it named none
/// @param modelAnswered the dated name of the model that answered, null when none did
/// @param headers names in lower case; credentials are masked
/// @param status the status sent, 0 when there was none
/// @param fault the fault applied, in words, null when there was none
/// @param events events of a stream that were sent, 0 for an answer that was not streamed
/// @param lasted from the request's arrival to its end; of an abandoned call, to the moment the
///   client was seen to be gone
/// @param usage tokens of the answer as a bill would have them, also when it was cut
@SuppressWarnings("ArrayRecordComponent") // bytes of a body; compared by nobody
public record Call(
    long number,
    Instant at,
    Simulated provider,
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    byte[] body,
    @Nullable String modelAsked,
    @Nullable String modelAnswered,
    boolean streamed,
    int status,
    @Nullable String fault,
    int events,
    Ending ending,
    Duration lasted,
    Usage usage) {

  /// How a call ended.
  public enum Ending {
    /// The answer is still on its way.
    RUNNING,
    /// All was sent.
    FINISHED,
    /// The sandbox broke it off.
    CUT,
    /// The client left first.
    ABANDONED
  }

  /// The moment it ended.
  public Instant endedAt() {
    return at.plus(lasted);
  }

  Call over(Ending how, int sent, Duration after) {
    return new Call(
        number,
        at,
        provider,
        method,
        path,
        query,
        headers,
        body,
        modelAsked,
        modelAnswered,
        streamed,
        status,
        fault,
        streamed ? sent : 0,
        how,
        after,
        usage);
  }
}
