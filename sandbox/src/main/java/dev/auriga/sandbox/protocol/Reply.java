// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import dev.auriga.sandbox.mind.ModelCard;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a provider answers.
public sealed interface Reply {
  /// The status line's code.
  int status();

  /// Response headers, names as they go on the wire.
  Map<String, String> headers();

  /// Who answered and what it cost; null where no model was asked (an error, a list of models).
  @Nullable Served served();

  /// The model behind an answer and the tokens it took.
  record Served(ModelCard card, Usage usage) {}

  /// An answer that is sent at once.
  @SuppressWarnings("ArrayRecordComponent") // bytes of a body; compared by nobody
  record Whole(int status, Map<String, String> headers, byte[] body, @Nullable Served served)
      implements Reply {
    public Whole {
      headers = Map.copyOf(headers);
    }
  }

  /// An answer that is sent event by event, with status 200.
  record Streamed(Map<String, String> headers, List<Event> events, Served served) implements Reply {
    public Streamed {
      headers = Map.copyOf(headers);
      events = List.copyOf(events);
    }

    @Override
    public int status() {
      return 200;
    }
  }
}
