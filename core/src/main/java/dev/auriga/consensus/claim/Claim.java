// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Quantity;
import java.util.List;
import java.util.Set;

/// One sentence, as the rules see it.
///
/// @param tokens what it says in its order, amounts and dates in canonical form; equal tokens are the
///     same claim
/// @param topic the stems of what it is about, without the words that hold sentences together
/// @param names what it writes with capitals
/// @param isDenied whether an odd number of words deny it
record Claim(
    String written,
    List<String> tokens,
    Set<String> topic,
    Set<String> names,
    List<Quantity> amounts,
    List<Moment> moments,
    boolean isDenied) {

  /// How much the topics overlap, from 0 to 1; 1 when neither has one. Only recalls what to compare.
  double overlap(Claim other) {
    int both = topic.size() + other.topic.size();
    long shared = topic.stream().filter(other.topic::contains).count();
    return both == 0 ? 1 : 2.0 * shared / both;
  }
}
