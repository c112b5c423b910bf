// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.ArrayList;
import java.util.List;

/// Finds what rules recognise in a text that comes in pieces, cut anywhere; the same as in the whole
/// text at once.
///
/// Goes from left to right; where something is found, it goes on behind it. Each position is decided
/// as soon as what came suffices, so no more is held back than what may be the beginning of
/// something, at most a sixteenth more than
/// [Rule#REACH] characters. Time is in proportion to the text. For one thread.
final class HitScanner {
  private static final int ASCII = 128;

  /// Hears the text, in its order.
  interface Listener {
    void plain(CharSequence text);

    void hit(Hit hit);
  }

  /// For each character the rules that may begin with it.
  private final List<List<Rule>> rules = new ArrayList<>();

  private final Listener listener;
  /// What is looked back at, and after it what is not decided.
  private final StringBuilder text = new StringBuilder();
  private int decided;
  private long told;
  /// How much must be held before looking again at where more was asked for: a sixteenth more, so
  /// that what comes character by character is not read over and over.
  private int lookAgain;

  HitScanner(List<Rule> all, Listener listener) {
    this.listener = listener;
    for (char first = 0; first < ASCII; first++) {
      char each = first;
      rules.add(all.stream().filter(rule -> rule.mayBegin(each)).toList());
    }
  }

  void feed(CharSequence piece) {
    text.append(piece);
    if (held() >= lookAgain) {
      decide(false);
    }
  }

  /// The text ends here.
  void finish() {
    decide(true);
  }

  /// How many characters are held back.
  int held() {
    return text.length() - decided;
  }

  private void decide(boolean whole) {
    int plainFrom = decided;
    while (decided < text.length()) {
      Rule.Look look = look(whole);
      if (look instanceof Rule.Look.More) {
        lookAgain = held() + 1 + held() / 16;
        break;
      }
      lookAgain = 0;
      if (look instanceof Rule.Look.Found found) {
        tell(plainFrom, found.from());
        listener.hit(new Hit(found.token(), told, told + found.to() - found.from()));
        told += found.to() - found.from();
        decided = found.to();
        plainFrom = decided;
      } else {
        decided++;
      }
    }
    tell(plainFrom, decided);
    int forget = Math.max(0, decided - Rule.BACK);
    text.delete(0, forget);
    decided -= forget;
  }

  private Rule.Look look(boolean whole) {
    char first = text.charAt(decided);
    for (Rule rule : first < ASCII ? rules.get(first) : List.<Rule>of()) {
      Rule.Look look = rule.look(text, decided, whole);
      if (!(look instanceof Rule.Look.Not)) {
        return look;
      }
    }
    return Rule.NOT;
  }

  private void tell(int from, int to) {
    if (to > from) {
      listener.plain(text.subSequence(from, to));
      told += to - from;
    }
  }
}
