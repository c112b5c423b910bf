// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids for what came without one: drawn from the bytes it came in, so that the same bytes give the
/// same id, and two answers of a conversation never do, as each tells when or as what it was made.
public final class SpareId {
  private static final int LENGTH = 20;

  private SpareId() {}

  /// The letter `r` and 20 hexadecimal digits of the SHA-256 of `bytes`.
  public static String of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "r" + HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The id of the call of that number, from 0, in what came as `answer`.
  public static String ofCall(byte[] answer, int number) {
    return "call_" + of(answer) + "_" + number;
  }
}
