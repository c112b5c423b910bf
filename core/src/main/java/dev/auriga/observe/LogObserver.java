// SPDX-License-Identifier: Apache-2.0
package dev.auriga.observe;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.regex.Pattern;

import java.util.Objects;

/// Writes the one line a request gets in the log; never a word of its text.
///
/// A provider's own words are left out, because they may quote the request; its failures are named
/// by their kinds. What a client made up cannot begin a line of its own.
public final class LogObserver implements Observer {
  private static final System.Logger LOG = System.getLogger("auriga.requests");
  private static final int LONGEST_LOSSES = 1_000;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  @Override
  public void ended(RequestRecord request) {
    if (LOG.isLoggable(Level.INFO)) {
      LOG.log(Level.INFO, line(request));
    }
  }

  /// `req-1 completed · auto (coding) · served by gpt-4o (gpt-4o-2024-08-06) · 2 attempts · …`
  static String line(RequestRecord request) {
    StringBuilder line = new StringBuilder(200);
    line.append(request.id())
        .append(' ').append(request.ending().name().toLowerCase(Locale.ROOT))
        .append(" · ").append(request.route());
    if (request.operation() != Operation.COMPLETION) {
      line.append(' ').append(request.operation().token());
    }
    if (request.task() != null) {
      line.append(" (").append(request.task()).append(')');
    }
    if (request.servedBy() != null) {
      line.append(" · served by ").append(request.servedBy());
      if (request.model() != null && !request.model().isEmpty()
          && !request.model().equals(request.servedBy())) {
        line.append(" (").append(request.model()).append(')');
      }
    }
    line.append(" · ").append(request.attempts().size())
        .append(request.attempts().size() == 1 ? " attempt" : " attempts");
    request.attempts().stream()
        .filter(attempt -> attempt.failure() != null)
        .forEach(attempt -> line.append(", ").append(attempt.deployment()).append(' ')
            .append(Objects.requireNonNull(attempt.failure()).kind().token()));
    tokens(request.usage(), line);
    cost(request.cost(), line);
    line.append(" · ").append(request.took().toMillis()).append(" ms");
    if (request.firstToken() != null) {
      line.append(", first token ").append(request.firstToken().toMillis()).append(" ms");
    }
    if (!request.losses().isEmpty()) {
      line.append(" · lost ")
          .append(Loss.line(request.losses(), request.moreLosses(), LONGEST_LOSSES));
    }
    if (request.ownWords() != null) {
      line.append(" · ").append(request.ownWords());
    }
    return CONTROL.matcher(line).replaceAll("?");
  }

  private static void tokens(@org.jspecify.annotations.Nullable Usage usage, StringBuilder line) {
    if (usage != null) {
      line.append(" · ").append(usage.input()).append(" tokens in, ")
          .append(usage.allOutput()).append(" out");
    }
  }

  private static void cost(@org.jspecify.annotations.Nullable Cost cost, StringBuilder line) {
    switch (cost) {
      case null -> {}
      case Cost.Priced priced -> line.append(" · $").append(priced.usd());
      case Cost.Unpriced _ -> line.append(" · unpriced");
    }
  }
}
