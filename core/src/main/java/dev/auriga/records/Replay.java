// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.Replayed.Change;
import dev.auriga.records.Replayed.Expense;
import dev.auriga.route.Decision;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Outcome;
import dev.auriga.route.Policy;
import dev.auriga.route.Tariff;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Decides recorded requests again by a policy, calling nothing.
///
/// It says what would be decided and what the tokens would cost, never how good the answers would be.
/// Thread-safe.
public record Replay(Policy policy) {

  public Replayed of(RequestRecord record) {
    DecisionRecord then = record.decision();
    if (then == null) {
      return new Replayed(record, Change.UNDECIDED, null, null);
    }
    Outcome now;
    try {
      now = then.again(policy);
    } catch (DecisionRecord.TaskUnknown _) {
      return new Replayed(record, Change.TASK_UNKNOWN, null, null);
    }
    Change change = change(then.outcome(), now);
    return new Replayed(record, change, now, change == Change.FIRST ? expense(record, now) : null);
  }

  private static Change change(Outcome then, Outcome now) {
    return switch (now) {
      case Outcome.Refused refused ->
          then instanceof Outcome.Decided
              ? Change.REFUSED
              : refused.equals(then) ? Change.NONE : Change.REFUSAL;
      case Outcome.Decided(Decision after) ->
          then instanceof Outcome.Decided(Decision before) ? change(before, after) : Change.SERVED;
    };
  }

  private static Change change(Decision before, Decision after) {
    if (!before.plan().primary().equals(after.plan().primary())) {
      return Change.FIRST;
    }
    if (!before.plan().equals(after.plan())) {
      return Change.ORDER;
    }
    return before.candidates().equals(after.candidates()) ? Change.NONE : Change.EXCLUSIONS;
  }

  /// The first deployment is taken to answer, with as many tokens as the one that did.
  private @Nullable Expense expense(RequestRecord record, Outcome now) {
    Usage usage = record.usage();
    if (usage == null) {
      return null;
    }
    return new Expense(micros(answered(record)), cost(Replayed.order(now).getFirst(), usage, record.at()));
  }

  /// What the attempt that answered cost: others beside it are no part of the comparison.
  private static @Nullable Cost answered(RequestRecord record) {
    return record.attempts().stream()
        .filter(attempt -> attempt.outcome() == RequestRecord.Outcome.ANSWERED)
        .map(RequestRecord.Attempt::cost)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(record.cost());
  }

  private static OptionalLong micros(@Nullable Cost cost) {
    return cost instanceof Cost.Priced priced ? OptionalLong.of(priced.micros()) : OptionalLong.empty();
  }

  private OptionalLong cost(String deployment, Usage usage, Instant at) {
    return new Tariff(policy, at).cost(deployment, usage);
  }
}
