// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

/// A private key in its armour (PEM, OpenSSH, PGP): from `-----BEGIN` to the end of `-----END …-----`,
/// also where its line breaks are escaped. One that is cut off counts as far as it goes.
final class PrivateKeyRule implements Rule {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 40;
  private static final int LONGEST_KEY = 8_500;

  @Override
  public String token() {
    return "private-key";
  }

  @Override
  public boolean mayBegin(char first) {
    return first == '-';
  }

  @Override
  public Look look(CharSequence text, int at, boolean whole) {
    int known = Math.min(BEGIN.length(), text.length() - at);
    if (!matches(text, at, BEGIN.substring(0, known))) {
      return NOT;
    }
    if (known < BEGIN.length()) {
      return whole ? NOT : MORE;
    }
    int label = at + BEGIN.length();
    int body = indexOf(text, DASHES, label, label + LONGEST_LABEL);
    if (body < 0) {
      return whole || text.length() >= label + LONGEST_LABEL + DASHES.length() ? NOT : MORE;
    }
    if (!text.subSequence(label, body).toString().contains("PRIVATE KEY")) {
      return NOT;
    }
    int most = at + LONGEST_KEY;
    int end = indexOf(text, END, body + DASHES.length(), most);
    int last = end < 0 ? -1 : indexOf(text, DASHES, end + END.length(), end + END.length() + LONGEST_LABEL);
    if (last >= 0) {
      return new Look.Found(token(), at, last + DASHES.length());
    }
    boolean decided = whole || text.length() >= most + END.length() + LONGEST_LABEL + DASHES.length();
    return decided ? new Look.Found(token(), at, Math.min(text.length(), most)) : MORE;
  }

  private static boolean matches(CharSequence text, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (text.charAt(at + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Where `word` begins, from `from` to `to`; -1 where it does not.
  private static int indexOf(CharSequence text, String word, int from, int to) {
    for (int at = from; at <= Math.min(to, text.length() - word.length()); at++) {
      if (matches(text, at, word)) {
        return at;
      }
    }
    return -1;
  }
}
