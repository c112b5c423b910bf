// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.fuzz;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.laws.FailureLaws;
import dev.auriga.dialect.laws.ReplyLaws;
import dev.auriga.dialect.laws.RequestLaws;
import dev.auriga.dialect.laws.StreamLaws;
import java.util.Arrays;

/// The four readers of a dialect behind one door: the first byte of an input says which of them gets
/// the rest (`q` a request, `r` a whole reply, `s` a stream, `f` an error reply).
final class Readers {
  private Readers() {}

  static void take(Dialect dialect, byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0]) {
      case 'q' -> RequestLaws.check(dialect, rest);
      case 'r' -> ReplyLaws.check(dialect, rest);
      case 's' -> StreamLaws.check(dialect, rest);
      case 'f' -> FailureLaws.check(dialect, rest);
      default -> {}
    }
  }
}
