// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Leftovers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What OpenAI's two APIs cannot say of how an answer ended and what it used.
public final class OpenAiUntold {
  private static final Set<String> USUAL_TIERS = Set.of("auto", "default", "standard");

  private static final List<String> FILTERS =
      List.of("prompt_filter_results", "content_filter_results", "content_filters");

  private OpenAiUntold() {}

  /// A full context and a pause are told as the limit on tokens, and which stop sequence was met has
  /// no field.
  public static void ofStop(StopReason stop, @Nullable String stopSequence, Set<Loss> losses) {
    if (stop == StopReason.Known.CONTEXT_FULL || stop == StopReason.Known.PAUSED) {
      losses.add(new Loss(Reason.APPROXIMATED, "stop"));
    }
    if (stopSequence != null) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, "stopSequence"));
    }
  }

  /// Notes the tier of service a reply names, where it is not the usual one: it decides the price, and
  /// no other dialect is told it.
  public static void tier(JsonNode reply, Leftovers rest) {
    if (!USUAL_TIERS.contains(reply.path("service_tier").asString("default"))) {
      rest.keep("service_tier", reply.path("service_tier"));
    }
  }

  /// Notes what Azure's filters found in `object`, which stands at `at` (empty for the body); that
  /// they let everything pass says nothing.
  public static void filters(JsonNode object, String at, Leftovers rest) {
    for (String name : FILTERS) {
      JsonNode found = object.path(name);
      if (says("filtered", found) || says("detected", found)) {
        rest.keep(at.isEmpty() ? name : at + "." + name, found);
      }
    }
  }

  private static boolean says(String word, JsonNode found) {
    return !found.isEmpty() && found.findValues(word).stream().anyMatch(each -> each.asBoolean(false));
  }

  /// Cache writes have one count, whatever their lifetime.
  public static void ofUsage(Usage usage, Set<Loss> losses) {
    if (usage.cacheWrite1h() > 0) {
      losses.add(new Loss(Reason.APPROXIMATED, "usage.cacheWrite1h"));
    }
  }
}
