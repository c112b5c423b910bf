// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Task;
import dev.auriga.dialect.Json;
import dev.auriga.route.Decision;
import dev.auriga.route.Plan;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A decision as JSON: `route`, `task`, `reasons`, `candidates`, `plan`.
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
    json.put("fidelity", decision.fidelity().token());
    json.set("plan", plan(decision.plan()));
    return json;
  }

  private static ObjectNode plan(Plan plan) {
    ObjectNode json = Json.object();
    switch (plan) {
      case Plan.Single single -> json.put("deployment", single.deployment());
      case Plan.InTurn inTurn -> plans(inTurn.plans(), json.putArray("in-turn"));
    }
    return json;
  }

  private static void plans(List<Plan> plans, ArrayNode into) {
    plans.forEach(plan -> into.add(plan(plan)));
  }
}
