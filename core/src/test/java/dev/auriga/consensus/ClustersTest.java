// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.consensus.Verdict.Agreed;
import dev.auriga.consensus.Verdict.Disagreed;
import dev.auriga.consensus.likeness.Likeness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a second opinion is asked, and when it is believed.
class ClustersTest {
  private static final String UPHELD = "The clause is enforceable because both of the parties signed it.";
  private static final String VALID = "Courts will uphold this provision since it bears two signatures.";
  private static final String DENIED = "The clause is not enforceable because both of the parties signed it.";

  private final List<String> asked = new ArrayList<>();

  private SecondOpinion saying(Likeness there, Likeness back) {
    return (_, one, other) -> {
      asked.add(one + " | " + other);
      return one.compareTo(other) < 0 ? there : back;
    };
  }

  private Verdict verdict(SecondOpinion opinion, String... answers) {
    return Agreement.USUAL.of(Panels.of("Is it so, and why?", answers), opinion);
  }

  @Test
  void withoutASecondOpinion_whatNobodyCanTell_doesNotAgree() {
    assertThat(verdict(SecondOpinion.NONE, UPHELD, VALID)).isInstanceOf(Disagreed.class);
  }

  @Test
  void aSecondOpinion_isAskedInBothOrders_andMustSayTheSame() {
    assertThat(verdict(saying(Likeness.SAME, Likeness.SAME), UPHELD, VALID)).isInstanceOf(Agreed.class);
    assertThat(asked).containsExactlyInAnyOrder(UPHELD + " | " + VALID, VALID + " | " + UPHELD);
    assertThat(verdict(saying(Likeness.SAME, Likeness.DIFFERENT), UPHELD, VALID)).isInstanceOf(Disagreed.class);
    assertThat(verdict(saying(Likeness.DIFFERENT, Likeness.SAME), UPHELD, VALID)).isInstanceOf(Disagreed.class);
    assertThat(verdict(saying(Likeness.UNSURE, Likeness.SAME), UPHELD, VALID)).isInstanceOf(Disagreed.class);
  }

  @Test
  void aVeto_isFinal_nobodyIsAsked() {
    assertThat(verdict(saying(Likeness.SAME, Likeness.SAME), UPHELD, DENIED)).isInstanceOf(Disagreed.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void aSecondOpinionThatSaysYesToAll_cannotJoinOpposites() {
    Verdict verdict = verdict(saying(Likeness.SAME, Likeness.SAME), VALID, UPHELD, DENIED);
    assertThat(verdict.groups()).allSatisfy(group ->
        assertThat(group.voices()).extracting(Verdict.Voice::answer)
            .satisfies(answers -> assertThat(answers.containsAll(List.of(UPHELD, DENIED))).isFalse()));
    assertThat(verdict).isInstanceOf(Disagreed.class);
  }

  @Test
  void anotherLanguage_isLeftToTheSecondOpinion() {
    String ja = "Die Klausel ist nach dem Gesetz wirksam und bindend.";
    String auch = "Nach dem Gesetz ist die Klausel gültig und sie bindet beide.";
    assertThat(verdict(SecondOpinion.NONE, ja, auch)).isInstanceOf(Disagreed.class);
    assertThat(verdict(saying(Likeness.SAME, Likeness.SAME), ja, auch)).isInstanceOf(Agreed.class);
    assertThat(verdict(SecondOpinion.NONE, ja, ja + "\n")).isInstanceOf(Agreed.class);
  }
}
