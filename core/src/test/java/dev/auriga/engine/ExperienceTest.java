// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.completion.Task;
import dev.auriga.route.Allowed;
import dev.auriga.route.Learning;
import dev.auriga.route.Snapshot.Outcomes;
import dev.auriga.route.Snapshot.Skill;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExperienceTest {
  private static final Skill SKILL = new Skill(Task.CODING, "m");
  private static final Learning RULE =
      new Learning(Map.of(SKILL, new Outcomes(5, 5, 0)), 0.02, 10, 100);

  private final Experience experience = new Experience(RULE);
  private int requests;

  private static Caller caller(String name) {
    return new Caller(name, Set.of(), Allowed.EVERYTHING, false, false);
  }

  private void outcome(String caller, double propensity, double score) {
    String id = "r" + requests++;
    experience.answered(id, new Experience.Answered(caller, SKILL, propensity), 100);
    assertThat(experience.cameOut(id, caller(caller), score)).isTrue();
  }

  private Outcomes known() {
    return experience.now().get(SKILL);
  }

  @Test
  void fewOutcomes_changeNothing_butAreKept() {
    for (int i = 0; i < 9; i++) {
      outcome("dev", 1, 0);
      assertThat(known().quality()).isEqualTo(0.5);
    }
    outcome("dev", 1, 0);
    assertThat(known().quality()).isCloseTo(5 / 20.0, within(0.01));
    assertThat(known().outputTokens()).as("is known from the first answer").isEqualTo(100);
  }

  /// Whoever tells much, and wrongly, is outweighed by as many others as tell little.
  @Test
  void oneCaller_countsForNoMoreThanIsAllowed() {
    for (int i = 0; i < 5_000; i++) {
      outcome("liar", 1, 0);
    }
    assertThat(known().bad()).isCloseTo(105, within(1e-6));
    for (int each = 0; each < 3; each++) {
      for (int i = 0; i < 150; i++) {
        outcome("honest" + each, 1, 1);
      }
    }
    assertThat(known().quality()).isGreaterThan(0.7);
  }

  /// Half the requests are hard. Hard ones go to this model nine times in ten, easy ones one time in ten;
  /// it answers every easy one well and no hard one. The plain mean says 0.1, the truth is 0.5.
  @Test
  void outcomesAreWeighedByTheirChance_soThatTheChoiceDoesNotColourThem() {
    Random random = new Random(7);
    int good = 0;
    int all = 0;
    for (int i = 0; i < 8_000; i++) {
      boolean hard = random.nextBoolean();
      double propensity = hard ? 0.9 : 0.1;
      if (random.nextDouble() < propensity) {
        outcome("dev", propensity, hard ? 0 : 1);
        good += hard ? 0 : 1;
        all++;
      }
    }
    assertThat((double) good / all).isCloseTo(0.1, within(0.02));
    // The mean without the prior, which holds half of ten. Four deviations of the faded, uneven weights.
    double learned = (known().good() - 5) / (known().good() + known().bad() - 10);
    assertThat(learned).isCloseTo(0.5, within(0.12));
  }

  @Test
  void anUnlikelyChoice_doesNotCountForHundreds() {
    for (int i = 0; i < 50; i++) {
      outcome("dev", 1, 1);
    }
    outcome("dev", 0.005, 0);
    double learned = (known().good() - 5) / (known().good() + known().bad() - 10);
    assertThat(learned).isGreaterThan(0.8);
    assertThat(known().good() + known().bad() - 10).as("uneven weights tell less").isLessThan(51);
  }

  @Test
  void olderOutcomes_countLess() {
    for (int i = 0; i < 1_000; i++) {
      outcome("a" + i % 20, 1, 0);
    }
    for (int i = 0; i < 1_000; i++) {
      outcome("a" + i % 20, 1, 1);
    }
    // Two half-lives: four fifths of the weight are of the newer thousand.
    assertThat(known().quality()).isCloseTo(0.8, within(0.01));
  }

  @Test
  void anOutcome_isOnceAndFromZeroToOne() {
    experience.answered("x", new Experience.Answered("dev", SKILL, 1), 5);
    assertThat(experience.cameOut("x", caller("other"), 1)).isFalse();
    assertThatThrownBy(() -> experience.cameOut("x", caller("dev"), 1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThat(experience.cameOut("x", caller("dev"), 1)).isTrue();
    assertThat(experience.cameOut("x", caller("dev"), 1)).isFalse();
  }
}
