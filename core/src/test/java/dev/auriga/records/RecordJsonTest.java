// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.properties.Seeds;
import dev.auriga.dialect.router.RouterTrace;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Depth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RecordJsonTest {
  private static final String QUOTE = "the provider quotes the prompt";

  private static RequestRecord record(Random random) {
    Situations situations = new Situations(random);
    List<RequestRecord.Attempt> attempts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      attempts.add(
          new RequestRecord.Attempt(
              attempts.size() + 1, "at-gpt-4o", situations.duration(), situations.duration(),
              situations.one(RequestRecord.Outcome.values()), situations.chance() ? failure(situations) : null,
              cost(situations), situations.chance() ? trace(situations) : null));
    }
    List<Loss> losses =
        situations.chance()
            ? List.of()
            : List.of(new Loss(situations.one(Loss.Reason.values()), "format.schema.a:b"));
    DecisionRecord decided =
        DecisionRecord.of(
            situations.policy(), situations.question(), situations.snapshot(), random.nextLong(),
            Depth.AS_DECIDED);
    return new RequestRecord(
        "req_1", situations.chance() ? "req_0" : null, Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), "dev \"1\"",
        situations.one(Operation.values()), "auto", situations.chance() ? "coding" : null,
        situations.chance(), situations.one(Ending.values()), situations.chance() ? "gpt" : null,
        situations.chance() ? "gpt-4o-2024-08-06" : null, attempts, situations.chance() ? usage(random) : null,
        cost(situations), losses, situations.one(0, 7),
        losses.isEmpty() ? List.of() : List.of(new RequestRecord.PassedOver("b", losses, situations.one(0, 3))),
        situations.chance() ? decided : null, situations.duration(),
        situations.chance() ? situations.duration() : null, QUOTE);
  }

  private static Failure failure(Situations situations) {
    return new Failure(
        situations.one(FailureKind.values()), situations.one(0, 429, 503), QUOTE,
        situations.chance() ? Duration.ofMillis(1_500) : null,
        new Failure.Original("openai-chat", new RawJson("{\"message\":\"" + QUOTE + "\"}")));
  }

  private static RouterTrace trace(Situations situations) {
    return new RouterTrace(
        situations.one("balanced", ""), situations.one("", "retain"),
        situations.chance()
            ? List.of()
            : List.of(
                new RouterTrace.Step("gpt-5-nano", situations.one("", "OpenAI"), situations.one(0, 200, 429), ""),
                new RouterTrace.Step("", "", 0, "NotFound")));
  }

  private static Usage usage(Random random) {
    return new Usage(
        random.nextLong(Long.MAX_VALUE), random.nextInt(100), random.nextInt(100), random.nextInt(100),
        random.nextInt(100), random.nextInt(100));
  }

  private static @Nullable Cost cost(Situations situations) {
    return situations.one(null, new Cost.Priced(10_500, "2026-11-05/gpt-4o"), new Cost.Unpriced("local"));
  }

  @Test
  void everyRecord_isReadAsItWasWritten_butForProvidersWords() {
    Seeds.each(
        500,
        random -> {
          RequestRecord record = record(random);
          byte[] written = Json.write(RecordJson.write(record));
          assertThat(RecordJson.read(written)).isEqualTo(record.withoutProvidersWords());
          boolean provider = record.ending() != Ending.REFUSED && !record.attempts().isEmpty();
          if (provider) {
            assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain(QUOTE);
          }
        });
  }

  @Test
  void whatLaterVersionsAdd_isLeftAlone_andWhatTheyChange_isRefused() {
    ObjectNode json = RecordJson.write(record(new Random(2)));
    ObjectNode more = json.deepCopy();
    more.putObject("new").put("field", 1);
    assertThat(RecordJson.read(Json.write(more))).isEqualTo(RecordJson.read(Json.write(json)));
    more.put("version", RecordJson.VERSION + 1);
    assertThatThrownBy(() -> RecordJson.read(Json.write(more)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("a record of version 2; this Auriga reads up to 1");
  }

  @Test
  void whatIsNoRecord_isRefused_sayingWhichFieldAndWhy() {
    assertThatThrownBy(() -> RecordJson.read(bytes("{\"version\":1,")))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> RecordJson.read(bytes("[]"))).hasMessage("a record is a JSON object");
    assertThatThrownBy(() -> RecordJson.read(bytes("{\"version\":1}"))).hasMessage("\"request\" is missing");
    ObjectNode wrong = RecordJson.write(record(new Random(3)));
    wrong.put("ending", "vanished");
    assertThatThrownBy(() -> RecordJson.read(Json.write(wrong)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("\"ending\" cannot be read: \"vanished\"");
  }

  @Test
  void aSnapshotThatWasChanged_isNoticed() {
    RequestRecord record = ReproductionTest.record("r", decided());
    ObjectNode json = RecordJson.write(record);
    json.withObject("/decided/snapshot").put("held", "somebody-else");
    assertThatThrownBy(() -> RecordJson.read(Json.write(json)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("\"decided.snapshot\" was changed: its digest is another");
  }

  private static DecisionRecord decided() {
    Situations situations = new Situations(new Random(5));
    return DecisionRecord.of(
        situations.policy(), situations.question(), situations.snapshot(), 1, Depth.AS_DECIDED);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
