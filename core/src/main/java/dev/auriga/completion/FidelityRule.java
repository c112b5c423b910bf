// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.Map;

/// The fidelity asked of translations: the usual one, and those of routes that want another.
public record FidelityRule(Fidelity usual, Map<String, Fidelity> routes) {
  public static final FidelityRule USUAL = new FidelityRule(Fidelity.REPORT, Map.of());

  public FidelityRule {
    routes = Map.copyOf(routes);
  }

  /// What holds for the route or deployment a client names.
  public Fidelity of(String route) {
    return routes.getOrDefault(route, usual);
  }
}
