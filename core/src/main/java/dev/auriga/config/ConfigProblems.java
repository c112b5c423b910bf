// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that is wrong with a configuration, in the order of its lines.
public final class ConfigProblems extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Where a value stands in the file; both count from 1.
  public record Place(int line, int column) {}

  /// One thing that is wrong.
  ///
  /// @param path the value's place in the tree, as in `providers.azure.endpoint`
  /// @param place its place in the file, absent when the configuration did not come from one
  /// @param message what is wrong, without secrets
  /// @param advice what to do about it, absent when the message says it all
  public record Problem(
      String path, @Nullable Place place, String message, @Nullable String advice) {

    @Override
    public String toString() {
      String where =
          place == null ? "" : "line %d, column %d: ".formatted(place.line(), place.column());
      String what = path.isEmpty() ? message : path + ": " + message;
      return where + what + (advice == null ? "" : "; " + advice);
    }
  }

  private static final Comparator<Problem> BY_LINE =
      Comparator.comparing(Problem::place, Comparator.nullsFirst(
          Comparator.comparingInt(Place::line).thenComparingInt(Place::column)));

  private final transient List<Problem> problems;

  /// `source` is the file's name or another word for where the configuration came from.
  public ConfigProblems(String source, List<Problem> problems) {
    super(render(source, problems));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problems to report in " + source);
    }
    this.problems = problems.stream().sorted(BY_LINE).toList();
  }

  /// At least one, by line.
  public List<Problem> problems() {
    return problems;
  }

  private static String render(String source, List<Problem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .sorted(BY_LINE)
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", source + ": " + count, ""));
  }
}
