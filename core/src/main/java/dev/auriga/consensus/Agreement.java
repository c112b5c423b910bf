// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.Verdict.Absent;
import dev.auriga.consensus.Verdict.Group;
import dev.auriga.consensus.Verdict.Voice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups answers by what they say and judges whether enough say the same.
///
/// Two answers are the same when their canonical form is: a number is its exact value, so that
/// `0.50` and `.5` agree and `1,500` and `150` do not; any other text is itself without regard to
/// case, white space and closing punctuation. Prose that differs in words is never taken to agree.
///
/// @param threshold the share that must be exceeded, from 0 to 1; with 0.8, panels of up to five
///     members agree only unanimously
/// @param quorum how many members must have answered
public record Agreement(double threshold, int quorum) {
  public static final Agreement USUAL = new Agreement(0.8, 2);

  public Agreement {
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException("the threshold is a share below 1, not " + threshold);
    }
    if (quorum < 1) {
      throw new IllegalArgumentException("a quorum is at least 1, not " + quorum);
    }
  }

  /// The verdict on what was heard; does not depend on the order of the answers but for the order
  /// of equals.
  public Verdict of(List<Voice> voices, List<Absent> absent) {
    Map<String, List<Voice>> byContent = new LinkedHashMap<>();
    for (Voice voice : voices) {
      byContent.computeIfAbsent(Canonical.of(voice.answer()), _ -> new ArrayList<>()).add(voice);
    }
    List<Group> groups =
        byContent.values().stream()
            .map(same -> new Group(same.getFirst().answer(), same))
            .sorted(Comparator.comparingInt((Group group) -> group.voices().size()).reversed())
            .toList();
    double agreement = voices.isEmpty() ? 0 : (double) groups.getFirst().voices().size() / voices.size();
    return voices.size() >= quorum && agreement > threshold
        ? new Verdict.Agreed(groups.getFirst().answer(), agreement, groups, List.copyOf(absent))
        : new Verdict.Disagreed(Verdict.NOTE, agreement, groups, List.copyOf(absent));
  }
}
