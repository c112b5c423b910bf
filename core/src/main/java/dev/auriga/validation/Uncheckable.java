// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

/// A schema or pattern cannot be checked against; the message says why.
public final class Uncheckable extends Exception {
  private static final long serialVersionUID = 1;

  public Uncheckable(String why) {
    super(why, null, false, false);
  }

  /// What is said of an answer that could therefore not be checked.
  Finding finding(Place place) {
    return new Finding(Finding.Reason.UNCHECKED, place, String.valueOf(getMessage()), "");
  }
}
