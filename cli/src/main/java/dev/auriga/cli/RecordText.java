// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Task;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.route.Decision;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Decisions and records for people.
record RecordText(PrintWriter out) {

  void print(Decision decision) {
    Task task = decision.task();
    out.printf("route %s%s%n", decision.route(), task == null ? "" : " · task " + task.token());
    decision.reasons().forEach(reason -> out.println("  because " + reason));
    for (Decision.Choice choice : decision.choices()) {
      out.printf(
          "  by %s: %s%n",
          choice.strategy(), choice.arms().stream().map(RecordText::arm).collect(Collectors.joining(", ")));
    }
    int place = 1;
    for (Decision.Candidate candidate : decision.candidates()) {
      if (candidate.excluded() == null) {
        out.printf("  %d. %s%n", place++, candidate.deployment());
      } else {
        out.printf("  -  %s: %s%n", candidate.deployment(), candidate.excluded());
      }
    }
  }

  /// As in `gpt-4o 95.0% (score 12.5)`.
  private static String arm(Decision.Choice.Arm arm) {
    return "%s %s%%%s"
        .formatted(
            arm.deployment(),
            String.format(Locale.ROOT, "%.1f", arm.propensity() * 100),
            arm.score() == null ? "" : " (score " + arm.score() + ")");
  }

  void print(RequestRecord record) {
    out.println(record.id() + " " + String.join(" · ", outcome(record)));
    DecisionRecord decided = record.decision();
    if (decided != null) {
      switch (decided.outcome()) {
        case Outcome.Decided(Decision decision) -> print(decision);
        case Outcome.Refused refused ->
            out.printf("route %s%n  refused: %s%n", record.route(), refused.reason());
      }
    } else if (record.detail() != null) {
      out.printf("route %s%n  %s%n", record.route(), record.detail());
    }
    record.passedOver().forEach(
        each -> out.printf("passed over %s, which would have lost %s%n", each.deployment(), each.losses()));
    for (RequestRecord.Attempt attempt : record.attempts()) {
      out.printf(
          "attempt %d at %s: %s after %s%n",
          attempt.number(), attempt.deployment(), ending(attempt), millis(attempt.took()));
    }
    if (!record.losses().isEmpty()) {
      out.printf("lost %s%n", record.losses());
    }
    if (decided != null) {
      out.printf(
          "policy %s · prices %s · capabilities %s · seed %d%n",
          decided.version().policy(), decided.version().prices(), decided.version().capabilities(),
          decided.seed());
    }
  }

  private static List<String> outcome(RequestRecord record) {
    List<String> facts = new ArrayList<>();
    facts.add(record.ending().name().toLowerCase(Locale.ROOT));
    facts.add("at " + record.at());
    facts.add("key " + record.caller());
    if (record.servedBy() != null) {
      String model = record.model();
      boolean known = model == null || model.isEmpty() || model.equals(record.servedBy());
      facts.add("served by " + record.servedBy() + (known ? "" : " (" + model + ")"));
    }
    Usage usage = record.usage();
    if (usage != null) {
      facts.add(usage.input() + " tokens in, " + usage.allOutput() + " out");
    }
    switch (record.cost()) {
      case null -> {}
      case Cost.Priced priced -> facts.add("$" + priced.usd());
      case Cost.Unpriced _ -> facts.add("unpriced");
    }
    facts.add(
        millis(record.took())
            + (record.firstToken() == null ? "" : ", first token " + millis(record.firstToken())));
    return facts;
  }

  /// `answered`, `abandoned`, or the failure's kind with its status, as in `overloaded (529)`.
  private static String ending(RequestRecord.Attempt attempt) {
    Failure failure = attempt.failure();
    if (failure == null) {
      return attempt.outcome().name().toLowerCase(Locale.ROOT);
    }
    return failure.kind().token() + (failure.status() == 0 ? "" : " (" + failure.status() + ")");
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
