// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static dev.auriga.consensus.Panels.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.consensus.Verdict.Agreed;
import dev.auriga.consensus.Verdict.Aside;
import dev.auriga.consensus.Verdict.Disagreed;
import dev.auriga.consensus.Verdict.Group;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Content;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.likeness.Aspect;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgreementTest {

  /// So many answers of each kind: `split(4, 1)` is four of one and one of another.
  private static Verdict split(int... sizes) {
    String[] answers =
        IntStream.range(0, sizes.length)
            .boxed()
            .flatMap(group -> Collections.nCopies(sizes[group], String.valueOf(100 + group)).stream())
            .toArray(String[]::new);
    return verdict(answers);
  }

  @Test
  void moreThanTheThreshold_isUnanimityForUpToFive() {
    assertThat(split(2)).isInstanceOf(Agreed.class);
    assertThat(split(5)).isInstanceOf(Agreed.class);
    assertThat(split(2, 1)).isInstanceOf(Disagreed.class);
    assertThat(split(3, 1)).isInstanceOf(Disagreed.class);
    assertThat(split(4, 1)).isInstanceOf(Disagreed.class);
  }

  @Test
  void largerPanels_bearDissenters_asThePageSays() {
    assertThat(split(5, 1)).isInstanceOf(Agreed.class);
    assertThat(split(4, 2)).isInstanceOf(Disagreed.class);
    assertThat(split(9, 1)).isInstanceOf(Agreed.class);
    assertThat(split(8, 2)).isInstanceOf(Disagreed.class);
    assertThat(split(9, 2)).isInstanceOf(Agreed.class);
    assertThat(split(13, 2)).isInstanceOf(Agreed.class);
    assertThat(split(12, 3)).isInstanceOf(Disagreed.class);
  }

  @Test
  void thresholdIsExceeded_exactly_notAboutSo() {
    Agreement third = Agreement.USUAL.above(new BigDecimal("0.3"));
    String[] tenAnswers = {"1", "1", "1", "2", "2", "3", "4", "5", "6", "7"};
    assertThat(third.of(Panels.of("", tenAnswers))).isInstanceOf(Disagreed.class);
    assertThat(Agreement.USUAL.above(new BigDecimal("0.29")).of(Panels.of("", tenAnswers))).isInstanceOf(Agreed.class);
  }

  @Test
  void agreed_tellsTheAnswerVerbatim_withWhoSaysSo() {
    Agreed agreed = (Agreed) verdict("The answer is 1,500.", "1500", "\\boxed{1.5e3}");
    assertThat(agreed.answer()).isEqualTo("The answer is 1,500.");
    assertThat(agreed.members()).containsExactly("m0", "m1", "m2");
    assertThat(agreed.agreement()).isEqualTo(1);
    assertThat(agreed.tally().kind()).isEqualTo("number");
  }

  @Test
  void theMostReliableMember_speaksForItsGroup() {
    List<Member> members = List.of(new Member("m0", null, 0.6), new Member("m1", null, 0.9), Member.of("m2"));
    Hearing hearing = new Hearing(Question.of(""), members, Panels.voices("7", "7.0", "seven"), List.of());
    assertThat(((Agreed) Agreement.USUAL.of(hearing)).answer()).isEqualTo("7.0");
  }

  @Test
  void disagreed_tellsWhatDiffers_inEveryGroup() {
    Disagreed disagreed = (Disagreed) verdict("1,500 mg", "150 mg", "1.5 g");
    assertThat(disagreed.note()).isEqualTo("Models disagree. Review multiple perspectives.");
    assertThat(disagreed.groups()).extracting(Group::answer).containsExactly("1,500 mg", "150 mg");
    assertThat(disagreed.groups()).extracting(group -> group.voices().size()).containsExactly(2, 1);
    assertThat(disagreed.differences()).containsExactly(new Difference(Aspect.NUMBER, "m0", "1,500 mg", "m1", "150 mg"));
    assertThat(disagreed.differences().getFirst())
        .hasToString("number: m0 says \"1,500 mg\", m1 says \"150 mg\"");
    assertThat(disagreed.agreement()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void differencesOfJson_areFields_andPairsAgreeInPart() {
    Question json = new Question("", new AnswerFormat.JsonObject(), null);
    Disagreed disagreed =
        (Disagreed)
            Agreement.USUAL.of(
                Hearing.of(json, Panels.voices("{\"name\":\"Ann\",\"age\":40}", "{\"age\":41,\"name\":\"Ann\"}"), List.of()));
    assertThat(disagreed.differences()).containsExactly(new Difference(Aspect.FIELD, "m0", "age: 40", "m1", "age: 41"));
    assertThat(disagreed.tally().pairwise()).isEqualTo(0.5);
  }

  @Test
  void polarityAndNames_areToldAsDifferences() {
    Disagreed denied =
        (Disagreed)
            verdict(
                "The service keeps its data in Frankfurt and it is encrypted.",
                "The service keeps its data in Dublin and it is not encrypted.");
    assertThat(denied.differences()).extracting(Difference::aspect).containsExactlyInAnyOrder(Aspect.POLARITY, Aspect.ENTITY);
  }

  @Test
  void refusalsAndNothing_areNeverAgreement_andAreKept() {
    String refusal = "I'm sorry, but I can't help with that.";
    Verdict refused = verdict(refusal, refusal, refusal);
    assertThat(refused).isInstanceOf(Disagreed.class);
    assertThat(refused.agreement()).isZero();
    assertThat(refused.aside()).extracting(Aside::why).containsOnly(Content.Nothing.REFUSED).hasSize(3);
    Verdict mixed = verdict("42", refusal, "42", "");
    assertThat(mixed).isInstanceOf(Agreed.class);
    assertThat(mixed.tally().valid()).isEqualTo(2);
    assertThat(mixed.aside())
        .containsExactly(
            new Aside(new Voice("m1", refusal), Content.Nothing.REFUSED), new Aside(new Voice("m3", ""), Content.Nothing.EMPTY));
  }

  @Test
  void whatCannotBeRead_isNoDissent() {
    Hearing hearing =
        Panels.of("Which one?\nA) red\nB) blue\nC) green", "A", "B) blue", "The answer is B.", "Colours are hard.");
    Verdict verdict = Agreement.USUAL.of(hearing);
    assertThat(verdict.tally().kind()).isEqualTo("choice");
    assertThat(verdict.tally().valid()).isEqualTo(3);
    assertThat(verdict.aside()).extracting(Aside::why).containsExactly(Content.Nothing.UNREAD);
    assertThat(verdict.agreement()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void withoutAQuorum_nothingIsAgreed() {
    Verdict alone = Agreement.USUAL.of(Hearing.of(Question.of(""), Panels.voices("42"), List.of(Panels.absent("n"))));
    assertThat(alone).isInstanceOf(Disagreed.class);
    assertThat(alone.absent()).containsExactly(Panels.absent("n"));
    assertThat(alone.tally().asked()).isEqualTo(2);
    Hearing three = Hearing.of(Question.of(""), Panels.voices("42", "42"), List.of(Panels.absent("n")));
    assertThat(Agreement.USUAL.of(three)).isInstanceOf(Agreed.class);
    assertThat(Agreement.USUAL.withQuorum(3).of(three)).isInstanceOf(Disagreed.class);
    assertThat(verdict().agreement()).isZero();
  }

  @Test
  void aDissenterOfLittleWeight_doesNotBreakAgreement() {
    List<Member> members = List.of(new Member("m0", null, 0.95), new Member("m1", null, 0.95), new Member("m2", null, 0.55));
    Hearing hearing = new Hearing(Question.of(""), members, Panels.voices("42", "42", "43"), List.of());
    assertThat(Agreement.USUAL.of(hearing)).isInstanceOf(Disagreed.class);
    assertThat(Agreement.USUAL.weighing(new Weighing(true, 0)).of(hearing)).isInstanceOf(Agreed.class);
  }

  @Test
  void twoOfOneFamily_areFewerThanTwo() {
    List<Member> members =
        List.of(new Member("m0", "gpt", null), new Member("m1", "gpt", null), new Member("m2", "claude", null));
    Hearing hearing = new Hearing(Question.of(""), members, Panels.voices("42", "42", "43"), List.of());
    assertThat(Agreement.USUAL.of(hearing).agreement()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(Agreement.USUAL.weighing(new Weighing(false, 0.5)).of(hearing).agreement())
        .isCloseTo(1.333333 / 2.333333, within(1e-5));
    assertThat(Agreement.USUAL.weighing(new Weighing(false, 1)).of(hearing).agreement()).isEqualTo(0.5);
  }

  @Test
  void whatIsNoRule_isRefused() {
    assertThatThrownBy(() -> Agreement.USUAL.above(BigDecimal.ONE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Agreement.USUAL.above(new BigDecimal("-0.1"))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Agreement.USUAL.withQuorum(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Member("m", null, 1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Weighing(false, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
