// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.auriga.dialect.laws.Dialects;

/// The readers of Chat Completions, given any bytes.
class OpenAiChatFuzzTest {
  @FuzzTest
  void readers(byte[] input) {
    Readers.take(Dialects.CHAT, input);
  }
}
