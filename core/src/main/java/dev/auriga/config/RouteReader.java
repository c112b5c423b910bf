// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one route expression: a name, a list tried in turn, or a strategy.
final class RouteReader {
  static final String FORMS =
      "a name, a list tried in turn, or a strategy such as classify: {task: …} or fastest: […]";

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
    List<RouteConfig> branches = branches(items, path);
    return branches == null ? null : new RouteConfig.InTurn(branches);
  }

  /// The expressions of a list, null when it is empty or one of them cannot be made out.
  @Nullable List<RouteConfig> branches(Node node, String path) {
    if (!(node instanceof Node.Items items) || items.nodes().isEmpty()) {
      String what = node instanceof Node.Items ? "an empty list" : "must be a list";
      findings.add(path, what, "name what is to be tried");
      return null;
    }
    List<RouteConfig> branches = new ArrayList<>();
    boolean whole = true;
    int index = 0;
    for (Node each : items.nodes()) {
      String at = "%s[%d]".formatted(path, index++);
      findings.note(at, each.place());
      RouteConfig branch = read(each, at);
      if (branch == null) {
        whole = false;
      } else {
        branches.add(branch);
      }
    }
    return whole ? branches : null;
  }

  private @Nullable RouteConfig strategy(Node.Mapping mapping, String path) {
    Section section = routes.of(mapping, path);
    return new StrategyReader(section, path, this).read(mapping.entries());
  }

  /// The members a strategy chooses from, under `key`; null when they cannot be made out.
  @Nullable List<RouteConfig> members(Section from, String key) {
    Node node = from.value(key);
    if (node == null) {
      findings.add(from.path(key), "is missing", "name what is to be chosen from, as in [a, b]");
      return null;
    }
    return branches(node, from.path(key));
  }

  /// The expression under `key`; null when it cannot be made out.
  @Nullable RouteConfig member(Section from, String key) {
    Node node = from.value(key);
    if (node == null) {
      findings.add(from.path(key), "is missing", "name a deployment or a route");
      return null;
    }
    return read(node, from.path(key));
  }
}
