// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import java.util.List;

/// What a panel's answers come to.
///
/// Neither case drops an answer: those that differ are in their own groups, and members that
/// failed are listed with the reason.
public sealed interface Verdict {

  /// What a client is told when the members differ.
  String NOTE = "Models disagree. Review multiple perspectives.";

  /// The largest group's share of all answers, from 0 to 1; 0 when nobody answered.
  double agreement();

  /// Answers that say the same stand together; the largest group first.
  List<Group> groups();

  List<Absent> absent();

  /// More than the threshold say the same.
  record Agreed(String answer, double agreement, List<Group> groups, List<Absent> absent)
      implements Verdict {}

  /// They differ, or too few answered.
  record Disagreed(String note, double agreement, List<Group> groups, List<Absent> absent)
      implements Verdict {}

  /// Members whose answers say the same, and the answer of the first of them.
  record Group(String answer, List<Voice> voices) {
    public Group {
      voices = List.copyOf(voices);
    }
  }

  /// One member's answer, as it was written.
  record Voice(String member, String answer) {}

  /// A member that did not answer, and why.
  record Absent(String member, String reason) {}
}
