// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.consensus.Verdict.Absent;
import dev.auriga.consensus.Verdict.Voice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static Verdict verdict(String... answers) {
    List<Voice> voices =
        IntStream.range(0, answers.length).mapToObj(i -> new Voice("m" + i, answers[i])).toList();
    return Agreement.USUAL.of(voices, List.of());
  }

  @Test
  void equalNumbers_agree_howeverTheyAreWritten() {
    assertThat(verdict("1,500", "1500.0", "1.5e3")).isInstanceOf(Verdict.Agreed.class);
    assertThat(verdict("0.50", ".5", "+0.5.")).isInstanceOf(Verdict.Agreed.class);
    assertThat(verdict("0", "0.00", "-0")).isInstanceOf(Verdict.Agreed.class);
  }

  @Test
  void differentNumbers_neverAgree() {
    assertThat(verdict("1500", "150")).isInstanceOf(Verdict.Disagreed.class);
    assertThat(verdict("42", "-42")).isInstanceOf(Verdict.Disagreed.class);
  }

  @Test
  void caseSpaceAndClosingPunctuation_doNotMatter_wordsDo() {
    assertThat(verdict("Yes.", "yes", " YES\n")).isInstanceOf(Verdict.Agreed.class);
    assertThat(verdict("It is enforceable.", "It is not enforceable.")).isInstanceOf(Verdict.Disagreed.class);
  }

  @Test
  void moreThanTheThreshold_isUnanimityForUpToFive() {
    assertThat(verdict("a", "a", "a", "a", "b")).isInstanceOf(Verdict.Disagreed.class);
    assertThat(verdict("a", "a", "a", "a", "a", "b")).isInstanceOf(Verdict.Agreed.class);
  }

  @Test
  void minoritiesAreKept_theLargestGroupFirst() {
    Verdict verdict = verdict("b", "a", "a");
    assertThat(verdict.agreement()).isEqualTo(2.0 / 3);
    assertThat(verdict.groups()).extracting(Verdict.Group::answer).containsExactly("a", "b");
    assertThat(((Verdict.Disagreed) verdict).note()).isEqualTo("Models disagree. Review multiple perspectives.");
  }

  @Test
  void withoutAQuorum_nothingIsAgreed() {
    Verdict verdict = Agreement.USUAL.of(List.of(new Voice("m", "a")), List.of(new Absent("n", "gone")));
    assertThat(verdict).isInstanceOf(Verdict.Disagreed.class);
    assertThat(verdict.absent()).extracting(Absent::member).containsExactly("n");
    assertThat(Agreement.USUAL.of(List.of(), List.of()).agreement()).isZero();
  }
}
