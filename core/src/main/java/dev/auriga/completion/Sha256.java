// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of texts and bytes.
public final class Sha256 {
  private Sha256() {}

  /// The 32 bytes of the digest of `bytes`.
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// Of the text in UTF-8.
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The first `digits` of the digest's 64 lower-case hexadecimal digits.
  public static String hex(byte[] bytes, int digits) {
    return HexFormat.of().formatHex(of(bytes)).substring(0, digits);
  }

  public static String hex(String text, int digits) {
    return hex(text.getBytes(StandardCharsets.UTF_8), digits);
  }
}
