// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids of calls and names of tools in the alphabet Anthropic takes, `[a-zA-Z0-9_-]`.
///
/// A legal one stays as it is. Any other gets its illegal characters replaced and a hash of the
/// original behind it, so that the same one always maps to the same and two never to one.
/// Source: Anthropic OpenAPI document (`tool_use.id`, `Tool.name`).
final class AnthropicNames {
  private static final int LONGEST_NAME = 128;
  private static final int HASH_DIGITS = 10;

  private AnthropicNames() {}

  static String callId(String id) {
    return isLegal(id) ? id : hashed(id, 64);
  }

  static String toolName(String name) {
    return isLegal(name) && name.length() <= LONGEST_NAME ? name : hashed(name, LONGEST_NAME);
  }

  /// Another id for the `occurrence`th call that bears `id`.
  static String repeatedCallId(String id, int occurrence) {
    return hashed(id + "#" + occurrence, 64);
  }

  private static boolean isLegal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isLegal(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isLegal(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '_'
        || each == '-';
  }

  private static String hashed(String text, int longest) {
    int kept = Math.min(text.length(), longest - HASH_DIGITS - 1);
    StringBuilder legal = new StringBuilder(longest);
    for (int i = 0; i < kept; i++) {
      legal.append(isLegal(text.charAt(i)) ? text.charAt(i) : '_');
    }
    return legal.append('_').append(hash(text)).toString();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
