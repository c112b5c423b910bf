// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.value.Rational;
import java.math.BigDecimal;

/// How a panel stands while some of its members have not answered: whether the rest can still change the
/// verdict.
///
/// It is exact in both directions: certain when, and only when, whatever the rest say, also if they fail
/// or say something new, leads to the same verdict; as long as no later answer changes how those at hand
/// are read and grouped.
///
/// @param valid how many valid answers there are
/// @param weight of them together
/// @param largest the weight of the largest group
/// @param second the weight of the next largest, 0 when there is none
/// @param left how many members have not answered
/// @param leftWeight of them together
public record Standing(int valid, Rational weight, Rational largest, Rational second, int left, Rational leftWeight) {

  /// What is known of the verdict.
  public enum Outlook {
    AGREED_FOR_CERTAIN,
    DISAGREED_FOR_CERTAIN,
    OPEN
  }

  /// A panel whose voices weigh 1 each.
  public static Standing even(int valid, int largest, int second, int left) {
    return new Standing(
        valid, Rational.of(valid), Rational.of(largest), Rational.of(second), left, Rational.of(left));
  }

  public Outlook outlook(BigDecimal threshold, int quorum) {
    Rational bar = Rational.of(threshold);
    Rational all = weight.plus(leftWeight);
    boolean isAgreed =
        valid >= quorum
            && largest.compareTo(bar.times(all)) > 0
            && largest.compareTo(second.plus(leftWeight)) > 0;
    if (isAgreed) {
      return Outlook.AGREED_FOR_CERTAIN;
    }
    boolean isLost = valid + left < quorum || largest.plus(leftWeight).compareTo(bar.times(all)) <= 0;
    return isLost ? Outlook.DISAGREED_FOR_CERTAIN : Outlook.OPEN;
  }
}
