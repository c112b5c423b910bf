// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of texts and bytes.
public final class Sha256 {
  /// Cloned for each digest, which takes a fraction of looking the algorithm up again.
  private static final MessageDigest PROTOTYPE = prototype();

  private Sha256() {}

  private static MessageDigest prototype() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// The 32 bytes of the digest of `bytes`.
  public static byte[] of(byte[] bytes) {
    try {
      return ((MessageDigest) PROTOTYPE.clone()).digest(bytes);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the JDK's own digests can be cloned", impossible);
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
