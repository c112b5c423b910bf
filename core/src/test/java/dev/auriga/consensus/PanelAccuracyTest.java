// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.consensus.Verdict.Agreed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Panels of members that are right independently, with known chances: what agreement is worth, and how
/// often it comes about, against what probability says.
class PanelAccuracyTest {
  private static final int PANELS = 4000;
  private static final String QUESTION = "Which one is it?\nA) red\nB) blue\nC) green\nD) yellow";
  private static final List<String> OPTIONS = List.of("A", "B", "C", "D");
  private static final List<String> TEXTS = List.of("red", "blue", "green", "yellow");

  private record Measured(double agreed, double right) {}

  /// One of the four options, the right one with the chance given, in one of the ways models write it.
  private static String answer(int right, double accuracy, Random random) {
    int option = random.nextDouble() < accuracy ? right : (right + 1 + random.nextInt(3)) % 4;
    String letter = OPTIONS.get(option);
    return switch (random.nextInt(5)) {
      case 0 -> letter;
      case 1 -> "The answer is (" + letter + ").";
      case 2 -> letter + ") " + TEXTS.get(option);
      case 3 -> "Let me think it through.\n**" + letter + "**";
      default -> TEXTS.get(option);
    };
  }

  private static Measured measured(double... accuracies) {
    Random random = new Random(41);
    int agreed = 0;
    int right = 0;
    for (int panel = 0; panel < PANELS; panel++) {
      int truth = random.nextInt(4);
      String[] answers = IntStream.range(0, accuracies.length).mapToObj(i -> answer(truth, accuracies[i], random)).toArray(String[]::new);
      if (Agreement.USUAL.of(Panels.of(QUESTION, answers)) instanceof Agreed verdict) {
        agreed++;
        right += isOption(verdict.answer(), truth) ? 1 : 0;
      }
    }
    return new Measured((double) agreed / PANELS, (double) right / agreed);
  }

  private static boolean isOption(String answer, int truth) {
    return answer.contains(TEXTS.get(truth)) || answer.matches("(?s).*(?:^|\\(|\\*\\*)" + OPTIONS.get(truth) + "(?:$|\\)|\\*\\*).*");
  }

  /// All right, or all wrong in one of three ways.
  private static Measured predicted(double... accuracies) {
    double allRight = 1;
    double sameWrong = 3;
    for (double accuracy : accuracies) {
      allRight *= accuracy;
      sameWrong *= (1 - accuracy) / 3;
    }
    return new Measured(allRight + sameWrong, allRight / (allRight + sameWrong));
  }

  @Test
  void agreementsAccuracy_risesWithMembers_asPredicted() {
    List<Double> accuracies = new ArrayList<>();
    for (int members = 2; members <= 5; members++) {
      double[] each = IntStream.range(0, members).mapToDouble(i -> 0.6 + 0.05 * (i % 3)).toArray();
      Measured measured = measured(each);
      Measured predicted = predicted(each);
      assertThat(measured.agreed).isCloseTo(predicted.agreed, within(3.5 * error(predicted.agreed, PANELS)));
      assertThat(measured.right).isCloseTo(predicted.right, within(3.5 * error(predicted.right, PANELS * predicted.agreed) + 0.002));
      accuracies.add(measured.right);
    }
    assertThat(accuracies).isSorted();
    assertThat(accuracies.getFirst()).isLessThan(0.9);
    assertThat(accuracies.getLast()).isGreaterThan(0.985);
  }

  @Test
  void betterMembers_agreeMoreOften_andMoreRightly() {
    Measured weak = measured(0.5, 0.5, 0.5);
    Measured strong = measured(0.9, 0.9, 0.9);
    assertThat(strong.agreed).isGreaterThan(weak.agreed + 0.4);
    assertThat(strong.right).isGreaterThan(weak.right);
  }

  private static double error(double share, double count) {
    return Math.sqrt(share * (1 - share) / count);
  }
}
