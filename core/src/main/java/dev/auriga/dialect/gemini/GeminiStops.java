// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Why a candidate ended, and whether that makes an answer.
///
/// Function calls end with `STOP`, so their presence decides, but where a limit or a filter cut the
/// answer. A blocked prompt has a block reason and no candidate. Source: Google Gen AI SDK,
/// `FinishReason` and `BlockedReason`.
final class GeminiStops {
  private static final int OK = 200;
  private static final Set<String> FILTERS =
      Set.of(
          "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR", "JAILBREAK");
  /// With these there is an answer only if something was said before.
  private static final Set<String> BREAKDOWNS =
      Set.of(
          "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS",
          "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE", "NO_IMAGE", "IMAGE_OTHER", "OTHER",
          "LANGUAGE", "FINISH_REASON_UNSPECIFIED");

  private static final Set<String> HARMLESS = Set.of("NEGLIGIBLE", "LOW");

  private GeminiStops() {}

  /// Why the prompt was blocked, in Google's words or else by its reason and the ratings that count;
  /// empty when it was not.
  static String blocked(JsonNode feedback) {
    String reason = feedback.path("blockReason").asString("");
    String message = feedback.path("blockReasonMessage").asString("");
    if (reason.isEmpty() || !message.isEmpty()) {
      return message;
    }
    String ratings =
        feedback.path("safetyRatings").valueStream()
            .filter(rating -> !HARMLESS.contains(rating.path("probability").asString("")))
            .map(rating -> rating.path("category").asString(""))
            .filter(category -> !category.isEmpty())
            .collect(Collectors.joining(", "));
    return "Gemini blocked the prompt: " + reason + (ratings.isEmpty() ? "" : " (" + ratings + ")");
  }

  /// What the end of an answer comes to, absent `reason` included.
  static StopReason reason(@Nullable String reason, boolean hasCalls) {
    if (reason == null) {
      return hasCalls
          ? StopReason.Known.TOOL_CALLS
          : new StopReason.Unknown("FINISH_REASON_UNSPECIFIED");
    }
    if (FILTERS.contains(reason)) {
      return StopReason.Known.FILTERED;
    }
    return switch (reason) {
      case "STOP" -> hasCalls ? StopReason.Known.TOOL_CALLS : StopReason.Known.END;
      case "MAX_TOKENS" -> StopReason.Known.MAX_TOKENS;
      default -> hasCalls ? StopReason.Known.TOOL_CALLS : new StopReason.Unknown(reason);
    };
  }

  /// The failure an ending without any visible content is, null when it is legal.
  static @Nullable Failure breakdown(@Nullable String reason, boolean saidSomething) {
    String named = reason == null ? "FINISH_REASON_UNSPECIFIED" : reason;
    if (saidSomething || !BREAKDOWNS.contains(named)) {
      return null;
    }
    return Failure.of(
        FailureKind.UNKNOWN, OK, "Gemini gave no answer, with the finish reason " + named);
  }

  static String write(StopReason stop) {
    return switch (stop) {
      case StopReason.Known known -> switch (known) {
        case END, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
        case MAX_TOKENS, CONTEXT_FULL -> "MAX_TOKENS";
        case FILTERED -> "SAFETY";
      };
      case StopReason.Unknown unknown -> unknown.raw().isEmpty() ? "OTHER" : unknown.raw();
    };
  }

  /// What [#write] does not say: a pause is told as an end, a full context as the limit on tokens,
  /// and which stop sequence was met has no field.
  static List<Loss> losses(StopReason stop, @Nullable String stopSequence) {
    List<Loss> losses = new ArrayList<>(0);
    if (stop == StopReason.Known.PAUSED || stop == StopReason.Known.CONTEXT_FULL) {
      losses.add(new Loss(Loss.Reason.APPROXIMATED, "stop"));
    }
    if (stopSequence != null) {
      losses.add(new Loss(Loss.Reason.UNSUPPORTED_FIELD, "stopSequence"));
    }
    return losses;
  }
}
