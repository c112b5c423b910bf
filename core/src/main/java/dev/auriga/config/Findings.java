// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Nearest;
import dev.auriga.config.ConfigProblems.Place;
import dev.auriga.config.ConfigProblems.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong, and knows where in the file each path stands.
final class Findings {
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  /// Remembers that `path` stands at `place`.
  void note(String path, Place place) {
    places.putIfAbsent(path, place);
  }

  void add(String path, String message) {
    add(path, message, null);
  }

  /// At the place of `path`, or of the nearest thing around it that is in the file.
  void add(String path, String message, @Nullable String advice) {
    problems.add(new Problem(path, place(path), message, advice));
  }

  /// A name that is not among the known ones.
  void unknown(String path, String message, String written, Collection<String> known) {
    add(path, message, Nearest.advice(written, known));
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  private @Nullable Place place(String path) {
    String around = path;
    while (!around.isEmpty() && !places.containsKey(around)) {
      around = around.substring(0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
    }
    return places.get(around);
  }
}
