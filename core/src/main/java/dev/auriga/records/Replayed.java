// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.observe.RequestRecord;
import dev.auriga.route.Decision;
import dev.auriga.route.DecisionRecord.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One recorded request, decided again.
///
/// @param now what is decided now; absent where that cannot be said
/// @param expense what the tokens it used cost then and would cost now, where another deployment is asked
///     first; absent where the same is asked, or nobody counted any
public record Replayed(
    RequestRecord record, Change change, @Nullable Outcome now, @Nullable Expense expense) {

  /// What is decided otherwise: the first of these that holds.
  public enum Change {
    /// It was served, and is refused now.
    REFUSED,
    /// It was refused, and is served now.
    SERVED,
    /// Another deployment is asked first.
    FIRST,
    /// The same is asked first, and what follows is another plan.
    ORDER,
    /// The plan is the same; other deployments are left out, or for other reasons.
    EXCLUSIONS,
    /// It is refused for another reason.
    REFUSAL,
    /// Nothing but scores, propensities or words.
    NONE,
    /// The policy asks for the task, which was not found out when the text was there.
    TASK_UNKNOWN,
    /// Nothing was decided: it was refused before, or sent beside another.
    UNDECIDED
  }

  /// In millionths of a dollar, each empty where there is no price.
  ///
  /// @param then what the answer cost
  /// @param now what the same tokens cost at the deployment that is asked first now
  public record Expense(OptionalLong then, OptionalLong now) {
    public boolean isPriced() {
      return then.isPresent() && now.isPresent();
    }
  }

  /// Whether the same was decided, bit for bit.
  public boolean isExact() {
    return now != null && record.decision() != null && now.equals(record.decision().outcome());
  }

  /// The change in words, as in `first claude → gpt-4o`; empty where there is none to tell of.
  public String inWords() {
    Outcome then = record.decision() == null ? null : record.decision().outcome();
    return switch (change) {
      case REFUSED -> "refused now: " + reason(now);
      case SERVED -> "served now by " + String.join(", ", order(now)) + "; refused then: " + reason(then);
      case FIRST -> "first %s → %s".formatted(order(then).getFirst(), order(now).getFirst());
      case ORDER -> "order %s → %s".formatted(String.join(", ", order(then)), String.join(", ", order(now)));
      case EXCLUSIONS -> "left out %s → %s".formatted(excluded(then), excluded(now));
      case REFUSAL -> "refused for another reason: " + reason(now);
      case TASK_UNKNOWN -> "the file asks for the task, which was not recorded";
      case NONE, UNDECIDED -> "";
    };
  }

  private static String reason(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.Refused refused ? refused.reason() : "";
  }

  /// The deployments of the plan, in the order in which they may be asked; empty for a refusal.
  static List<String> order(@Nullable Outcome outcome) {
    List<String> order = new ArrayList<>();
    if (outcome instanceof Outcome.Decided(Decision decision)) {
      decision.plan().each(order::add);
    }
    return order;
  }

  private static String excluded(@Nullable Outcome outcome) {
    List<String> excluded = new ArrayList<>();
    if (outcome instanceof Outcome.Decided(Decision decision)) {
      for (Decision.Candidate each : decision.candidates()) {
        if (each.excluded() != null) {
          excluded.add("%s (%s)".formatted(each.deployment(), each.excluded()));
        }
      }
    }
    return excluded.isEmpty() ? "nobody" : String.join(", ", excluded);
  }
}
