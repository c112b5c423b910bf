// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// How much a model may think before it answers.
public sealed interface Thinking {

  /// The client said nothing.
  record Unsaid() implements Thinking {}

  record Off() implements Thinking {}

  /// On, with at most `tokens` spent on it.
  record Budget(int tokens) implements Thinking {
    public Budget {
      if (tokens < 0) {
        throw new IllegalArgumentException("thinking budget must not be negative, was " + tokens);
      }
    }
  }

  /// On, without a stated budget.
  record On() implements Thinking {}

  /// On, as much as the named effort asks for (`minimal`, `low`, `medium`, `high`, `xhigh`, `max`).
  record Effort(String level) implements Thinking {}

  /// Whether the client asked for thinking in any form.
  default boolean isOn() {
    return switch (this) {
      case Unsaid _, Off _ -> false;
      case Budget budget -> budget.tokens() > 0;
      case On _ -> true;
      case Effort effort -> !effort.level().equals("none");
    };
  }
}
