// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How likely a token of an answer was to its model.
///
/// @param bytes its UTF-8, each from 0 to 255: a token may be part of a character; absent where the
///     provider does not tell them
/// @param logprob the natural logarithm of its probability; OpenAI's -9999 is "not among the likely"
/// @param top the likeliest tokens in its place, the first one the likeliest, without any of their own
public record TokenLogprob(
    String token, @Nullable List<Integer> bytes, double logprob, List<TokenLogprob> top) {
  public TokenLogprob {
    bytes = bytes == null ? null : List.copyOf(bytes);
    top = List.copyOf(top);
  }

  /// The bytes, or where they are not told those of the token's text.
  public List<Integer> utf8() {
    return bytes == null ? utf8(token) : bytes;
  }

  /// Whether its bytes say more than its text.
  public boolean isPartOfCharacter() {
    return bytes != null && !bytes.equals(utf8(token));
  }

  private static List<Integer> utf8(String text) {
    List<Integer> all = new ArrayList<>(text.length());
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      all.add(each & 0xFF);
    }
    return all;
  }
}
