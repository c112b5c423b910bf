// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.completion.Sha256;
import dev.auriga.completion.Task;
import dev.auriga.dialect.Json;
import dev.auriga.route.Snapshot;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was known at a decision, as JSON and back; names in alphabetical order, so that what is equal is
/// written alike.
final class SnapshotJson {
  private static final int DIGITS = 32;

  private SnapshotJson() {}

  static ObjectNode write(Snapshot snapshot) {
    ObjectNode json = Json.object().put("at", snapshot.at().toString());
    new TreeMap<>(snapshot.cooldowns())
        .forEach((name, left) -> json.withObjectProperty("cooldowns-ms").put(name, Millis.of(left)));
    new TreeMap<>(snapshot.speeds())
        .forEach((name, speed) -> json.withObjectProperty("speeds").set(name, speed(speed)));
    snapshot.outcomes().entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Snapshot.Skill, ?> each) -> each.getKey().task())
                .thenComparing(each -> each.getKey().model()))
        .forEach(each -> json.withArray("outcomes").add(outcome(each.getKey(), each.getValue())));
    Snapshot.Held held = snapshot.held();
    if (held != null) {
      json.putObject("held").put("deployment", held.deployment()).put("cached-tokens", held.cachedTokens());
    }
    snapshot.unable().stream().sorted().forEach(name -> json.withArray("unable").add(name));
    return json;
  }

  private static ObjectNode speed(Snapshot.Speed speed) {
    ObjectNode json = Json.object().put("first-token-ms", Millis.of(speed.firstToken()));
    if (speed.lateFirstToken() != null) {
      json.put("late-first-token-ms", Millis.of(speed.lateFirstToken()));
    }
    json.put("whole-ms", Millis.of(speed.whole()));
    if (speed.lateWhole() != null) {
      json.put("late-whole-ms", Millis.of(speed.lateWhole()));
    }
    return json;
  }

  private static ObjectNode outcome(Snapshot.Skill skill, Snapshot.Outcomes outcomes) {
    return Json.object()
        .put("task", skill.task().token())
        .put("model", skill.model())
        .put("good", BigDecimal.valueOf(outcomes.good()))
        .put("bad", BigDecimal.valueOf(outcomes.bad()))
        .put("output-tokens", outcomes.outputTokens());
  }

  /// A name for the snapshot: equal ones have the same.
  static String digest(JsonNode snapshot) {
    return Sha256.hex(Json.write(snapshot), DIGITS);
  }

  static Snapshot read(Entries json) {
    Entries held = json.objectOrNull("held");
    Map<Snapshot.Skill, Snapshot.Outcomes> outcomes = new HashMap<>();
    json.objects("outcomes", each -> outcomes.put(skill(each), outcome(each)));
    return new Snapshot(
        json.instant("at"),
        json.named("cooldowns-ms", Entries::millis),
        json.named("speeds", (all, name) -> speed(all.object(name))),
        outcomes,
        held == null ? null : new Snapshot.Held(held.text("deployment"), held.number("cached-tokens")),
        Set.copyOf(json.texts("unable")));
  }

  private static Snapshot.Skill skill(Entries json) {
    return new Snapshot.Skill(json.word("task", Task.class), json.text("model"));
  }

  private static Snapshot.Outcomes outcome(Entries json) {
    return new Snapshot.Outcomes(json.decimal("good"), json.decimal("bad"), json.number("output-tokens"));
  }

  private static Snapshot.Speed speed(Entries json) {
    return new Snapshot.Speed(
        json.millis("first-token-ms"),
        json.millisOrNull("late-first-token-ms"),
        json.millis("whole-ms"),
        json.millisOrNull("late-whole-ms"));
  }
}
