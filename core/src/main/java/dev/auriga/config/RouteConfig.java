// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A route's expression: which deployments serve it and how they are chosen.
public sealed interface RouteConfig {

  /// A deployment or another route.
  record Name(String name) implements RouteConfig {}

  /// Tried in turn: the first is primary, the rest are fallbacks.
  record InTurn(List<RouteConfig> branches) implements RouteConfig {
    public InTurn {
      branches = List.copyOf(branches);
      if (branches.isEmpty()) {
        throw new IllegalArgumentException("a route tried in turn needs at least one branch");
      }
    }
  }

  /// One branch for each task. A task that is not listed takes the `analysis` branch, so that one
  /// must be there: without it a configuration is refused when it is loaded.
  record Classify(Map<Task, RouteConfig> branches) implements RouteConfig {
    public Classify {
      Map<Task, RouteConfig> ordered = new EnumMap<>(Task.class);
      ordered.putAll(branches);
      branches = Collections.unmodifiableMap(ordered);
    }

    /// The branch for `task`, or that for analysis.
    public RouteConfig branch(Task task) {
      RouteConfig branch = branches.get(branches.containsKey(task) ? task : Task.ANALYSIS);
      if (branch == null) {
        throw new IllegalStateException(
            "classify has no branch for %s, nor for analysis".formatted(task.token()));
      }
      return branch;
    }
  }

  static RouteConfig to(String name) {
    return new Name(name);
  }

  /// The named ones in turn; just the name when there is one.
  static RouteConfig inTurn(String... names) {
    return names.length == 1
        ? new Name(names[0])
        : new InTurn(Stream.of(names).<RouteConfig>map(Name::new).toList());
  }

  static RouteConfig inTurn(List<RouteConfig> branches) {
    return new InTurn(branches);
  }

  static RouteConfig classify(Map<Task, RouteConfig> branches) {
    return new Classify(branches);
  }
}
