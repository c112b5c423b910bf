// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.ledger.PriceBook;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.records.Replayed.Change;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Depth;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Learning;
import dev.auriga.route.Policy;
import dev.auriga.route.Profile;
import dev.auriga.route.Question;
import dev.auriga.route.Route;
import dev.auriga.route.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String SONNET = "claude-sonnet-4-5";
  private static final String GPT = "gpt-4o";
  private static final Usage THOUSAND_EACH = new Usage(1_000, 0, 0, 0, 1_000, 0);
  private static final Cost SONNETS = new Cost.Priced(18_000, "2026-11-05/" + SONNET);

  private static Route inTurn(String... names) {
    return new Route.InTurn(Stream.of(names).<Route>map(Route.To::new).toList());
  }

  private static Policy policy(Route route, String... deployments) {
    Map<String, Profile> profiles = new HashMap<>();
    for (String name : deployments) {
      profiles.put(name, Profile.of(name));
    }
    return new Policy(
        Map.of("r", route), profiles, new Keywords(), PriceBook.shipped(), FidelityRule.USUAL, Learning.USUAL);
  }

  private static RequestRecord record(
      Policy policy, Snapshot snapshot, @Nullable Usage usage, @Nullable Cost cost) {
    Question question =
        Question.of(
            new Outline("r", false, "hello", Set.of(), false, null, new Thinking.Unsaid(), true), Hints.NONE);
    DecisionRecord decided = DecisionRecord.of(policy, question, snapshot, 1, Depth.AS_DECIDED);
    return new RequestRecord(
        "req_1", null, NOW, "dev", Operation.COMPLETION, "r", null, false, Ending.COMPLETED, SONNET, SONNET,
        List.of(), usage, cost, List.of(), 0, List.of(), decided, Duration.ZERO, null, null);
  }

  private static final Snapshot WELL = Snapshot.at(NOW);
  private static final Policy THEN = policy(inTurn(SONNET, GPT), SONNET, GPT);

  private static Replayed replayed(Policy policy, RequestRecord record) {
    return new Replay(policy).of(record);
  }

  @Test
  void theSamePolicy_changesNothing_bitForBit() {
    Replayed replayed = replayed(THEN, record(THEN, WELL, THOUSAND_EACH, SONNETS));
    assertThat(replayed.change()).isEqualTo(Change.NONE);
    assertThat(replayed.isExact()).isTrue();
    assertThat(replayed.expense()).isNull();
  }

  @Test
  void anotherFirst_saysWhatTheTokensWouldCostThere() {
    Replayed replayed =
        replayed(policy(inTurn(GPT, SONNET), SONNET, GPT), record(THEN, WELL, THOUSAND_EACH, SONNETS));
    assertThat(replayed.change()).isEqualTo(Change.FIRST);
    assertThat(replayed.isExact()).isFalse();
    assertThat(replayed.inWords()).isEqualTo("first claude-sonnet-4-5 → gpt-4o");
    // $3 and $15 a million, then $2.50 and $10.
    assertThat(replayed.expense().then()).hasValue(18_000);
    assertThat(replayed.expense().now()).hasValue(12_500);
  }

  @Test
  void aRoutersFee_isPartOfWhatTheTokensWouldCostThere() {
    Map<String, Profile> profiles = new HashMap<>();
    profiles.put(SONNET, Profile.of(SONNET));
    Profile.Choice choice = new Profile.Choice(List.of(), PriceBook.AZURE_ROUTER_FEE);
    profiles.put("router", new Profile(List.of(GPT), "model-router", null, null, choice));
    Policy other =
        new Policy(
            Map.of("r", inTurn("router", SONNET)), profiles, new Keywords(), PriceBook.shipped(),
            FidelityRule.USUAL, Learning.USUAL);
    // $0.14 a million on what goes in.
    assertThat(replayed(other, record(THEN, WELL, THOUSAND_EACH, SONNETS)).expense().now()).hasValue(12_640);
    assertThat(replayed(other, record(THEN, WELL, THOUSAND_EACH.on("flex"), SONNETS)).expense().now())
        .as("no service tier changes the fee")
        .hasValue(6_390);
  }

  @Test
  void whatHasNoPrice_isCountedApart_andWhatHasNoTokensToo() {
    Policy other = policy(inTurn("nobody's", SONNET, GPT), SONNET, GPT, "nobody's");
    ReplaySum sum = new ReplaySum();
    sum.add(replayed(other, record(THEN, WELL, THOUSAND_EACH, SONNETS)));
    sum.add(replayed(other, record(THEN, WELL, null, null)));
    sum.add(replayed(policy(inTurn(GPT), GPT), record(THEN, WELL, THOUSAND_EACH, SONNETS)));
    sum.add(replayed(policy(inTurn(GPT), GPT), record(THEN, WELL, THOUSAND_EACH, new Cost.Unpriced("x"))));
    assertThat(sum.of(Change.FIRST)).isEqualTo(4);
    assertThat(sum.priced()).isEqualTo(1);
    assertThat(sum.unpriced()).isEqualTo(2);
    assertThat(sum.thenMicros()).isEqualTo(18_000);
    assertThat(sum.nowMicros()).isEqualTo(12_500);
  }

  @Test
  void whatFollowsTheFirst_andWhoIsLeftOut_areChangesOfTheirOwn() {
    RequestRecord record = record(THEN, WELL, null, null);
    Replayed order = replayed(policy(inTurn(SONNET), SONNET), record);
    assertThat(order.change()).isEqualTo(Change.ORDER);
    assertThat(order.inWords()).isEqualTo("order claude-sonnet-4-5, gpt-4o → claude-sonnet-4-5");
    Snapshot cooling = WELL.withCooldowns(Map.of("x", Duration.ofSeconds(2)));
    Replayed left =
        replayed(policy(inTurn(SONNET, "x", GPT), SONNET, GPT, "x"), record(THEN, cooling, null, null));
    assertThat(left.change()).isEqualTo(Change.EXCLUSIONS);
    assertThat(left.inWords()).isEqualTo("left out nobody → x (cooling down for 2.0 s more)");
  }

  @Test
  void aRouteThatIsGone_isRefusedNow_andOneThatHasCome_isServed() {
    Policy without =
        new Policy(
            Map.of("other", inTurn(SONNET)), Map.of(SONNET, Profile.of(SONNET)), new Keywords(),
            PriceBook.shipped(), FidelityRule.USUAL, Learning.USUAL);
    Replayed refused = replayed(without, record(THEN, WELL, THOUSAND_EACH, SONNETS));
    assertThat(refused.change()).isEqualTo(Change.REFUSED);
    assertThat(refused.inWords()).startsWith("refused now: there is no route or deployment \"r\"");
    Replayed served = replayed(THEN, record(without, WELL, null, null));
    assertThat(served.change()).isEqualTo(Change.SERVED);
    assertThat(served.inWords()).startsWith("served now by claude-sonnet-4-5, gpt-4o; refused then: there is no");
    assertThat(replayed(without, record(without, WELL, null, null)).isExact()).isTrue();
  }

  @Test
  void aTaskThatNobodyFoundOut_isSaidToBeUnknown() {
    Policy byTask = policy(new Route.Classify(Map.of(Task.ANALYSIS, new Route.To(SONNET))), SONNET);
    Replayed replayed = replayed(byTask, record(THEN, WELL, null, null));
    assertThat(replayed.change()).isEqualTo(Change.TASK_UNKNOWN);
    assertThat(replayed.now()).isNull();
  }

  @Test
  void aDeploymentThatIsGone_holdsNothing() {
    Policy byTask =
        policy(
            new Route.Classify(
                Map.of(Task.ANALYSIS, new Route.To(SONNET), Task.SIMPLE, new Route.To(GPT))),
            SONNET, GPT);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      Situations situations = new Situations(random);
      RequestRecord record =
          ReproductionTest.record(
              "r",
              DecisionRecord.of(
                  situations.policy(), situations.question(), situations.snapshot(), i, Depth.WITH_TASK));
      assertThat(replayed(byTask, record).change()).isNotNull();
    }
  }

  @Test
  void whatWasNeverDecided_isLeftAlone() {
    RequestRecord decided = record(THEN, WELL, null, null);
    RequestRecord refused =
        new RequestRecord(
            decided.id(), null, NOW, "dev", Operation.COMPLETION, "r", null, false, Ending.REFUSED, null, null,
            List.of(), null, null, List.of(), 0, List.of(), null, Duration.ZERO, null, "may not");
    Replayed replayed = replayed(THEN, refused);
    assertThat(replayed.change()).isEqualTo(Change.UNDECIDED);
    assertThat(replayed.isExact()).isFalse();
  }
}
