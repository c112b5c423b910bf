// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.auriga.dialect.laws.SseLaws;

/// The reader of server-sent events, given any bytes.
class SseFuzzTest {
  @FuzzTest
  void events(byte[] input) {
    SseLaws.check(input);
  }
}
