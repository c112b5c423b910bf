// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import java.math.BigDecimal;

/// What a completion costs, as far as it is known.
public sealed interface Cost {

  /// A known cost.
  ///
  /// @param micros in millionths of a US dollar
  /// @param priceVersion which prices it was computed with, to be kept beside it
  record Priced(long micros, String priceVersion) implements Cost {
    public Priced {
      if (micros < 0) {
        throw new IllegalArgumentException("a cost must not be negative: " + micros);
      }
    }

    /// In US dollars with six decimals, such as `0.001584`.
    public String usd() {
      return BigDecimal.valueOf(micros, 6).toPlainString();
    }
  }

  /// No price is known, for this model at all or for a sort of token it used.
  record Unpriced(String model) implements Cost {}

  /// Both together; unpriced as soon as one of them is. Keeps both price versions.
  default Cost plus(Cost other) {
    return switch (this) {
      case Unpriced unpriced -> unpriced;
      case Priced(long micros, String version) ->
          switch (other) {
            case Unpriced unpriced -> unpriced;
            case Priced(long more, String otherVersion) ->
                new Priced(
                    saturated(micros, more),
                    version.equals(otherVersion) ? version : version + " + " + otherVersion);
          };
    };
  }

  private static long saturated(long micros, long more) {
    return micros > Long.MAX_VALUE - more ? Long.MAX_VALUE : micros + more;
  }
}
