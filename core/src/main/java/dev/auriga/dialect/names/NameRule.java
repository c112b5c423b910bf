// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.names;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a dialect takes as the name of a tool and as the id of a call.
public record NameRule(Words tool, Words call) {

  /// A kind of word: ASCII letters and digits, `_`, and more.
  ///
  /// @param more further characters it may have; null for any at all
  /// @param opensWithLetter whether it must begin with a letter or `_`
  /// @param longest the most characters it may have, at least 20
  public record Words(@Nullable String more, boolean opensWithLetter, int longest) {
    private static final int HASH_DIGITS = 10;

    public static Words of(String more, int longest) {
      return new Words(more, false, longest);
    }

    /// Any characters, `longest` at most.
    public static Words any(int longest) {
      return new Words(null, false, longest);
    }

    public Words openedWithLetter() {
      return new Words(more, true, longest);
    }

    public boolean allows(String word) {
      if (word.isEmpty() || word.length() > longest || (opensWithLetter && !opens(word.charAt(0)))) {
        return false;
      }
      for (int i = 0; i < word.length(); i++) {
        if (!allows(word.charAt(i))) {
          return false;
        }
      }
      return true;
    }

    /// `word` itself where it is allowed; else what is allowed of it with a hash of the whole behind.
    public String allowed(String word) {
      return allows(word) ? word : hashed(word);
    }

    /// Another word for `word`, a different one for each `occurrence`.
    public String another(String word, int occurrence) {
      return hashed(word + "#" + occurrence);
    }

    private String hashed(String word) {
      StringBuilder legal = new StringBuilder(longest);
      if (opensWithLetter && (word.isEmpty() || !opens(word.charAt(0)))) {
        legal.append('_');
      }
      int room = longest - HASH_DIGITS - 1;
      for (int i = 0; i < word.length() && legal.length() < room; i++) {
        legal.append(allows(word.charAt(i)) ? word.charAt(i) : '_');
      }
      if (!legal.isEmpty() && Character.isHighSurrogate(legal.charAt(legal.length() - 1))) {
        legal.setLength(legal.length() - 1);
      }
      return legal.append('_').append(hash(word)).toString();
    }

    private boolean allows(char each) {
      return more == null || opens(each) || (each >= '0' && each <= '9') || more.indexOf(each) >= 0;
    }

    private static boolean opens(char each) {
      return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
    }

    private static String hash(String word) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java platform has SHA-256", impossible);
      }
    }
  }
}
