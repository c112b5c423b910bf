// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Answer;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The line under an answer: `served by … · attempts · tokens · cost · time`.
final class Served {
  private Served() {}

  static String line(Answer answer) {
    List<String> facts = new ArrayList<>();
    String model = answer.model();
    facts.add(
        "served by " + answer.servedBy()
            + (model.isEmpty() || model.equals(answer.servedBy()) ? "" : " (" + model + ")"));
    facts.add(answer.attempts().size() == 1 ? "1 attempt" : answer.attempts().size() + " attempts");
    Usage usage = answer.usage();
    facts.add(usage == null ? "tokens unknown" : usage.input() + " tokens in, " + usage.allOutput() + " out");
    facts.add(
        switch (answer.cost()) {
          case null -> "cost unknown";
          case Cost.Priced priced -> "$" + priced.usd();
          case Cost.Unpriced _ -> "unpriced";
        });
    facts.add(String.format(Locale.ROOT, "%.2f s", answer.took().toMillis() / 1000.0));
    if (!answer.losses().isEmpty()) {
      facts.add("lost " + answer.losses());
    }
    return String.join(" · ", facts);
  }
}
