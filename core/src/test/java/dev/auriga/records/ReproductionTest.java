// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Operation;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.properties.Seeds;
import dev.auriga.observe.RequestRecord;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Depth;
import dev.auriga.route.DecisionRecord.Outcome;
import dev.auriga.route.Hints;
import dev.auriga.route.Policy;
import dev.auriga.route.Profile;
import dev.auriga.route.Question;
import dev.auriga.route.Route;
import dev.auriga.route.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was decided is decided again from the record alone, bit for bit.
class ReproductionTest {
  private static final int POLICIES = 100;
  private static final int DECISIONS = 100;

  @TempDir Path folder;

  static RequestRecord record(String id, DecisionRecord decided) {
    RequestRecord.Ending ending =
        decided.outcome() instanceof Outcome.Refused
            ? RequestRecord.Ending.REFUSED
            : RequestRecord.Ending.COMPLETED;
    return new RequestRecord(
        id, null, Instant.EPOCH, "dev", Operation.COMPLETION, decided.question().outline().model(), null,
        false, ending, null, null, List.of(), null, null, List.of(), 0, List.of(), decided, Duration.ZERO, null,
        null);
  }

  @Test
  void tenThousandDecisions_areMadeAgainFromTheFile_bitForBit() throws Exception {
    Random random = new Random(Long.getLong("auriga.seed", 1));
    Path file = folder.resolve("decisions.jsonl");
    List<Policy> policies = new ArrayList<>();
    List<Outcome> made = new ArrayList<>();
    try (RecordLog log = new RecordLog(new RecordLog.Settings(file, Integer.MAX_VALUE, 0))) {
      for (int i = 0; i < POLICIES; i++) {
        Situations situations = new Situations(random);
        Policy policy = situations.policy();
        policies.add(policy);
        for (int j = 0; j < DECISIONS; j++) {
          DecisionRecord decided =
              DecisionRecord.of(
                  policy, situations.question(), situations.snapshot(), random.nextLong(),
                  situations.one(Depth.values()));
          made.add(decided.outcome());
          log.ended(record("req_%d_%d".formatted(i, j), decided));
        }
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(POLICIES * DECISIONS);
    int refused = 0;
    int chosen = 0;
    for (int n = 0; n < lines.size(); n++) {
      DecisionRecord read =
          Objects.requireNonNull(RecordJson.read(lines.get(n).getBytes(StandardCharsets.UTF_8)).decision());
      Outcome again = read.again(policies.get(n / DECISIONS));
      assertThat(again).as("line %d", n + 1).isEqualTo(read.outcome()).isEqualTo(made.get(n));
      switch (again) {
        case Outcome.Refused _ -> refused++;
        case Outcome.Decided(var decision) -> chosen += decision.choices().isEmpty() ? 0 : 1;
      }
    }
    assertThat(refused).as("refusals among them").isGreaterThan(500);
    assertThat(chosen).as("choices among them").isGreaterThan(1_000);
  }

  @Test
  void whatIsWritten_isReadAgain() {
    Seeds.each(
        500,
        random -> {
          Situations situations = new Situations(random);
          Question question = situations.question();
          Snapshot snapshot = situations.snapshot();
          DecisionRecord decided =
              DecisionRecord.of(situations.policy(), question, snapshot, random.nextLong(), Depth.WITH_TASK);
          RequestRecord record = record("r", decided);
          RequestRecord read = RecordJson.read(Json.write(RecordJson.write(record)));
          assertThat(read).isEqualTo(record);
          assertThat(read.decision().snapshot()).isEqualTo(snapshot);
        });
  }

  @Test
  void aPolicyThatAsksForTheTask_canBeTried_whereTheTaskWasKept() {
    Situations situations = new Situations(new Random(4));
    Policy policy = situations.policy();
    Policy byTask =
        with(
            policy,
            new Route.Classify(
                Map.of(
                    Task.ANALYSIS, new Route.To("at-gpt-4o"),
                    Task.CODING, new Route.To("at-gpt-4o-mini"))));
    Policy plain = with(policy, new Route.To("at-gpt-4o"));
    Question question =
        Question.of(
            new Outline(
                "route-0", false, "debug this", Set.of(), false, null,
                new Thinking.Unsaid(), true),
            Hints.NONE);
    DecisionRecord bare = DecisionRecord.of(plain, question, Snapshot.ALL_WELL, 1, Depth.AS_DECIDED);
    DecisionRecord deep = DecisionRecord.of(plain, question, Snapshot.ALL_WELL, 1, Depth.WITH_TASK);
    assertThat(bare.question().outline().lastUserText()).isEmpty();
    assertThat(deep.question().outline().lastUserText()).isEmpty();
    assertThatThrownBy(() -> bare.again(byTask)).isInstanceOf(DecisionRecord.TaskUnknown.class);
    assertThat(deep.again(byTask))
        .isInstanceOfSatisfying(
            Outcome.Decided.class,
            decided -> assertThat(decided.decision().plan().primary()).isEqualTo("at-gpt-4o-mini"));
  }

  private static Policy with(Policy policy, Route route) {
    return new Policy(
        Map.of("route-0", route),
        Map.of("at-gpt-4o", Profile.of("gpt-4o"), "at-gpt-4o-mini", Profile.of("gpt-4o-mini")),
        policy.classifier(), policy.prices(), policy.fidelity(), policy.learning());
  }
}
