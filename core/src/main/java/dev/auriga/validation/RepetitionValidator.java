// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The text does not say the same over and over: the share of word sequences that stood before.
final class RepetitionValidator implements Validator {
  /// Words in a sequence.
  static final int SEQUENCE = 6;
  /// Fewer words than this tell nothing.
  static final int LEAST = 60;

  private final double most;

  RepetitionValidator(double most) {
    this.most = most;
  }

  @Override
  public List<Finding> check(Completion answer) {
    String text = answer.text();
    List<Words.Word> words = Words.of(text);
    int sequences = words.size() - SEQUENCE + 1;
    if (words.size() < LEAST) {
      return List.of();
    }
    Set<List<String>> seen = new HashSet<>();
    int first = -1;
    for (int i = 0; i < sequences; i++) {
      boolean isNew = seen.add(words.subList(i, i + SEQUENCE).stream().map(Words.Word::text).toList());
      if (!isNew && first < 0) {
        first = i;
      }
    }
    double share = 1 - (double) seen.size() / sequences;
    if (share <= most) {
      return List.of();
    }
    int from = words.get(first).from();
    int to = words.get(first + SEQUENCE - 1).to();
    String what =
        "%d of 100 sequences of %d words stood there before".formatted(Math.round(share * 100), SEQUENCE);
    return List.of(
        new Finding(
            Finding.Reason.REPETITION, new Place.Span(from, to), what, text.substring(from, to)));
  }
}
