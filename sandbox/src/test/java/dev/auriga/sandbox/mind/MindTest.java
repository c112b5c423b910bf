// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MindTest {
  private static Question question(String text, int maxTokens) {
    return new Question(
        text,
        List.of(),
        0,
        Offer.NOTHING,
        new Form.Prose(),
        new Question.Limits(maxTokens, 0, List.of()),
        "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5", "gpt-4o-mini", "gpt-4.1-nano", "claude-haiku-4-5"})
  void modelIsRightAsOftenAsItsAccuracySays(String name) {
    ModelCard card = Catalogue.find(name).orElseThrow();
    Mind mind = new Mind(1);
    int right = 0;
    int asked = 2_000;
    for (int number = 0; number < asked; number++) {
      Thought thought = mind.think(card, question("What is " + number + " * 3?", 1_000));
      String answer = thought.text().replaceAll("(?s).*The answer is \\**(-?\\d+)\\**\\..*", "$1");
      right += answer.equals(Integer.toString(number * 3)) ? 1 : 0;
    }
    assertThat(right / (double) asked).isCloseTo(card.accuracy(), within(0.03));
  }

  @Test
  void sameQuestionAndSeed_giveTheSameThought() {
    ModelCard card = Catalogue.find("gpt-4o").orElseThrow();
    Question question = question("Compare rivers and mountains", 1_000);
    assertThat(new Mind(5).think(card, question)).isEqualTo(new Mind(5).think(card, question));
    assertThat(new Mind(5).think(card, question)).isNotEqualTo(new Mind(6).think(card, question));
  }

  @Test
  void modelsHaveStylesOfTheirOwn() {
    Question question = question("Compare rivers and mountains", 1_000);
    List<String> texts =
        Catalogue.all().stream()
            .map(card -> new Mind(1).think(card, question).text())
            .distinct()
            .toList();
    assertThat(texts).hasSize(Catalogue.all().size());
  }

  @Test
  void limitIsNeverExceeded() {
    ModelCard card = Catalogue.find("claude-opus-4-5").orElseThrow();
    for (int limit = 0; limit < 60; limit++) {
      Thought thought = new Mind(1).think(card, question("Compare rivers and mountains", limit));
      assertThat(thought.visibleTokens()).isLessThanOrEqualTo(limit);
      assertThat(thought.stop()).isEqualTo(Thought.Stop.LENGTH);
    }
  }

  @Test
  void piecesJoinToTheText_andCountsAreFourCodePointsAToken() {
    String text = "  A läng 😀😀😀😀 text,\n\nwith lines  ";
    assertThat(String.join("", Tokens.pieces(text))).isEqualTo(text);
    assertThat(String.join("", Tokens.slices(text, 3))).isEqualTo(text);
    assertThat(Tokens.count("")).isZero();
    assertThat(Tokens.count("abcd")).isEqualTo(1);
    assertThat(Tokens.count("abcde")).isEqualTo(2);
    assertThat(Tokens.count("😀😀😀😀")).isEqualTo(1);
    assertThat(Tokens.first("😀😀😀😀x", 1)).isEqualTo("😀😀😀😀");
  }
}
