// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

/// How one kind of secret or personal data is recognised.
///
/// A rule looks at the text from one position on, at no more than [#REACH] characters, and back at
/// no more than [#BACK]. Its word does not depend on how much of the text has come: where more could
/// change it, it asks for more.
interface Rule {
  /// How far a rule looks on from where something begins, at most.
  int REACH = 9_000;

  /// How far a rule looks back.
  int BACK = 32;

  String token();

  /// Whether what it recognises may begin with this character.
  boolean mayBegin(char first);

  /// What is recognised at `at`. `whole` says that nothing follows the text given.
  Look look(CharSequence text, int at, boolean whole);

  /// What a look says.
  sealed interface Look {
    /// It is here, from the one position to the other.
    record Found(String token, int from, int to) implements Look {}

    /// It is not here, whatever follows.
    record Not() implements Look {}

    /// What follows decides.
    record More() implements Look {}
  }

  Look NOT = new Look.Not();
  Look MORE = new Look.More();

  /// The character before `at`, or a space at the beginning.
  static char before(CharSequence text, int at) {
    return at > 0 ? text.charAt(at - 1) : ' ';
  }
}
