// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What OpenAI's two APIs cannot say of how an answer ended and what it used.
public final class OpenAiUntold {
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

  /// Cache writes have one count, whatever their lifetime.
  public static void ofUsage(Usage usage, Set<Loss> losses) {
    if (usage.cacheWrite1h() > 0) {
      losses.add(new Loss(Reason.APPROXIMATED, "usage.cacheWrite1h"));
    }
  }
}
