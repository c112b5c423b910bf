// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.FidelityRule;
import dev.auriga.ledger.PriceBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What decisions are made from, beside the request and the moment: the routes by name, what is known
/// of the deployments, the classifier, the prices, what is expected of models beforehand.
///
/// @param fidelity what is asked of translations
/// @param priors the expected quality of models at tasks before anything was learned
/// @param exploration the share of learned choices that is spread evenly over all that can serve
/// @param version names this state of the policy in records
public record Policy(
    Map<String, Route> routes,
    Map<String, Profile> deployments,
    Classifier classifier,
    PriceBook prices,
    FidelityRule fidelity,
    Map<Snapshot.Skill, Snapshot.Outcomes> priors,
    double exploration,
    String version) {

  /// What is expected of a model nobody said anything about, with the weight of ten outcomes.
  private static final Snapshot.Outcomes UNKNOWN = new Snapshot.Outcomes(7, 3, 0);

  /// The share of learned choices that is spread evenly where the configuration does not say.
  public static final double USUAL_EXPLORATION = 0.02;

  public Policy {
    routes = Map.copyOf(routes);
    deployments = Map.copyOf(deployments);
    priors = Map.copyOf(priors);
    if (!(exploration >= 0 && exploration <= 0.5)) {
      throw new IllegalArgumentException("exploration is a share from 0 to 0.5: " + exploration);
    }
  }

  /// A policy over deployments of which only their names are known.
  public static Policy of(Map<String, Route> routes, Set<String> deployments, Classifier classifier) {
    return new Policy(
        routes,
        deployments.stream().collect(Collectors.toMap(name -> name, Profile::of)),
        classifier,
        PriceBook.shipped(),
        FidelityRule.USUAL,
        Map.of(),
        USUAL_EXPLORATION,
        "unversioned");
  }

  /// Every name a client may put in `model`: routes and deployments, in alphabetical order.
  public List<String> names() {
    Set<String> names = new TreeSet<>(routes.keySet());
    names.addAll(deployments.keySet());
    return List.copyOf(names);
  }

  /// What is known of `deployment`; throws [IllegalStateException] when it does not exist.
  public Profile profile(String deployment) {
    Profile profile = deployments.get(deployment);
    if (profile == null) {
      throw new IllegalStateException(
          "a route names the deployment \"%s\", which does not exist".formatted(deployment));
    }
    return profile;
  }

  /// What is expected of a model at a task before anything was learned.
  public Snapshot.Outcomes prior(Snapshot.Skill skill) {
    return priors.getOrDefault(skill, UNKNOWN);
  }
}
