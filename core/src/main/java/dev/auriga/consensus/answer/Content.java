// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an answer says, in the form in which answers are compared.
public sealed interface Content {

  /// Whether it can agree with others.
  default boolean isValid() {
    return true;
  }

  /// @param counted the words around the numbers, such as "apples", where the question does not say what
  ///     is counted
  record Amount(List<Quantity> quantities, Set<String> counted) implements Content {
    public Amount {
      quantities = List.copyOf(quantities);
      counted = Set.copyOf(counted);
    }
  }

  /// @param letters of the options, sorted
  record Choice(List<String> letters) implements Content {
    public Choice {
      letters = List.copyOf(letters);
    }
  }

  /// What a yes-or-no question got.
  enum Truth implements Content {
    YES,
    NO,
    /// It says that it depends.
    NEITHER
  }

  record Date(Moment moment) implements Content {}

  /// @param leaves values by their path, each in canonical form
  record Json(Map<String, JsonLeaf> leaves) implements Content {
    public Json {
      leaves = Map.copyOf(leaves);
    }
  }

  /// @param items in canonical form, in the order written
  record Items(List<String> items, boolean isOrdered) implements Content {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// @param tokens without comments and white space
  record Code(List<String> tokens) implements Content {
    public Code {
      tokens = List.copyOf(tokens);
    }
  }

  /// @param words in canonical form
  /// @param written as it stands
  record Span(List<String> words, Prose written) implements Content {
    public Span {
      words = List.copyOf(words);
    }
  }

  record Text(Prose text) implements Content {}

  /// It is no answer or cannot be read: it agrees with nothing, another such one included.
  enum Nothing implements Content {
    /// The model declined to answer.
    REFUSED,
    EMPTY,
    /// No answer of the panel's kind could be found in it.
    UNREAD;

    @Override
    public boolean isValid() {
      return false;
    }
  }
}
