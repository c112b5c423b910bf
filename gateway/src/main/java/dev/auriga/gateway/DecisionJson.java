// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Task;
import dev.auriga.dialect.Json;
import dev.auriga.route.Decision;
import dev.auriga.route.Plan;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A decision as JSON: `route`, `task`, `reasons`, `candidates`, `choices`, `held`, `plan`, `seed`.
public final class DecisionJson {
  private DecisionJson() {}

  public static ObjectNode of(Decision decision) {
    ObjectNode json = Json.object();
    json.put("route", decision.route());
    Task task = decision.task();
    json.put("task", task == null ? null : task.token());
    ArrayNode reasons = json.putArray("reasons");
    decision.reasons().forEach(reasons::add);
    ArrayNode candidates = json.putArray("candidates");
    for (Decision.Candidate candidate : decision.candidates()) {
      candidates.addObject().put("deployment", candidate.deployment()).put("excluded", candidate.excluded());
    }
    json.put("held", decision.held());
    json.put("fidelity", decision.fidelity().token());
    decision.choices().forEach(choice -> json.withArray("choices").add(choice(choice)));
    json.set("plan", plan(decision.plan()));
    return json.put("seed", decision.seed());
  }

  private static ObjectNode choice(Decision.Choice choice) {
    ObjectNode json = Json.object().put("strategy", choice.strategy());
    ArrayNode arms = json.putArray("arms");
    for (Decision.Choice.Arm arm : choice.arms()) {
      arms.addObject()
          .put("deployment", arm.deployment())
          .put("score", arm.score())
          .put("cost-micros", arm.costMicros())
          .put("propensity", arm.propensity());
    }
    return json;
  }

  private static ObjectNode plan(Plan plan) {
    ObjectNode json = Json.object();
    switch (plan) {
      case Plan.Single single -> json.put("deployment", single.deployment());
      case Plan.InTurn inTurn -> plans(inTurn.plans(), json.putArray("in-turn"));
      case Plan.Hedged hedged -> {
        ObjectNode hedge = json.putObject("hedged");
        hedge.set("first", plan(hedged.first()));
        hedge.set("second", plan(hedged.second()));
        hedge.put("after-ms", hedged.after().toMillis());
      }
      case Plan.Shadowed shadowed -> {
        ObjectNode shadow = json.putObject("shadowed");
        shadow.set("main", plan(shadowed.main()));
        shadow.set("with", plan(shadowed.with()));
      }
    }
    return json;
  }

  private static void plans(List<Plan> plans, ArrayNode into) {
    plans.forEach(plan -> into.add(plan(plan)));
  }
}
