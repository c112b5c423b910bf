// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import static dev.auriga.completion.Task.ANALYSIS;
import static dev.auriga.completion.Task.CODING;
import static dev.auriga.completion.Task.CREATIVE;
import static dev.auriga.completion.Task.HIGH_VOLUME;
import static dev.auriga.completion.Task.MULTIMODAL;
import static dev.auriga.completion.Task.SIMPLE;

import dev.auriga.completion.Task;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The table behind the route `auto` when nobody wrote one: which model for which task.
public final class UsualRoutes {
  /// Primary first, then its fallbacks.
  public static final Map<Task, List<String>> TABLE =
      Map.of(
          CODING, List.of("claude-sonnet-4-5", "gpt-4o"),
          CREATIVE, List.of("gpt-4o", "claude-sonnet-4-5"),
          ANALYSIS, List.of("claude-sonnet-4-5", "gpt-4o"),
          SIMPLE, List.of("claude-haiku-4-5", "gpt-4o-mini"),
          MULTIMODAL, List.of("gemini-2.5-pro", "gpt-4o"),
          HIGH_VOLUME, List.of("claude-haiku-4-5", "gpt-4o-mini"));

  private UsualRoutes() {}

  /// The table restricted to the deployments there are; a task none of whose models is there takes
  /// all there are, in their order.
  public static RouteConfig over(Collection<String> deployments) {
    if (deployments.isEmpty()) {
      throw new IllegalArgumentException("a route needs at least one deployment");
    }
    Map<Task, RouteConfig> branches = new EnumMap<>(Task.class);
    TABLE.forEach(
        (task, models) -> {
          List<String> present = models.stream().filter(deployments::contains).toList();
          List<String> branch = present.isEmpty() ? List.copyOf(deployments) : present;
          branches.put(task, RouteConfig.inTurn(branch.toArray(String[]::new)));
        });
    return RouteConfig.classify(branches);
  }
}
