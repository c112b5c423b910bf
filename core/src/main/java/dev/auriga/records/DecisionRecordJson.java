// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Outcome;
import dev.auriga.route.Version;
import tools.jackson.databind.node.ObjectNode;

/// What a decision was made from and what came out, as JSON and back.
final class DecisionRecordJson {
  private DecisionRecordJson() {}

  static ObjectNode write(DecisionRecord record) {
    Version version = record.version();
    ObjectNode json =
        Json.object()
            .put("policy", version.policy())
            .put("prices", version.prices())
            .put("capabilities", version.capabilities())
            .put("seed", Long.toString(record.seed()));
    json.set("question", QuestionJson.write(record.question()));
    ObjectNode snapshot = SnapshotJson.write(record.snapshot());
    json.put("snapshot-digest", SnapshotJson.digest(snapshot)).set("snapshot", snapshot);
    switch (record.outcome()) {
      case Outcome.Decided decided -> json.set("decision", DecisionJson.write(decided.decision()));
      case Outcome.Refused refused -> {
        ObjectNode refusal = json.putObject("refused");
        refusal.put("kind", Words.of(refused.kind())).put("reason", refused.reason());
        if (refused.field() != null) {
          refusal.put("field", refused.field());
        }
      }
    }
    return json;
  }

  /// Throws [UnreadableRecord] also where the snapshot is not the one its digest was taken of.
  static DecisionRecord read(Entries json) {
    Entries snapshot = json.object("snapshot");
    if (!json.text("snapshot-digest").equals(SnapshotJson.digest(snapshot.node()))) {
      throw new UnreadableRecord("\"%s\" was changed: its digest is another".formatted(snapshot.path()));
    }
    return new DecisionRecord(
        QuestionJson.read(json.object("question")),
        SnapshotJson.read(snapshot),
        json.seed("seed"),
        new Version(json.text("policy"), json.text("prices"), json.text("capabilities")),
        outcome(json));
  }

  private static Outcome outcome(Entries json) {
    if (json.has("decision")) {
      return new Outcome.Decided(DecisionJson.read(json.object("decision")));
    }
    Entries refused = json.object("refused");
    return new Outcome.Refused(
        refused.word("kind", Refusal.Kind.class), refused.text("reason"), refused.textOrNull("field"));
  }
}
