// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.List;

/// The tools a request offers and how free the model is in calling them.
public record Offer(List<ToolCard> tools, Choice choice, List<String> allowed, boolean parallel) {

  /// How free the model is to call tools.
  public enum Choice {
    NONE,
    AUTO,
    REQUIRED
  }

  /// No tools at all.
  public static final Offer NOTHING = new Offer(List.of(), Choice.NONE, List.of(), false);

  public Offer {
    tools = List.copyOf(tools);
    allowed = List.copyOf(allowed);
  }

  /// The tools that may be called: those allowed by name, or all when no name is given.
  public List<ToolCard> callable() {
    return allowed.isEmpty()
        ? tools
        : tools.stream().filter(tool -> allowed.contains(tool.name())).toList();
  }
}
