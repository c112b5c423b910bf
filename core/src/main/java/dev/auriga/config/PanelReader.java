// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.config.RouteConfig.Panel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what several members are asked for: `consensus`, `judge` or `fuse`.
final class PanelReader {
  private final Section panel;
  private final RouteReader routes;

  PanelReader(Section panel, RouteReader routes) {
    this.panel = panel;
    this.routes = routes;
  }

  /// The panel that `strategy` stands for, null when it cannot be made out; problems then say why.
  @Nullable RouteConfig read(String strategy) {
    List<RouteConfig> members = routes.members(panel, "of");
    Panel.Aim aim = aim(strategy);
    Integer quorum = panel.count("quorum", 1);
    Integer start = panel.count("start", 2);
    Duration within = panel.parsed("within", Units::duration);
    panel.finish();
    Panel.Terms terms =
        new Panel.Terms(quorum == null ? Panel.Terms.USUAL.quorum() : quorum, start, within);
    return members == null || aim == null ? null : new Panel(members, aim, terms);
  }

  private Panel.@Nullable Aim aim(String strategy) {
    if (strategy.equals("consensus")) {
      Double agreement = panel.parsed("agreement", Units::share);
      RouteConfig opinion = panel.has("opinion") ? routes.member(panel, "opinion") : null;
      return new Panel.Agree(agreement == null ? Panel.Agree.USUAL.agreement() : agreement, opinion);
    }
    RouteConfig by = routes.member(panel, "by");
    if (by == null) {
      return null;
    }
    return strategy.equals("judge") ? new Panel.Judge(by) : new Panel.Fuse(by);
  }
}
