// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.router;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Members;
import dev.auriga.dialect.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a deployment that is itself a router tells beside its answer.
///
/// @param trace how it chose, absent where it does not say
/// @param charge what it says the answer cost, absent where it does not say
public record Routed(@Nullable RouterTrace trace, @Nullable Charge charge) {
  /// What a router charges.
  ///
  /// @param micros in millionths of a US dollar
  /// @param word where it says so, to be kept in the place of a version of prices
  public record Charge(long micros, String word) {}

  public static final Routed NOTHING = new Routed(null, null);

  /// What holds the reply in an event of Responses and of Messages.
  private static final Set<String> ENVELOPES = Set.of("response", "message");

  /// What a whole reply of `router` tells; nothing where there is no router.
  public static Routed in(byte[] reply, @Nullable Router router) {
    if (router == null) {
      return NOTHING;
    }
    try {
      return read(reply, router);
    } catch (JacksonException _) {
      return NOTHING;
    }
  }

  /// This and what `event` of a stream tells, which counts where both say something.
  public Routed and(SseEvent event, @Nullable Router router) {
    if (router == null || !mayTell(event, router)) {
      return this;
    }
    Routed more = in(event.data().getBytes(StandardCharsets.UTF_8), router);
    return new Routed(more.trace != null ? more.trace : trace, more.charge != null ? more.charge : charge);
  }

  /// A cheap look at the bytes; a name within the answer's text has escaped quotes there.
  private static boolean mayTell(SseEvent event, Router router) {
    for (String name : router.tells()) {
      if (event.contains(('"' + name + '"').getBytes(StandardCharsets.US_ASCII))) {
        return true;
      }
    }
    return false;
  }

  private static Routed read(byte[] reply, Router router) {
    Set<String> wanted = new HashSet<>(router.tells());
    wanted.addAll(ENVELOPES);
    Map<String, byte[]> found = Members.of(reply, wanted);
    Map<String, JsonNode> told = new HashMap<>();
    found.forEach(
        (name, value) -> {
          if (!ENVELOPES.contains(name)) {
            told.put(name, Json.read(value));
          }
        });
    if (told.isEmpty()) {
      for (String envelope : ENVELOPES) {
        byte[] inner = found.get(envelope);
        if (inner != null) {
          return read(inner, router);
        }
      }
    }
    return router.read(told);
  }
}
