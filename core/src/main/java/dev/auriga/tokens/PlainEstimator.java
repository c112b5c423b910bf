// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

/// A rule of thumb without tables: four Latin letters, two letters of other alphabets, one
/// ideograph or one sign are about a token.
public final class PlainEstimator implements TokenEstimator {
  private static final int WHOLE = 4;

  @Override
  public long count(String text) {
    long quarters = 0;
    for (int i = 0; i < text.length(); ) {
      int each = text.codePointAt(i);
      quarters += quarters(each);
      i += Character.charCount(each);
    }
    return (quarters + WHOLE - 1) / WHOLE;
  }

  private static int quarters(int each) {
    if (each < 0x80) {
      return Character.isLetterOrDigit(each) || each == ' ' ? 1 : 2;
    }
    return Character.isIdeographic(each) || !Character.isLetter(each) ? WHOLE : 2;
  }
}
