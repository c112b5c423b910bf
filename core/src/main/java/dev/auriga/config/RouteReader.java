// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one route expression: a name, a list tried in turn, or a strategy.
final class RouteReader {
  private static final List<String> STRATEGIES = List.of("classify");
  private static final String FORMS = "a name, a list of names tried in turn, or classify: {task: …}";

  private final Section routes;
  private final Findings findings;

  RouteReader(Section routes) {
    this.routes = routes;
    this.findings = routes.findings();
  }

  /// The expression, null when it cannot be made out; problems then say why.
  @Nullable RouteConfig read(Node node, String path) {
    return switch (node) {
      case Node.Scalar scalar -> name(scalar, path);
      case Node.Items items -> inTurn(items, path);
      case Node.Mapping mapping -> strategy(mapping, path);
      case Node.Nothing _ -> {
        findings.add(path, "has no value", "a route is " + FORMS);
        yield null;
      }
    };
  }

  private @Nullable RouteConfig name(Node.Scalar scalar, String path) {
    if (scalar.text().isBlank()) {
      findings.add(path, "is empty", "a route is " + FORMS);
      return null;
    }
    return new RouteConfig.Name(scalar.text());
  }

  private @Nullable RouteConfig inTurn(Node.Items items, String path) {
    if (items.nodes().isEmpty()) {
      findings.add(path, "an empty list", "name what is to be tried");
      return null;
    }
    List<RouteConfig> branches = new ArrayList<>();
    boolean whole = true;
    int index = 0;
    for (Node node : items.nodes()) {
      String at = "%s[%d]".formatted(path, index++);
      findings.note(at, node.place());
      RouteConfig branch = read(node, at);
      if (branch == null) {
        whole = false;
      } else {
        branches.add(branch);
      }
    }
    return whole ? new RouteConfig.InTurn(branches) : null;
  }

  private @Nullable RouteConfig strategy(Node.Mapping mapping, String path) {
    Section section = routes.of(mapping, path);
    RouteConfig route = section.has("classify") ? classify(section) : null;
    for (Node.Entry entry : mapping.entries()) {
      if (!STRATEGIES.contains(entry.key())) {
        String message = "unknown strategy \"%s\"".formatted(entry.key());
        findings.unknown(section.path(entry.key()), message, entry.key(), STRATEGIES);
        route = null;
      }
    }
    if (mapping.entries().isEmpty()) {
      findings.add(path, "an empty mapping", "a route is " + FORMS);
    }
    return route;
  }

  private @Nullable RouteConfig classify(Section section) {
    Map<Task, RouteConfig> branches = new EnumMap<>(Task.class);
    List<String> unread = new ArrayList<>();
    section.each(
        "classify",
        (name, node, at) -> {
          Optional<Task> task = Task.of(name);
          if (task.isEmpty()) {
            findings.unknown(at, "unknown task \"%s\"".formatted(name), name, Task.names());
            unread.add(name);
          }
          RouteConfig branch = read(node, at);
          if (branch == null) {
            unread.add(name);
          } else {
            task.ifPresent(known -> branches.put(known, branch));
          }
        });
    return unread.isEmpty() ? new RouteConfig.Classify(branches) : null;
  }
}
