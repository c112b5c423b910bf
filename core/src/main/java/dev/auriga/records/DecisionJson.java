// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Task;
import dev.auriga.dialect.Json;
import dev.auriga.route.Decision;
import dev.auriga.route.Plan;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A decision as JSON and back: `route`, `task`, `finding`, `reasons`, `candidates`, `held`, `fidelity`,
/// `choices`, `plan`, and `seed` as text, because many readers of JSON round numbers that long.
public final class DecisionJson {
  private DecisionJson() {}

  public static ObjectNode write(Decision decision) {
    ObjectNode json = Json.object();
    json.put("route", decision.route());
    Task task = decision.task();
    json.put("task", task == null ? null : task.token());
    if (decision.finding() != null) {
      json.set("finding", QuestionJson.finding(decision.finding()));
    }
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
    return json.put("seed", Long.toString(decision.seed()));
  }

  private static ObjectNode choice(Decision.Choice choice) {
    ObjectNode json = Json.object().put("strategy", choice.strategy());
    ArrayNode arms = json.putArray("arms");
    for (Decision.Choice.Arm arm : choice.arms()) {
      arms.addObject()
          .put("deployment", arm.deployment())
          .put("score", decimal(arm.score()))
          .put("cost-micros", arm.costMicros())
          .put("propensity", BigDecimal.valueOf(arm.propensity()));
    }
    return json;
  }

  private static @Nullable BigDecimal decimal(@Nullable Double number) {
    return number == null ? null : BigDecimal.valueOf(number);
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
        hedge.put("after-ms", Millis.of(hedged.after()));
      }
      case Plan.Shadowed shadowed -> {
        ObjectNode shadow = json.putObject("shadowed");
        shadow.set("main", plan(shadowed.main()));
        shadow.set("with", plan(shadowed.with()));
      }
      case Plan.Panel panel -> json.set("panel", panel(panel));
    }
    return json;
  }

  private static ObjectNode panel(Plan.Panel panel) {
    ObjectNode json = Json.object();
    plans(panel.members(), json.putArray("of"));
    switch (panel.aim()) {
      case Plan.Panel.Agree agree -> {
        json.put("agreement", BigDecimal.valueOf(agree.agreement()));
        if (agree.opinion() != null) {
          json.set("opinion", plan(agree.opinion()));
        }
      }
      case Plan.Panel.Judge judge -> json.set("judged-by", plan(judge.by()));
      case Plan.Panel.Fuse fuse -> json.set("fused-by", plan(fuse.by()));
    }
    Plan.Terms terms = panel.terms();
    json.put("quorum", terms.quorum());
    if (terms.start() != null) {
      json.put("start", terms.start());
    }
    if (terms.within() != null) {
      json.put("within-ms", Millis.of(terms.within()));
    }
    return json;
  }

  private static void plans(List<Plan> plans, ArrayNode into) {
    plans.forEach(plan -> into.add(plan(plan)));
  }

  static Decision read(Entries json) {
    return new Decision(
        json.text("route"),
        QuestionJson.finding(json.objectOrNull("finding")),
        json.texts("reasons"),
        json.objects(
            "candidates",
            each -> new Decision.Candidate(each.text("deployment"), each.textOrNull("excluded"))),
        json.objects("choices", DecisionJson::choice),
        json.textOrNull("held"),
        json.word("fidelity", Fidelity.class),
        plan(json.object("plan")),
        json.seed("seed"));
  }

  private static Decision.Choice choice(Entries json) {
    return new Decision.Choice(
        json.text("strategy"),
        json.objects(
            "arms",
            arm ->
                new Decision.Choice.Arm(
                    arm.text("deployment"),
                    arm.has("score") ? arm.decimal("score") : null,
                    arm.has("cost-micros") ? arm.number("cost-micros") : null,
                    arm.decimal("propensity"))));
  }

  private static Plan plan(Entries json) {
    if (json.has("deployment")) {
      return new Plan.Single(json.text("deployment"));
    }
    if (json.has("in-turn")) {
      return new Plan.InTurn(json.objects("in-turn", DecisionJson::plan));
    }
    if (json.has("hedged")) {
      Entries hedged = json.object("hedged");
      return new Plan.Hedged(
          plan(hedged.object("first")), plan(hedged.object("second")), hedged.millis("after-ms"));
    }
    if (json.has("panel")) {
      return panel(json.object("panel"));
    }
    Entries shadowed = json.object("shadowed");
    return new Plan.Shadowed(plan(shadowed.object("main")), plan(shadowed.object("with")));
  }

  private static Plan panel(Entries json) {
    Plan.Panel.Aim aim =
        json.has("agreement")
            ? new Plan.Panel.Agree(
                json.decimal("agreement"), json.has("opinion") ? plan(json.object("opinion")) : null)
            : json.has("judged-by")
                ? new Plan.Panel.Judge(plan(json.object("judged-by")))
                : new Plan.Panel.Fuse(plan(json.object("fused-by")));
    Plan.Terms terms =
        new Plan.Terms(
            Math.toIntExact(json.number("quorum")),
            json.has("start") ? Math.toIntExact(json.number("start")) : null,
            json.has("within-ms") ? json.millis("within-ms") : null);
    return new Plan.Panel(json.objects("of", DecisionJson::plan), aim, terms);
  }
}
