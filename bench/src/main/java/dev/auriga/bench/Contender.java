// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One system that can stand between the clients and the upstream.
sealed interface Contender permits Direct, Nginx, AurigaServe, PortkeyNode {

  /// Where clients find a system on 127.0.0.1, and the header fields it wants beside the usual.
  record Address(int port, Map<String, String> headers) {
    public Address {
      headers = Map.copyOf(headers);
    }
  }

  /// How much of the measuring a system takes part in.
  enum Scope {
    EVERYTHING,
    /// All but long prompts and what it would not survive: fixed rates, ramps, hundreds of streams.
    REQUESTS,
    /// CPU for a small request.
    COST
  }

  /// What stands at the head of its column.
  String name();

  Scope scope();

  /// Whether clients of Anthropic's dialect are served too, from the same upstream of OpenAI's.
  default boolean translates() {
    return false;
  }

  /// Why it cannot take part on this machine, null when it can.
  @Nullable String missing();

  Address address();

  /// Starts its process, with files of its own in `folder`; null where it has none. Does not wait.
  @Nullable Child start(Path folder);
}
