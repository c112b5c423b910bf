// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.answer.Content;
import dev.auriga.consensus.answer.Contents;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Likeness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Puts answers that say the same together.
///
/// An answer joins a group when it says the same as the group's first answer, which stands for it, and
/// differs from none in it; so no chain of near matches joins opposites. The rules are tried with every
/// group before a second opinion is asked.
final class Clusters {
  private record Pair(int one, int other) {}

  private final List<Content> contents;
  private final List<String> answers;
  private final Question question;
  private final SecondOpinion opinion;
  private final Map<Pair, Comparison> ruled = new HashMap<>();
  private final List<List<Integer>> groups = new ArrayList<>();

  private Clusters(List<Content> contents, List<String> answers, Question question, SecondOpinion opinion) {
    this.contents = contents;
    this.answers = answers;
    this.question = question;
    this.opinion = opinion;
  }

  /// Groups the answers in the order given, which is not that of their arrival.
  static Clusters of(List<Content> contents, List<String> answers, Question question, SecondOpinion opinion) {
    Clusters clusters = new Clusters(contents, answers, question, opinion);
    for (int each = 0; each < contents.size(); each++) {
      clusters.place(each);
    }
    return clusters;
  }

  /// Numbers of answers, in groups; the first of each stands for it.
  List<List<Integer>> groups() {
    return groups;
  }

  /// What the rules say of two answers.
  Comparison compared(int one, int other) {
    return ruled.computeIfAbsent(
        new Pair(one, other), pair -> Contents.compare(contents.get(pair.one), contents.get(pair.other)));
  }

  private void place(int each) {
    for (List<Integer> group : groups) {
      if (joins(each, group, first -> compared(first, each).isSame())) {
        return;
      }
    }
    for (List<Integer> group : groups) {
      if (joins(each, group, first -> compared(first, each).likeness() == Likeness.UNSURE && opined(first, each))) {
        return;
      }
    }
    groups.add(new ArrayList<>(List.of(each)));
  }

  private boolean joins(int each, List<Integer> group, IntPredicate saysTheSame) {
    boolean isKeptOut = group.stream().anyMatch(member -> compared(member, each).likeness() == Likeness.DIFFERENT);
    return !isKeptOut && saysTheSame.test(group.getFirst()) && group.add(each);
  }

  private boolean opined(int one, int other) {
    return opinion.on(question, answers.get(one), answers.get(other)) == Likeness.SAME
        && opinion.on(question, answers.get(other), answers.get(one)) == Likeness.SAME;
  }
}
