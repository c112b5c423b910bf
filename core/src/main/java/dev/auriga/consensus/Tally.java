// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

/// The figures of a verdict.
///
/// Agreement and confidence are two things and are shown side by side: how many say the same, and how
/// often such panels were right.
///
/// @param asked how many answers were asked for
/// @param valid how many are answers, of which agreement is a share
/// @param quorum how many valid ones there had to be
/// @param groups how many different things were said
/// @param kind of the answers: `number`, `choice`, …
/// @param agreement the largest group's share of the weight of all valid answers, from 0 to 1; 0 when there
///     is none
/// @param pairwise the mean over all pairs of valid answers of how much the two are the same, from 0 to 1;
///     of JSON this counts fields; 1 for a single answer, 0 for none
/// @param confidence how likely the largest group is right, by the calibration; 0 when there is none
public record Tally(
    int asked, int valid, int quorum, int groups, String kind, double agreement, double pairwise, double confidence) {}
