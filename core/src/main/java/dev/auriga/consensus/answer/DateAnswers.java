// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Moments;
import dev.auriga.consensus.value.PlainText;
import java.util.List;
import java.util.Set;

/// Reads answers that are one date or time.
final class DateAnswers {
  private static final Set<String> LITTLE = Set.of("it", "was", "is", "on", "in", "at", "of");
  private static final int FEW_WORDS = 2;

  private DateAnswers() {}

  static Content read(String answer, Kind.Date kind) {
    String text = PlainText.of(Marked.in(answer).orElse(answer));
    List<Moments.Found> found = Moments.in(text, kind.order());
    return found.size() == 1 ? new Content.Date(found.getFirst().moment()) : Content.Nothing.UNREAD;
  }

  /// Whether the answer is plainly a date: marked as the answer, or hardly anything else.
  static boolean isPlain(String answer) {
    String text = PlainText.of(Marked.in(answer).orElse(answer));
    if (text.length() > 80 || Moments.in(text, Moment.Order.UNKNOWN).size() != 1) {
      return false;
    }
    long words =
        Prose.tokens(text).stream().filter(token -> !token.startsWith("date ") && !LITTLE.contains(token)).count();
    return words <= FEW_WORDS;
  }
}
