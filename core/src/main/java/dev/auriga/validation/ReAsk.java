// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import java.util.List;

/// Words the one question that is asked again: what is wrong, where, the fragment, and that a whole
/// answer is wanted.
///
/// A pure function of the findings, so that a record shows what was asked. A fragment is quoted
/// within a fence longer than any in it, and named as a quotation, so that it does not pass for an
/// instruction.
public final class ReAsk {
  private static final int MOST = 10;

  private ReAsk() {}

  /// The message to a model whose answer had `findings`, at least one of them a fault.
  public static String message(List<Finding> findings) {
    List<Finding> faults = findings.stream().filter(Finding::isFault).distinct().toList();
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("nothing to ask again about: " + findings);
    }
    StringBuilder message = new StringBuilder("Your last answer cannot be used. What is wrong with it:\n");
    for (Finding finding : faults.subList(0, Math.min(MOST, faults.size()))) {
      message.append("\n- ").append(where(finding.place())).append(finding.what()).append('.');
      if (!finding.fragment().isEmpty()) {
        message.append(" You wrote:\n").append(quoted(finding.fragment()));
      }
    }
    if (faults.size() > MOST) {
      message.append("\n- and %d more of the kind.".formatted(faults.size() - MOST));
    }
    return message.append("\n\n").append(wanted(faults)).toString();
  }

  private static String where(Place place) {
    return switch (place) {
      case Place.Whole _, Place.Span _ -> "";
      case Place.Value value -> value.pointer().isEmpty() ? "" : "at \"%s\": ".formatted(value.pointer());
      case Place.Argument argument ->
          argument.pointer().isEmpty()
              ? "in the call of \"%s\": ".formatted(argument.tool())
              : "in the call of \"%s\", at \"%s\": ".formatted(argument.tool(), argument.pointer());
    };
  }

  private static String quoted(String fragment) {
    String fence = "```";
    while (fragment.contains(fence)) {
      fence += "`";
    }
    return fence + "\n" + fragment + "\n" + fence;
  }

  private static String wanted(List<Finding> faults) {
    return switch (faults.getFirst().reason()) {
      case NOT_JSON, SCHEMA ->
          "Give the whole answer again, corrected: the JSON alone, with nothing before or after it.";
      case UNKNOWN_TOOL, ARGUMENTS ->
          "Make the whole turn again, corrected, with every call it needs and complete arguments.";
      case TRUNCATED, TOO_LONG -> "Give the whole answer again, shorter, so that it is complete.";
      case EMPTY, TOO_SHORT, LANGUAGE, REPETITION, REFUSAL, PATTERN, CUSTOM, UNCHECKED ->
          "Give the whole answer again, corrected.";
    };
  }
}
