// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.Verdict.Absent;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Question;
import java.util.List;
import java.util.stream.Stream;

/// What was heard of a panel: its question, its members, what they answered and who did not.
///
/// @param members as they were asked, also those that did not answer
public record Hearing(Question question, List<Member> members, List<Voice> voices, List<Absent> absent) {

  public Hearing {
    members = List.copyOf(members);
    voices = List.copyOf(voices);
    absent = List.copyOf(absent);
  }

  /// Of members of which only the names are known.
  public static Hearing of(Question question, List<Voice> voices, List<Absent> absent) {
    List<Member> members =
        Stream.concat(voices.stream().map(Voice::member), absent.stream().map(Absent::member)).distinct().map(Member::of).toList();
    return new Hearing(question, members, voices, absent);
  }

  /// How many answers were asked for.
  int asked() {
    return voices.size() + absent.size();
  }
}
