// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.config.RouteConfig.Panel;
import java.util.HashSet;

/// The checks of a panel; the same for a file and for a builder.
final class PanelChecks {
  /// More would cost more than their answers can tell; a panel inside a panel multiplies.
  static final int MOST_MEMBERS = 16;

  private final Findings findings;

  PanelChecks(Findings findings) {
    this.findings = findings;
  }

  void check(Panel panel, String path) {
    int members = panel.branches().size();
    if (members < 2 || members > MOST_MEMBERS) {
      findings.add(path, "a panel has 2 to %d members, not %d".formatted(MOST_MEMBERS, members));
    }
    if (new HashSet<>(panel.branches()).size() < members) {
      findings.add(path, "a member is named twice", "its answer would count twice");
    }
    Panel.Terms terms = panel.terms();
    if (terms.quorum() < 1 || terms.quorum() > Math.max(1, members)) {
      findings.add(
          path + ".quorum", "must be from 1 to the number of members, not %d".formatted(terms.quorum()));
    }
    Integer start = terms.start();
    if (start != null && (start < 2 || start < terms.quorum() || start > Math.max(2, members))) {
      findings.add(
          path + ".start",
          "must be from 2, and from the quorum, to the number of members, not %d".formatted(start));
    }
    if (start != null && !(panel.aim() instanceof Panel.Agree)) {
      findings.add(path + ".start", "belongs to a consensus", "whoever judges or writes wants every answer");
    }
    if (terms.within() != null && !terms.within().isPositive()) {
      findings.add(path + ".within", "must be longer than nothing");
    }
    if (panel.aim() instanceof Panel.Agree agree) {
      if (!(agree.agreement() >= 0 && agree.agreement() < 1)) {
        findings.add(
            path + ".agreement", "must be a share from 0 to less than 1, not %s".formatted(agree.agreement()),
            "it must be exceeded, so that 1 could never be reached");
      }
      if (terms.quorum() < 2) {
        findings.add(path + ".quorum", "must be at least 2", "one answer alone agrees with nobody");
      }
    }
  }
}
