// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.names;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a dialect takes as the name of a tool and as the id of a call.
public record NameRule(Words tool, Words call) {

  /// The same for a model that wants ids of calls of that many letters and digits; null where it does
  /// not.
  public NameRule withCallLength(@Nullable Integer length) {
    return length == null ? this : new NameRule(tool, Words.exactly(length));
  }

  /// A kind of word: ASCII letters and digits, `_`, and more.
  ///
  /// @param more further characters it may have; null for any at all
  /// @param opensWithLetter whether it must begin with a letter or `_`
  /// @param least the fewest characters it may have; where that is as many as the most, it has letters
  ///     and digits alone
  /// @param longest the most characters it may have, at least 20 where they are not the fewest too
  public record Words(@Nullable String more, boolean opensWithLetter, int least, int longest) {
    private static final int HASH_DIGITS = 10;
    private static final String ALPHABET =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// That many letters and digits, at most 40.
    public static Words exactly(int length) {
      return new Words("", false, length, length);
    }

    public static Words of(String more, int longest) {
      return new Words(more, false, 1, longest);
    }

    /// Any characters, `longest` at most.
    public static Words any(int longest) {
      return new Words(null, false, 1, longest);
    }

    public Words openedWithLetter() {
      return new Words(more, true, least, longest);
    }

    public boolean allows(String word) {
      if (word.length() < least || word.length() > longest || (opensWithLetter && !opens(word.charAt(0)))) {
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
      if (least == longest) {
        return letters(word);
      }
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

    /// Letters and digits alone, drawn from the hash.
    private String letters(String word) {
      BigInteger left = new BigInteger(1, digest(word));
      BigInteger base = BigInteger.valueOf(ALPHABET.length());
      StringBuilder letters = new StringBuilder(longest);
      while (letters.length() < longest) {
        letters.append(ALPHABET.charAt(left.mod(base).intValue()));
        left = left.divide(base);
      }
      return letters.toString();
    }

    private boolean allows(char each) {
      if (least == longest && each == '_') {
        return false;
      }
      return more == null || opens(each) || (each >= '0' && each <= '9') || more.indexOf(each) >= 0;
    }

    private static boolean opens(char each) {
      return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
    }

    private static String hash(String word) {
      return HexFormat.of().formatHex(digest(word)).substring(0, HASH_DIGITS);
    }

    private static byte[] digest(String word) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java platform has SHA-256", impossible);
      }
    }
  }
}
