// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.recorded;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;

/// One recorded body: who sent what in which dialect.
///
/// @param name the file, with the number of the exchange or stream in it
/// @param status of the reply; 200 where the recording does not say
/// @param body uncompressed; a stream as server-sent events
record Recorded(String name, Dialect dialect, Kind kind, int status, Headers headers, byte[] body) {

  /// What a body is.
  enum Kind {
    REQUEST,
    REPLY,
    STREAM,
    FAILURE
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
