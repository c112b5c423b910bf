// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.router;

import java.util.List;
import java.util.regex.Pattern;

/// How a deployment that is itself a router came to its answer, as it tells: names, statuses and codes, no
/// word of the request or the answer.
///
/// @param strategy how it chose, in its own words (`balanced`, `direct`, …); empty where it does not say
/// @param affinity what became of the conversation's former model (`initialize`, `retain`, `switch`); empty
///     where it does not say
/// @param steps whom it asked, in order
public record RouterTrace(String strategy, String affinity, List<Step> steps) {
  /// More than any router asks; what comes beyond is left out.
  private static final int MOST_STEPS = 32;

  /// What a name or a code can be.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/@~()+-]+(?: [A-Za-z0-9._:/@~()+-]+){0,4}");

  private static final int LONGEST = 100;

  /// One model it asked.
  ///
  /// @param provider who serves it, empty where it does not say
  /// @param status what came of it as an HTTP status, 0 where it does not say
  /// @param code the error's code, empty where there was none
  public record Step(String model, String provider, int status, String code) {}

  public RouterTrace {
    steps = List.copyOf(steps);
  }

  static RouterTrace of(String strategy, String affinity, List<Step> steps) {
    return new RouterTrace(
        name(strategy), name(affinity), steps.subList(0, Math.min(MOST_STEPS, steps.size())));
  }

  static Step step(String model, String provider, int status, String code) {
    return new Step(name(model), name(provider), status >= 100 && status < 600 ? status : 0, name(code));
  }

  /// What is no name is left out, because it may be a text.
  private static String name(String said) {
    return said.length() <= LONGEST && NAME.matcher(said).matches() ? said : "";
  }
}
