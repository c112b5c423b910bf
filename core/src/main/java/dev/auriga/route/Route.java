// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;
import java.util.List;
import java.util.Map;

/// A route's expression, with every name resolved: the strategy behind a public model name.
public sealed interface Route {

  /// One deployment, by name.
  record To(String deployment) implements Route {}

  /// Tried in turn: the first is primary, the rest are fallbacks.
  record InTurn(List<Route> routes) implements Route {
    public InTurn {
      routes = List.copyOf(routes);
      if (routes.isEmpty()) {
        throw new IllegalArgumentException("a route tried in turn needs at least one member");
      }
    }
  }

  /// By task; a task that is not listed takes the branch of [Task#ANALYSIS].
  record Classify(Map<Task, Route> branches) implements Route {
    public Classify {
      branches = Map.copyOf(branches);
      if (!branches.containsKey(Task.ANALYSIS) && branches.size() < Task.values().length) {
        throw new IllegalArgumentException("classify needs every task or the branch analysis");
      }
    }
  }
}
