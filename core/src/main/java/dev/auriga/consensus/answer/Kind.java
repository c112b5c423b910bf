// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of answers a panel gives, and so how they are read.
public sealed interface Kind {

  /// The name users see: `number`, `choice`, …
  String token();

  /// A number, perhaps with a unit.
  ///
  /// @param unit of numbers written without one, where the question names it
  /// @param places to how many decimal places the question has it rounded, absent when exact
  /// @param isAsked whether the question asks for a number, so that what is counted is known
  record Amount(@Nullable Unit unit, @Nullable Integer places, boolean isAsked) implements Kind {
    @Override
    public String token() {
      return "number";
    }
  }

  /// One of lettered options.
  record Choice(List<Options.Option> options) implements Kind {
    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public String token() {
      return "choice";
    }
  }

  /// Yes or no, true or false.
  record Truth() implements Kind {
    @Override
    public String token() {
      return "boolean";
    }
  }

  /// A date or a time of day.
  ///
  /// @param order which is the day in dates written in numbers, where the question says so
  record Date(Moment.Order order) implements Kind {
    @Override
    public String token() {
      return "date";
    }
  }

  record Json() implements Kind {
    @Override
    public String token() {
      return "json";
    }
  }

  /// Several short items; their order counts only where the question asks for one.
  record Items(boolean isOrdered) implements Kind {
    @Override
    public String token() {
      return "list";
    }
  }

  record Code() implements Kind {
    @Override
    public String token() {
      return "code";
    }
  }

  /// A few words, such as a name.
  record Span() implements Kind {
    @Override
    public String token() {
      return "span";
    }
  }

  record Prose() implements Kind {
    @Override
    public String token() {
      return "prose";
    }
  }
}
