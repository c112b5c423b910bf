// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.Verdict.Absent;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Question;
import java.util.List;
import java.util.stream.IntStream;

/// Panels for tests: members m0, m1, … in the order of their answers.
final class Panels {
  private Panels() {}

  static Hearing of(String prompt, String... answers) {
    return Hearing.of(Question.of(prompt), voices(answers), List.of());
  }

  static Verdict verdict(String... answers) {
    return Agreement.USUAL.of(of("", answers));
  }

  static List<Voice> voices(String... answers) {
    return IntStream.range(0, answers.length).mapToObj(i -> new Voice("m" + i, answers[i])).toList();
  }

  static Absent absent(String member) {
    return new Absent(member, "timed out");
  }
}
