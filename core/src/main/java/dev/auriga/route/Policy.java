// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.FidelityRule;
import dev.auriga.ledger.PriceBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What decisions are made from, beside the request and the moment: the routes by name, what is known
/// of the deployments, the classifier, the prices, what is expected of models beforehand.
///
/// @param fidelity what is asked of translations
/// @param learning what is expected of models beforehand, and how learned choices come about
/// @param version names this state of the policy in records
public record Policy(
    Map<String, Route> routes,
    Map<String, Profile> deployments,
    Classifier classifier,
    PriceBook prices,
    FidelityRule fidelity,
    Learning learning,
    Version version) {

  public Policy {
    routes = Map.copyOf(routes);
    deployments = Map.copyOf(deployments);
  }

  /// The policy of these parts, with its version.
  public Policy(
      Map<String, Route> routes,
      Map<String, Profile> deployments,
      Classifier classifier,
      PriceBook prices,
      FidelityRule fidelity,
      Learning learning) {
    this(
        routes, deployments, classifier, prices, fidelity, learning,
        new PolicyText(prices)
            .routes(routes, classifier)
            .deployments(deployments)
            .fidelity(fidelity)
            .learning(learning)
            .version());
  }

  /// A policy over deployments of which only their names are known.
  public static Policy of(Map<String, Route> routes, Set<String> deployments, Classifier classifier) {
    return new Policy(
        routes,
        deployments.stream().collect(Collectors.toMap(name -> name, Profile::of)),
        classifier,
        PriceBook.shipped(),
        FidelityRule.USUAL,
        Learning.USUAL);
  }

  /// The same with another classifier.
  Policy withClassifier(Classifier other) {
    return new Policy(routes, deployments, other, prices, fidelity, learning, version);
  }

  /// Every name a client may put in `model`: routes and deployments, in alphabetical order.
  public List<String> names() {
    Set<String> names = new TreeSet<>(routes.keySet());
    names.addAll(deployments.keySet());
    return List.copyOf(names);
  }

  /// Whether there is a choice for who asks for `name`, here or at a deployment that is a router itself: only
  /// then it matters where a conversation is.
  public boolean hasChoice(String name) {
    Route route = routes.get(name);
    if (route == null) {
      return isRouter(deployments.get(name));
    }
    return route.hasChoice()
        || deployments.entrySet().stream()
            .anyMatch(entry -> isRouter(entry.getValue()) && route.leadsTo(entry.getKey()));
  }

  private static boolean isRouter(@Nullable Profile profile) {
    return profile != null && profile.choice() != null;
  }

  /// Every region tag there is, in alphabetical order.
  public Set<String> regions() {
    Set<String> regions = new TreeSet<>();
    for (Profile profile : deployments.values()) {
      if (profile.region() != null) {
        regions.add(profile.region());
      }
    }
    return regions;
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
}
