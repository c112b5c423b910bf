// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Task;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.LearningConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.dialect.router.Router;
import dev.auriga.ledger.PriceBook;
import dev.auriga.provider.Deployment;
import dev.auriga.route.Keywords;
import dev.auriga.route.Learning;
import dev.auriga.route.Plan;
import dev.auriga.route.Policy;
import dev.auriga.route.Profile;
import dev.auriga.route.Route;
import dev.auriga.route.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Builds what decisions are made from out of a configuration and its deployments.
final class PolicyAssembler {
  private final Config config;
  private final List<Deployment> deployments;
  private final PriceBook prices;

  PolicyAssembler(Config config, List<Deployment> deployments, PriceBook prices) {
    this.config = config;
    this.deployments = deployments;
    this.prices = prices;
  }

  Policy assemble() {
    Map<String, Route> routes = new TreeMap<>();
    config.routes().forEach((name, expression) -> routes.put(name, route(expression)));
    Map<String, Profile> profiles = new TreeMap<>();
    deployments.forEach(deployment -> profiles.put(deployment.name(), profile(deployment)));
    return new Policy(
        routes, profiles, new Keywords(), prices, config.fidelity(), learning());
  }

  private Profile profile(Deployment deployment) {
    DeploymentConfig said = Objects.requireNonNull(config.deployments().get(deployment.name()));
    return new Profile(
        List.of(deployment.pricedAs()), deployment.pricedAs(), said.region(),
        deployment.target().capabilities(), choice(deployment));
  }

  private static Profile.@Nullable Choice choice(Deployment deployment) {
    Router router = deployment.router();
    return router == null || !router.choosesModel()
        ? null
        : new Profile.Choice(router.models(), deployment.fee());
  }

  /// What is said of a model at every task is put down at each that nothing is said of.
  private Learning learning() {
    LearningConfig said = config.learning();
    Map<Snapshot.Skill, Snapshot.Outcomes> priors = new HashMap<>();
    said.priors()
        .forEach(
            (skill, quality) -> {
              Snapshot.Outcomes prior =
                  new Snapshot.Outcomes(quality * said.priorWeight(), (1 - quality) * said.priorWeight(), 0);
              if (skill.task() != null) {
                priors.put(new Snapshot.Skill(skill.task(), skill.model()), prior);
              } else {
                for (Task task : Task.values()) {
                  Snapshot.Skill each = new Snapshot.Skill(task, skill.model());
                  if (!said.priors().containsKey(new LearningConfig.Skill(task, skill.model()))) {
                    priors.put(each, prior);
                  }
                }
              }
            });
    return new Learning(priors, said.exploration(), said.leastOutcomes(), said.mostOfOneCaller());
  }

  /// The expression with names of routes replaced by what they stand for; the file's own checks
  /// have made sure that every name exists and that none leads back to itself.
  private Route route(RouteConfig expression) {
    return switch (expression) {
      case RouteConfig.Name(String name) -> named(name);
      case RouteConfig.InTurn inTurn -> new Route.InTurn(routes(inTurn.branches()));
      case RouteConfig.Classify classify -> {
        Map<Task, Route> branches = new EnumMap<>(Task.class);
        classify.branches().forEach((task, branch) -> branches.put(task, route(branch)));
        yield new Route.Classify(branches);
      }
      case RouteConfig.Weighted weighted -> {
        List<Route.Weighted.Arm> arms = new ArrayList<>();
        weighted.weights().forEach((name, weight) -> arms.add(new Route.Weighted.Arm(named(name), weight)));
        yield new Route.Weighted(arms);
      }
      case RouteConfig.Fastest fastest -> new Route.Fastest(routes(fastest.branches()));
      case RouteConfig.Cheapest cheapest -> new Route.Cheapest(routes(cheapest.branches()));
      case RouteConfig.Best best ->
          new Route.Best(
              routes(best.branches()),
              switch (best.mode()) {
                case QUALITY -> Route.Best.Mode.QUALITY;
                case BALANCED -> Route.Best.Mode.BALANCED;
                case COST -> Route.Best.Mode.COST;
              });
      case RouteConfig.Hedge hedge ->
          new Route.Hedge(route(hedge.first()), route(hedge.second()), hedge.after());
      case RouteConfig.Shadow shadow ->
          new Route.Shadow(route(shadow.main()), route(shadow.with()), shadow.sample());
      case RouteConfig.Panel panel ->
          new Route.Panel(routes(panel.branches()), aim(panel.aim()), terms(panel.terms()));
    };
  }

  private Route.Panel.Aim aim(RouteConfig.Panel.Aim aim) {
    return switch (aim) {
      case RouteConfig.Panel.Agree agree ->
          new Route.Panel.Agree(agree.agreement(), agree.opinion() == null ? null : route(agree.opinion()));
      case RouteConfig.Panel.Judge judge -> new Route.Panel.Judge(route(judge.by()));
      case RouteConfig.Panel.Fuse fuse -> new Route.Panel.Fuse(route(fuse.by()));
    };
  }

  private static Plan.Terms terms(RouteConfig.Panel.Terms terms) {
    return new Plan.Terms(terms.quorum(), terms.start(), terms.within());
  }

  private List<Route> routes(List<RouteConfig> expressions) {
    return expressions.stream().map(this::route).toList();
  }

  private Route named(String name) {
    RouteConfig meant = config.routes().get(name);
    return meant == null ? new Route.To(name) : route(meant);
  }
}
