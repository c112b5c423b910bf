// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.calibration.Calibration;
import dev.auriga.consensus.calibration.Observation;
import dev.auriga.consensus.value.Rational;
import java.math.BigDecimal;
import java.util.Optional;

/// The rule by which a panel's answers are judged: what they say is compared, and they agree when more
/// than the threshold of their weight says the same.
///
/// @param threshold the share that must be exceeded, from 0 to 1; with 0.8, panels of up to five members
///     agree only unanimously
/// @param quorum how many valid answers there must be
public record Agreement(BigDecimal threshold, int quorum, Weighing weighing, Calibration calibration) {
  /// More than 0.8 of two answers or more, each weighing 1.
  public static final Agreement USUAL =
      new Agreement(new BigDecimal("0.8"), 2, Weighing.EVEN, Calibration.shipped());

  public Agreement {
    if (threshold.signum() < 0 || threshold.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException("the threshold is a share below 1, not " + threshold);
    }
    if (quorum < 1) {
      throw new IllegalArgumentException("a quorum is at least 1, not " + quorum);
    }
  }

  public Agreement above(BigDecimal share) {
    return new Agreement(share, quorum, weighing, calibration);
  }

  public Agreement withQuorum(int valid) {
    return new Agreement(threshold, valid, weighing, calibration);
  }

  public Agreement weighing(Weighing other) {
    return new Agreement(threshold, quorum, other, calibration);
  }

  public Agreement calibrated(Calibration other) {
    return new Agreement(threshold, quorum, weighing, other);
  }

  /// The verdict by the rules alone; does not depend on the order in which answers came.
  public Verdict of(Hearing hearing) {
    return of(hearing, SecondOpinion.NONE);
  }

  /// The verdict, with a second opinion where the rules cannot tell.
  public Verdict of(Hearing hearing, SecondOpinion opinion) {
    return new Judging(this, hearing, opinion).verdict();
  }

  /// How a panel came out whose question has a known answer, and whether the largest group says that; empty
  /// where nobody gave a valid answer, or the rules cannot tell.
  public Optional<Observation> observed(Hearing hearing, String truth) {
    return new Judging(this, hearing, SecondOpinion.NONE).observed(truth);
  }

  boolean isMet(int valid, Rational share) {
    return valid >= quorum && share.compareTo(Rational.of(threshold)) > 0;
  }
}
