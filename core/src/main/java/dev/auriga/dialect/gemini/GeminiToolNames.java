// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Function names as Gemini takes them, and short digests that keep made-up names apart.
///
/// A legal name stays as it is; another is cleaned, cut and given a suffix from its digest, the
/// same one every time. Source: Google Gen AI SDK, `FunctionDeclaration.name`.
final class GeminiToolNames {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}");
  private static final Pattern ILLEGAL_CHARACTER = Pattern.compile("[^a-zA-Z0-9_.:-]");
  private static final int DIGEST_CHARACTERS = 8;
  private static final int LONGEST_STEM = 64 - 1 - 1 - DIGEST_CHARACTERS;

  private GeminiToolNames() {}

  static boolean isLegal(String name) {
    return LEGAL.matcher(name).matches();
  }

  static String onWire(String name) {
    if (isLegal(name)) {
      return name;
    }
    String clean = ILLEGAL_CHARACTER.matcher(name).replaceAll("_");
    boolean needsOpening = clean.isEmpty() || !isLegal(clean.substring(0, 1));
    String stem = clean.substring(0, Math.min(clean.length(), LONGEST_STEM));
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return (needsOpening ? "_" : "") + stem + "_" + digest(text).substring(0, DIGEST_CHARACTERS);
  }

  /// SHA-256 of `bytes` in hexadecimal.
  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
