// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.consensus.Standing.Outlook;
import dev.auriga.consensus.value.Rational;
import dev.auriga.dialect.properties.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Early stopping against every way in which a panel can go on.
class StandingTest {
  private static final int FAILED = -1;

  /// What each member did: the number of its group, or [#FAILED].
  private record Course(List<Integer> said, List<Rational> weights) {

    private Rational weightOf(int group, int members) {
      return IntStream.range(0, members).filter(i -> said.get(i) == group).mapToObj(weights::get).reduce(Rational.ZERO, Rational::plus);
    }

    private int valid(int members) {
      return (int) said.stream().limit(members).filter(group -> group != FAILED).count();
    }

    private List<Rational> groups(int members) {
      return said.stream().limit(members).filter(group -> group != FAILED).distinct()
          .map(group -> weightOf(group, members)).sorted((one, other) -> other.compareTo(one)).toList();
    }

    private Standing standing(int heard) {
      List<Rational> groups = groups(heard);
      Rational left = weights.subList(heard, weights.size()).stream().reduce(Rational.ZERO, Rational::plus);
      return new Standing(
          valid(heard), groups.stream().reduce(Rational.ZERO, Rational::plus),
          groups.isEmpty() ? Rational.ZERO : groups.getFirst(), groups.size() < 2 ? Rational.ZERO : groups.get(1),
          weights.size() - heard, left);
    }

    /// The group that is agreed on in the end, or [#FAILED].
    private int agreed(BigDecimal threshold, int quorum) {
      int all = weights.size();
      Rational bar = Rational.of(threshold).times(groups(all).stream().reduce(Rational.ZERO, Rational::plus));
      return said.stream()
          .filter(group -> group != FAILED && valid(all) >= quorum && weightOf(group, all).compareTo(bar) > 0)
          .findFirst()
          .orElse(FAILED);
    }
  }

  /// Every way in which the rest of `heard` can go: each fails, joins a group there is, or says something new.
  private static List<Course> completions(List<Integer> heard, List<Rational> weights) {
    if (heard.size() == weights.size()) {
      return List.of(new Course(heard, weights));
    }
    List<Course> all = new ArrayList<>();
    int known = heard.stream().mapToInt(Integer::intValue).max().orElse(FAILED) + 1;
    for (int next = FAILED; next <= known; next++) {
      List<Integer> more = new ArrayList<>(heard);
      more.add(next);
      all.addAll(completions(more, weights));
    }
    return all;
  }

  private static void check(List<Rational> weights, BigDecimal threshold, int quorum) {
    for (int heard = 0; heard <= weights.size(); heard++) {
      for (Course begun : completions(List.of(), weights.subList(0, heard))) {
        Course course = new Course(begun.said(), weights);
        Set<Integer> outcomes = new HashSet<>();
        completions(begun.said(), weights).forEach(end -> outcomes.add(end.agreed(threshold, quorum)));
        Outlook expected =
            outcomes.size() > 1 ? Outlook.OPEN : outcomes.contains(FAILED) ? Outlook.DISAGREED_FOR_CERTAIN : Outlook.AGREED_FOR_CERTAIN;
        assertThat(course.standing(heard).outlook(threshold, quorum))
            .as("%s of %s above %s, quorum %d", begun.said(), weights, threshold, quorum)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void isCertain_whenAndOnlyWhen_everyCompletionAgrees_upToFiveMembers() {
    for (int members = 1; members <= 5; members++) {
      for (String threshold : List.of("0.5", "0.6", "0.66", "0.75", "0.8", "0.9")) {
        for (int quorum = 1; quorum <= members; quorum++) {
          check(Collections.nCopies(members, Rational.ONE), new BigDecimal(threshold), quorum);
        }
      }
    }
  }

  @Test
  void isCertain_withWeightsToo() {
    Seeds.each(
        60,
        random -> {
          int members = 2 + random.nextInt(3);
          List<Rational> weights = IntStream.range(0, members).mapToObj(_ -> Rational.of(1 + random.nextInt(4), 2)).toList();
          check(weights, new BigDecimal("0." + (5 + random.nextInt(5))), 1 + random.nextInt(members));
        });
  }

  @Test
  void underTheUsualRule_theFirstDissentOfUpToFive_settlesIt() {
    assertThat(Standing.even(2, 1, 1, 3).outlook(new BigDecimal("0.8"), 2)).isEqualTo(Outlook.DISAGREED_FOR_CERTAIN);
    assertThat(Standing.even(4, 4, 0, 1).outlook(new BigDecimal("0.8"), 2)).isEqualTo(Outlook.OPEN);
    assertThat(Standing.even(5, 5, 0, 1).outlook(new BigDecimal("0.8"), 2)).isEqualTo(Outlook.AGREED_FOR_CERTAIN);
  }

  @Test
  void aSmallThreshold_isCertain_onlyWhenTheAnswerIs() {
    assertThat(Standing.even(3, 2, 1, 1).outlook(new BigDecimal("0.3"), 2)).isEqualTo(Outlook.OPEN);
    assertThat(Standing.even(4, 3, 1, 1).outlook(new BigDecimal("0.3"), 2)).isEqualTo(Outlook.AGREED_FOR_CERTAIN);
  }

  @Test
  void stoppingEarly_savesAThirdOfTheCalls_atEqualVerdicts() {
    int[] calls = new int[2];
    Seeds.each(
        4000,
        random -> {
          List<Integer> said = IntStream.range(0, 5).map(_ -> random.nextInt(100) < 70 ? 0 : 1 + random.nextInt(3)).boxed().toList();
          Course course = new Course(said, Collections.nCopies(5, Rational.ONE));
          int heard = 0;
          while (course.standing(heard).outlook(new BigDecimal("0.8"), 2) == Outlook.OPEN) {
            heard++;
          }
          boolean isAgreed = course.standing(heard).outlook(new BigDecimal("0.8"), 2) == Outlook.AGREED_FOR_CERTAIN;
          assertThat(isAgreed).isEqualTo(course.agreed(new BigDecimal("0.8"), 2) != FAILED);
          calls[0] += heard;
          calls[1] += 5;
        });
    assertThat((double) calls[0] / calls[1]).isLessThan(0.7);
  }
}
