// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.consensus.Verdict.Agreed;
import dev.auriga.consensus.Verdict.Aside;
import dev.auriga.consensus.Verdict.Group;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Content;
import dev.auriga.consensus.answer.Contents;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.answer.Reading;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.dialect.properties.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds of every verdict, on panels drawn from the answers of the table of pairs.
class VerdictPropertiesTest {
  private static final int RUNS = 400;

  private final List<PairsTest.Row> rows;

  VerdictPropertiesTest() throws IOException {
    rows = PairsTest.rows();
  }

  /// Two to seven answers to one row's question: its own two, repeated, and some of neighbours.
  private Hearing panel(Random random) {
    int at = random.nextInt(rows.size());
    PairsTest.Row row = rows.get(at);
    List<String> answers = new ArrayList<>(List.of(row.one(), row.other()));
    for (int more = random.nextInt(6); more > 0; more--) {
      PairsTest.Row near = rows.get(Math.floorMod(at + random.nextInt(7) - 3, rows.size()));
      answers.add(random.nextBoolean() ? near.one() : near.other());
    }
    List<Voice> voices = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      members.add(new Member("m" + i, random.nextBoolean() ? "f" + random.nextInt(2) : null, random.nextBoolean() ? random.nextInt(100) / 100.0 : null));
      voices.add(new Voice("m" + i, answers.get(i)));
    }
    return new Hearing(row.question(), members, voices, List.of());
  }

  private static Agreement rule(Random random) {
    return Agreement.USUAL.weighing(new Weighing(random.nextBoolean(), random.nextInt(3) / 2.0));
  }

  @Test
  void theOrderOfArrival_neverChangesTheVerdict() {
    Seeds.each(
        RUNS,
        random -> {
          Hearing hearing = panel(random);
          Agreement rule = rule(random);
          List<Voice> shuffled = new ArrayList<>(hearing.voices());
          Collections.shuffle(shuffled, random);
          List<Member> members = new ArrayList<>(hearing.members());
          Collections.shuffle(members, random);
          SecondOpinion opinion = (_, one, other) -> (one.length() + other.length()) % 3 == 0 ? Likeness.SAME : Likeness.UNSURE;
          assertThat(rule.of(new Hearing(hearing.question(), members, shuffled, List.of()), opinion))
              .isEqualTo(rule.of(hearing, opinion));
        });
  }

  @Test
  void noAnswerEverVanishes() {
    Seeds.each(
        RUNS,
        random -> {
          Hearing hearing = panel(random);
          Verdict verdict = rule(random).of(hearing);
          Stream<Voice> grouped = verdict.groups().stream().map(Group::voices).flatMap(List::stream);
          assertThat(Stream.concat(grouped, verdict.aside().stream().map(Aside::voice)))
              .containsExactlyInAnyOrderElementsOf(hearing.voices());
        });
  }

  @Test
  void groupsHaveNoChains_eachMatchesTheFirst_andNoneDifferFromAnother() {
    Seeds.each(
        RUNS,
        random -> {
          Hearing hearing = panel(random);
          Verdict verdict = rule(random).of(hearing);
          Reading reading = Reading.of(hearing.question(), hearing.voices().stream().map(Voice::answer).toList());
          for (Group group : verdict.groups()) {
            List<Content> contents = group.voices().stream().map(voice -> reading.read(voice.answer())).toList();
            for (Content each : contents.subList(1, contents.size())) {
              assertThat(Contents.compare(contents.getFirst(), each).likeness()).isEqualTo(Likeness.SAME);
              assertThat(contents).allSatisfy(other ->
                  assertThat(Contents.compare(each, other).likeness()).isNotEqualTo(Likeness.DIFFERENT));
            }
          }
        });
  }

  @Test
  void whatIsAgreed_isTheAnswerOfAMemberOfTheLargestGroup_andAboveTheThreshold() {
    Seeds.each(
        RUNS,
        random -> {
          Verdict verdict = rule(random).of(panel(random));
          if (verdict instanceof Agreed agreed) {
            assertThat(agreed.agreement()).isGreaterThan(0.8);
            assertThat(agreed.groups().getFirst().voices()).extracting(Voice::answer).contains(agreed.answer());
          }
          double last = 1;
          for (Group group : verdict.groups()) {
            assertThat(group.share()).isLessThanOrEqualTo(last);
            last = group.share();
          }
        });
  }

  @Test
  void comparing_isTheSameBothWays() {
    Seeds.each(
        RUNS,
        random -> {
          Question question = Question.of("Explain.");
          String one = rows.get(random.nextInt(rows.size())).one();
          String other = rows.get(random.nextInt(rows.size())).other();
          Reading reading = Reading.of(question, List.of(one, other));
          Content first = reading.read(one);
          Content second = reading.read(other);
          if (first.isValid() && second.isValid()) {
            assertThat(Contents.compare(second, first).likeness()).isEqualTo(Contents.compare(first, second).likeness());
          }
        });
  }
}
