// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Task;
import dev.auriga.dialect.Json;
import dev.auriga.records.ReplaySum;
import dev.auriga.records.Replayed;
import dev.auriga.records.Replayed.Change;
import dev.auriga.records.Replayed.Expense;
import dev.auriga.route.DecisionRecord.Outcome;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// What a replay finds, for people and as JSON.
final class ReplayText {
  private ReplayText() {}

  /// `req_1 · auto · task coding · first claude → gpt-4o · $0.010500 → $0.007500`.
  static String line(Replayed replayed) {
    List<String> facts = new ArrayList<>();
    facts.add(replayed.record().id());
    facts.add(replayed.record().route());
    if (replayed.now() instanceof Outcome.Decided decided) {
      Task task = decided.decision().task();
      if (task != null) {
        facts.add("task " + task.token());
      }
    }
    facts.add(replayed.change() == Change.NONE ? "the same plan, for other reasons or scores" : replayed.inWords());
    Expense expense = replayed.expense();
    if (expense != null) {
      facts.add(dollars(expense.then()) + " → " + dollars(expense.now()));
    }
    return String.join(" · ", facts);
  }

  static ObjectNode json(Replayed replayed) {
    ObjectNode json =
        Json.object()
            .put("request", replayed.record().id())
            .put("route", replayed.record().route())
            .put("change", word(replayed.change()))
            .put("exact", replayed.isExact())
            .put("detail", replayed.inWords());
    Expense expense = replayed.expense();
    if (expense != null) {
      json.put("usd-then", usd(expense.then())).put("usd-now", usd(expense.now()));
    }
    return json;
  }

  static void print(ReplaySum sum, int unreadable, PrintWriter out) {
    out.printf("%d records · %d decided otherwise%n", sum.records(), sum.changed());
    for (Change change : Change.values()) {
      if (sum.of(change) > 0) {
        out.printf("  %6d %s%n", sum.of(change), told(change));
      }
    }
    out.printf("  %6d the same bit for bit%n", sum.exact());
    if (unreadable > 0) {
      out.printf("  %6d lines were no record%n", unreadable);
    }
    if (sum.of(Change.FIRST) > 0) {
      out.printf(
          "the tokens of %d requests that ask another deployment first: %s then, %s now (%s)%n",
          sum.priced(), dollars(sum.thenMicros()), dollars(sum.nowMicros()),
          signed(sum.nowMicros() - sum.thenMicros()));
      out.printf(
          "  %d without a price, %d without tokens; how good other answers would be, nobody knows%n",
          sum.unpriced(), sum.of(Change.FIRST) - sum.priced() - sum.unpriced());
    }
  }

  static ObjectNode json(ReplaySum sum, int unreadable) {
    ObjectNode json = Json.object();
    ObjectNode summary = json.putObject("summary").put("records", sum.records()).put("changed", sum.changed());
    for (Change change : Change.values()) {
      summary.put(word(change), sum.of(change));
    }
    summary.put("exact", sum.exact()).put("unreadable", unreadable);
    summary.put("priced", sum.priced()).put("unpriced", sum.unpriced());
    summary.put("usd-then", usd(sum.thenMicros())).put("usd-now", usd(sum.nowMicros()));
    return json;
  }

  private static String told(Change change) {
    return switch (change) {
      case REFUSED -> "refused now";
      case SERVED -> "refused then, served now";
      case FIRST -> "ask another deployment first";
      case ORDER -> "go on otherwise after the first";
      case EXCLUSIONS -> "leave out others, with the same plan";
      case REFUSAL -> "refused for another reason";
      case NONE -> "the same plan";
      case TASK_UNKNOWN -> "cannot be decided: the task was not recorded";
      case UNDECIDED -> "were never decided";
    };
  }

  private static String word(Change change) {
    return change.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String dollars(OptionalLong micros) {
    return micros.isPresent() ? dollars(micros.getAsLong()) : "unpriced";
  }

  private static String dollars(long micros) {
    return "$" + usd(micros);
  }

  private static String signed(long micros) {
    return (micros < 0 ? "-$" : "+$") + usd(Math.abs(micros));
  }

  private static String usd(long micros) {
    return BigDecimal.valueOf(micros, 6).toPlainString();
  }

  private static String usd(OptionalLong micros) {
    return micros.isPresent() ? usd(micros.getAsLong()) : "unpriced";
  }
}
