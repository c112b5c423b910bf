// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.FidelityRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What decisions are made from: the routes by name, the deployments there are, the classifier,
/// and the fidelity asked of translations.
public record Policy(
    Map<String, Route> routes, Set<String> deployments, Classifier classifier, FidelityRule fidelity) {

  public Policy {
    routes = Map.copyOf(routes);
    deployments = Set.copyOf(deployments);
  }

  /// One whose translations report what they lose.
  public Policy(Map<String, Route> routes, Set<String> deployments, Classifier classifier) {
    this(routes, deployments, classifier, FidelityRule.USUAL);
  }

  /// Every name a client may put in `model`: routes and deployments, in alphabetical order.
  public List<String> names() {
    Set<String> names = new TreeSet<>(routes.keySet());
    names.addAll(deployments);
    return List.copyOf(names);
  }
}
