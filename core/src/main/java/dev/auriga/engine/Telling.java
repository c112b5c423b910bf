// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Problem;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A failed journey in words: one problem for the client, with every attempt that was made.
public final class Telling {
  /// The most characters that tell what one deployment would lose.
  private static final int LONGEST_LINE = 2_000;

  private Telling() {}

  /// The problem to tell when nobody answered and `failure` was the last to be heard of.
  ///
  /// A fault of the request's own is told as such. When all attempts failed alike, that kind is
  /// told; a mixture means that nothing able to serve is there now.
  public static Problem problem(Journey journey, Failure failure) {
    List<Attempt> attempts = journey.attempts();
    Problem own = Problem.of(failure, message(failure, attempts));
    List<FailureKind> kinds =
        attempts.stream()
            .map(Attempt::failure)
            .filter(Objects::nonNull)
            .map(Failure::kind)
            .distinct()
            .toList();
    boolean mixed = kinds.size() > 1 && failure.kind().fallsBack();
    Problem.Kind kind = mixed ? Problem.Kind.OVERLOADED : own.kind();
    return new Problem(kind, own.message(), own.field(), soonest(attempts), own.original());
  }

  /// The refusal of a request of which nothing may be lost: what each deployment would lose.
  static Refusal lossy(Journey journey) {
    List<RequestRecord.PassedOver> all = journey.passedOver();
    return new Refusal(
        Refusal.Kind.INVALID,
        "nothing of this request may be lost (fidelity strict), and %s"
            .formatted(all.stream().map(Telling::told).collect(Collectors.joining("; "))),
        all.isEmpty() ? null : all.getFirst().losses().getFirst().field());
  }

  private static String told(RequestRecord.PassedOver passedOver) {
    return "%s would lose %s"
        .formatted(
            passedOver.deployment(),
            Loss.line(passedOver.losses(), passedOver.moreLosses(), LONGEST_LINE));
  }

  /// The problem to tell when an answer that had begun broke off.
  public static Problem brokenOff(Journey journey, Failure failure) {
    return new Problem(
        Problem.of(failure, "").kind(),
        "the answer of %s broke off: %s".formatted(journey.servedBy(), failure.detail()),
        null,
        failure.retryAfter(),
        failure.original());
  }

  private static String message(Failure failure, List<Attempt> attempts) {
    List<Attempt> failed = attempts.stream().filter(attempt -> attempt.failure() != null).toList();
    if (attempts.isEmpty()) {
      return "no deployment was asked: " + failure.detail();
    }
    if (attempts.size() == 1) {
      return "%s failed: %s (%s)"
          .formatted(attempts.getFirst().deployment(), failure.kind().token(), failure.detail());
    }
    return "no deployment could answer, %d attempts: %s"
        .formatted(
            attempts.size(),
            failed.stream().map(Telling::told).collect(Collectors.joining("; ")));
  }

  private static String told(Attempt attempt) {
    Failure failure = Objects.requireNonNull(attempt.failure());
    return "%s: %s (%s)".formatted(attempt.deployment(), failure.kind().token(), failure.detail());
  }

  /// When trying again may help.
  private static @Nullable Duration soonest(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::failure)
        .filter(Objects::nonNull)
        .map(Failure::retryAfter)
        .filter(Objects::nonNull)
        .min(Duration::compareTo)
        .orElse(null);
  }
}
