// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.answer.Content;
import java.util.List;

/// What a panel's answers come to.
///
/// Neither case drops an answer: those that differ are in their own groups, those that are no answer are
/// set aside with the reason, and members that failed are listed with theirs.
public sealed interface Verdict {

  /// What a client is told when the members differ.
  String NOTE = "Models disagree. Review multiple perspectives.";

  Tally tally();

  /// Answers that say the same stand together; the largest group first.
  List<Group> groups();

  /// Answers that count for nothing: refusals, empty ones, and those in which no answer was found.
  List<Aside> aside();

  List<Absent> absent();

  /// The largest group's share of the weight of all valid answers, from 0 to 1; 0 when there is none.
  default double agreement() {
    return tally().agreement();
  }

  /// Enough were heard and more than the threshold say the same.
  ///
  /// @param answer of the most reliable member of the largest group, as it was written
  record Agreed(String answer, Tally tally, List<Group> groups, List<Aside> aside, List<Absent> absent)
      implements Verdict {
    public Agreed {
      groups = List.copyOf(groups);
      aside = List.copyOf(aside);
      absent = List.copyOf(absent);
    }

    /// Those who say so.
    public List<String> members() {
      return groups.getFirst().voices().stream().map(Voice::member).toList();
    }
  }

  /// They differ, or too few answered.
  ///
  /// @param differences what the other groups say otherwise than the largest
  record Disagreed(
      String note, List<Difference> differences, Tally tally, List<Group> groups, List<Aside> aside, List<Absent> absent)
      implements Verdict {
    public Disagreed {
      differences = List.copyOf(differences);
      groups = List.copyOf(groups);
      aside = List.copyOf(aside);
      absent = List.copyOf(absent);
    }
  }

  /// Members whose answers say the same; the most reliable first, whose answer stands for all.
  ///
  /// @param share of the weight of all valid answers, from 0 to 1
  record Group(String answer, List<Voice> voices, double share) {
    public Group {
      voices = List.copyOf(voices);
    }
  }

  /// One member's answer, as it was written.
  record Voice(String member, String answer) {}

  /// An answer that counts for nothing, and why.
  record Aside(Voice voice, Content.Nothing why) {}

  /// A member that did not answer, and why.
  record Absent(String member, String reason) {}
}
