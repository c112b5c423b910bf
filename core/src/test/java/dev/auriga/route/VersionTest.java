// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.capability.Api;
import dev.auriga.capability.Capabilities;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import dev.auriga.ledger.PriceBook;
import dev.auriga.ledger.Rates;
import dev.auriga.route.Snapshot.Outcomes;
import dev.auriga.route.Snapshot.Skill;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A policy's version is the same for the same policy, and another wherever a decision could be.
class VersionTest {
  private static final Route A = new Route.To("a");
  private static final Route B = new Route.To("b");
  private static final PriceBook PRICES = PriceBook.shipped();
  private static final FidelityRule FIDELITY = FidelityRule.USUAL;

  private static Profile profile(@Nullable String region, Facts facts) {
    Capabilities known =
        CapabilityBook.shipped(LocalDate.of(2026, 11, 1)).of(Api.ANTHROPIC, "claude-haiku-4-5", facts, Facts.NONE);
    return new Profile(List.of("claude-haiku-4-5"), "claude-haiku-4-5", region, known);
  }

  private static Map<String, Profile> deployments(Profile a) {
    Map<String, Profile> deployments = new LinkedHashMap<>();
    deployments.put("a", a);
    deployments.put("b", Profile.of("gpt-4o"));
    return deployments;
  }

  private static final Map<String, Profile> USUAL = deployments(profile(null, Facts.NONE));

  private static final String USUAL_DATA =
      CapabilityBook.shipped(LocalDate.of(2026, 11, 1)).of(Api.ANTHROPIC, "claude-haiku-4-5").origin().data();

  private static Policy policy(Route route) {
    return policy(route, USUAL, PRICES, FIDELITY, Learning.USUAL);
  }

  private static Policy policy(Map<String, Profile> deployments) {
    return policy(A, deployments, PRICES, FIDELITY, Learning.USUAL);
  }

  private static Policy policy(
      Route route, Map<String, Profile> deployments, PriceBook prices, FidelityRule fidelity, Learning learning) {
    return new Policy(Map.of("r", route, "s", B), deployments, new Keywords(), prices, fidelity, learning);
  }

  private static Learning learning(double exploration, Task task, double good) {
    return new Learning(Map.of(new Skill(task, "gpt-4o"), new Outcomes(good, 1, 0)), exploration, 10, 100);
  }

  @Test
  void everythingADecisionDependsOn_makesAnotherVersion() {
    List<Policy> policies = new ArrayList<>();
    policies.add(policy(A));
    policies.add(policy(new Route.InTurn(List.of(A, B))));
    policies.add(policy(new Route.InTurn(List.of(B, A))));
    policies.add(policy(new Route.Classify(Map.of(Task.ANALYSIS, A))));
    policies.add(policy(new Route.Classify(Map.of(Task.ANALYSIS, A, Task.CODING, B))));
    for (double weight : new double[] {1, 2}) {
      policies.add(policy(new Route.Weighted(List.of(new Route.Weighted.Arm(A, weight), new Route.Weighted.Arm(B, 1)))));
    }
    policies.add(policy(new Route.Fastest(List.of(A, B))));
    policies.add(policy(new Route.Cheapest(List.of(A, B))));
    for (Route.Best.Mode mode : Route.Best.Mode.values()) {
      policies.add(policy(new Route.Best(List.of(A, B), mode)));
    }
    policies.add(policy(new Route.Hedge(A, B, null)));
    policies.add(policy(new Route.Hedge(A, B, Duration.ofMillis(800))));
    policies.add(policy(new Route.Shadow(A, B, 0.1)));
    policies.add(policy(new Route.Shadow(A, B, 0.2)));

    policies.add(policy(deployments(profile("eu", Facts.NONE))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.MODALITIES, Set.of(Modality.AUDIO))))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.TOOLS, false)))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.CONTEXT, 5)))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.OUTPUT, 5)))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.SCHEMAS, false)))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.JSON_OBJECTS, true)))));
    policies.add(policy(deployments(profile(null, Facts.NONE.with(Fact.FORMAT_BESIDE_TOOLS, false)))));
    policies.add(policy(deployments(Profile.of("claude-haiku-4-5"))));
    policies.add(policy(deployments(Profile.of("claude-sonnet-4-5"))));

    PriceBook dearer = PRICES.with("gpt-4o", new Rates(5L, 5L, 5L, 5L, 5L));
    policies.add(policy(A, USUAL, dearer, FIDELITY, Learning.USUAL));
    policies.add(policy(A, USUAL, PRICES, new FidelityRule(Fidelity.STRICT, Map.of()), Learning.USUAL));
    policies.add(policy(A, USUAL, PRICES, new FidelityRule(Fidelity.REPORT, Map.of("r", Fidelity.STRICT)), Learning.USUAL));
    policies.add(policy(A, USUAL, PRICES, FIDELITY, learning(0.02, Task.CODING, 9)));
    policies.add(policy(A, USUAL, PRICES, FIDELITY, learning(0.02, Task.CODING, 8)));
    policies.add(policy(A, USUAL, PRICES, FIDELITY, learning(0.02, Task.CREATIVE, 9)));
    policies.add(policy(A, USUAL, PRICES, FIDELITY, learning(0.05, Task.CODING, 9)));
    policies.add(new Policy(Map.of("r", A, "s", B), USUAL, new OtherWords(), PRICES, FIDELITY, Learning.USUAL));

    Set<String> versions = new HashSet<>();
    for (int i = 0; i < policies.size(); i++) {
      assertThat(versions.add(policies.get(i).version().policy())).as("policy %d is told apart", i).isTrue();
    }
  }

  private record OtherWords() implements Classifier {
    @Override
    public String name() {
      return "other-words";
    }

    @Override
    public Classified classify(Outline outline) {
      return new Classified(Task.SIMPLE, "it is");
    }
  }

  /// Written down, so that it is the same on every machine and in every run: the order of sets and maps
  /// is another in each.
  @Test
  void theSamePolicy_hasTheSameVersion() {
    Map<String, Profile> plain = deployments(Profile.of("claude-haiku-4-5"));
    Map<String, Profile> otherOrder = new LinkedHashMap<>();
    plain.entrySet().stream().toList().reversed().forEach(each -> otherOrder.put(each.getKey(), each.getValue()));
    PriceBook empty = PriceBook.of("today", List.of());
    assertThat(policy(A, plain, empty, FIDELITY, Learning.USUAL).version())
        .isEqualTo(policy(A, otherOrder, empty, FIDELITY, Learning.USUAL).version())
        .isEqualTo(new Version("693ec01e89ee3845", "today", "none"));
    assertThat(policy(A).version().prices()).isEqualTo(PRICES.version());
    assertThat(policy(A).version().capabilities()).isEqualTo(USUAL_DATA);
  }

  @Test
  void dataThatNobodyNames_changesNothingButItsOwnVersion() {
    PriceBook more = PRICES.with("unused-model", new Rates(5L, 5L, 5L, 5L, 5L));
    assertThat(policy(A, USUAL, more, FIDELITY, Learning.USUAL).version()).isEqualTo(policy(A).version());
    PriceBook later = PriceBook.of("2027-01-01", List.of());
    assertThat(policy(A, USUAL, later, FIDELITY, Learning.USUAL).version().prices()).isEqualTo("2027-01-01");
    assertThat(Policy.of(Map.of("r", A), Set.of("a"), new Keywords()).version().capabilities()).isEqualTo("none");
  }
}
