// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

/// The grammar of JSON's numbers, character by character.
final class NumberScanner {
  private enum State { MINUS, ZERO, WHOLE, POINT, FRACTION, E, SIGN, EXPONENT }

  private State state = State.MINUS;

  /// Whether a number may begin so; begins one.
  boolean begins(char each) {
    state = State.MINUS;
    return each == '-' || continues(each);
  }

  /// Whether the number may go on so; what does not go on leaves it as it was.
  boolean continues(char each) {
    boolean digit = each >= '0' && each <= '9';
    boolean e = each == 'e' || each == 'E';
    State next =
        switch (state) {
          case MINUS -> each == '0' ? State.ZERO : digit ? State.WHOLE : null;
          case ZERO -> each == '.' ? State.POINT : e ? State.E : null;
          case WHOLE -> digit ? State.WHOLE : each == '.' ? State.POINT : e ? State.E : null;
          case POINT -> digit ? State.FRACTION : null;
          case FRACTION -> digit ? State.FRACTION : e ? State.E : null;
          case E -> digit ? State.EXPONENT : each == '+' || each == '-' ? State.SIGN : null;
          case SIGN, EXPONENT -> digit ? State.EXPONENT : null;
        };
    if (next == null) {
      return false;
    }
    state = next;
    return true;
  }

  /// Whether what was read so far is a number.
  boolean isWhole() {
    return switch (state) {
      case ZERO, WHOLE, FRACTION, EXPONENT -> true;
      case MINUS, POINT, E, SIGN -> false;
    };
  }
}
