// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

import dev.auriga.consensus.Hearing;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.recorded.RecordedPanel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Panels of simulated members with known accuracies and correlated errors.
///
/// A panel has two to seven members, each right with a chance of its own, from 0.55 to 0.97. Questions differ
/// in how hard they are: a panel's chances are moved together by up to 0.2. Of members that are wrong, 60 in
/// 100 give the wrong answer that lies nearest, the others any; so two that are wrong give the same wrong
/// answer about as often as models were seen to (arXiv 2506.07962). The simulated models of the sandbox err
/// independently, which real ones do not; a table fitted on them would promise too much.
final class PanelSimulation {
  private static final double SAME_ERROR = 0.6;
  private static final List<String> LETTERS = List.of("A", "B", "C", "D");
  private static final List<String> CITIES = List.of("Lima", "Oslo", "Rome", "Cairo", "Quito", "Hanoi", "Accra", "Bern");

  private final Random random;

  PanelSimulation(long seed) {
    random = new Random(seed);
  }

  List<RecordedPanel> panels(int count) {
    List<RecordedPanel> panels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      panels.add(panel());
    }
    return panels;
  }

  private RecordedPanel panel() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> numbers();
      case 2 -> among("Which one is it?\nA) red\nB) blue\nC) green\nD) yellow", LETTERS, List.of("%s", "The answer is (%s).", "%s)"));
      case 3 -> among("Is it so? Answer yes or no.", List.of("yes", "no"), List.of("%s", "%s.", "%s, as far as is known."));
      default -> among("Which city is meant?", CITIES, List.of("%s", "%s.", "**%s**", "The answer is %s."));
    };
  }

  private RecordedPanel numbers() {
    int truth = 10 + random.nextInt(900);
    List<String> candidates = new ArrayList<>();
    for (int off = 0; off < 10; off++) {
      candidates.add(String.valueOf(truth + off * off));
    }
    return panel("How many are there?", candidates, List.of("%s", "#### %s", "The answer is %s.", "\\boxed{%s}", "%s.0"));
  }

  /// The first is true, in an order drawn for each question.
  private RecordedPanel among(String question, List<String> options, List<String> frames) {
    int truth = random.nextInt(options.size());
    List<String> candidates = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      candidates.add(options.get((truth + i) % options.size()));
    }
    return panel(question, candidates, frames);
  }

  private RecordedPanel panel(String question, List<String> candidates, List<String> frames) {
    int members = 2 + random.nextInt(6);
    double ease = 0.2 * (2 * random.nextDouble() - 1);
    List<Voice> voices = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      double accuracy = Math.clamp(0.55 + 0.42 * random.nextDouble() + ease, 0.02, 0.99);
      String said = candidates.get(random.nextDouble() < accuracy ? 0 : wrong(candidates.size()));
      voices.add(new Voice("m" + i, frames.get(random.nextInt(frames.size())).formatted(said)));
    }
    return new RecordedPanel(Hearing.of(Question.of(question), voices, List.of()), candidates.getFirst());
  }

  private int wrong(int candidates) {
    return random.nextDouble() < SAME_ERROR ? 1 : 1 + random.nextInt(candidates - 1);
  }
}
