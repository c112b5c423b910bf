// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.capability.Api;
import dev.auriga.capability.Capabilities;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Lineage;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.ledger.PriceBook;
import dev.auriga.route.Snapshot.Outcomes;
import dev.auriga.route.Snapshot.Skill;
import dev.auriga.route.Snapshot.Speed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrategiesTest {
  private static final Snapshot NOW = Snapshot.at(Instant.parse("2026-11-01T00:00:00Z"));
  private static final String SONNET = "claude-sonnet-4-5";
  private static final String HAIKU = "claude-haiku-4-5";
  private static final String GPT = "gpt-4o";

  /// Nothing is expected and nothing explored.
  private static final Learning STEADY = new Learning(Map.of(), 0, 1, 1);

  private static Route all(String... names) {
    return new Route.InTurn(to(names));
  }

  private static List<Route> to(String... names) {
    return Stream.of(names).<Route>map(Route.To::new).toList();
  }

  private static Policy policy(Route route) {
    return Policy.of(Map.of("r", route), Set.of(SONNET, HAIKU, GPT), new Keywords());
  }

  private static Question question(String text, boolean streamed) {
    return Question.of(
        new Outline("r", streamed, text, Set.of(), false, null, new Thinking.Unsaid(), true), Hints.NONE);
  }

  private static Decision decide(Route route, Snapshot snapshot, long seed) {
    return Router.decide(policy(route), question("debug", false), snapshot, seed);
  }

  private static List<String> order(Decision decision) {
    List<String> order = new ArrayList<>();
    decision.plan().each(order::add);
    return order;
  }

  private static Question in(Conversation.Bond bond, String text) {
    Question plain = question(text, false);
    return new Question(plain.outline(), 0, new Conversation("c", bond), Hints.NONE);
  }

  @Test
  void weighted_drawsByItsWeights_andTheRestAreFallbacks() {
    Route route =
        new Route.Weighted(
            List.of(
                new Route.Weighted.Arm(new Route.To(SONNET), 90),
                new Route.Weighted.Arm(new Route.To(HAIKU), 10)));
    int haiku = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      Decision decision = decide(route, NOW, seed);
      assertThat(order(decision)).containsExactlyInAnyOrder(SONNET, HAIKU);
      haiku += decision.plan().primary().equals(HAIKU) ? 1 : 0;
      assertThat(decision.choices().getFirst().arms())
          .contains(new Decision.Choice.Arm(HAIKU, 10.0, null, 0.1));
    }
    // Four deviations of a binomial of 10,000 at 0.1.
    assertThat(haiku).isBetween(880, 1120);
  }

  @Test
  void weighted_keepsItsChoiceForAConversation_whateverTheSeed() {
    Route route =
        new Route.Weighted(
            List.of(
                new Route.Weighted.Arm(new Route.To(SONNET), 1),
                new Route.Weighted.Arm(new Route.To(HAIKU), 1)));
    Set<String> drawn = new java.util.HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      drawn.add(
          Router.decide(policy(route), in(Conversation.Bond.SESSION, "x"), NOW, seed).plan().primary());
    }
    assertThat(drawn).hasSize(1);
  }

  @Test
  void fastest_goesByTheFirstTokenOfStreams_andByTheEndOfWholeAnswers() {
    Route route = new Route.Fastest(to(SONNET, GPT));
    Snapshot snapshot =
        NOW.withSpeeds(
            Map.of(
                SONNET, new Speed(Duration.ofMillis(300), null, Duration.ofMillis(900), null),
                GPT, new Speed(Duration.ofMillis(200), null, Duration.ofMillis(1200), null)));
    assertThat(order(decide(route, snapshot, 1))).containsExactly(SONNET, GPT);
    Decision streamed = Router.decide(policy(route), question("debug", true), snapshot, 1);
    assertThat(order(streamed)).containsExactly(GPT, SONNET);
    assertThat(streamed.choices())
        .containsExactly(
            new Decision.Choice(
                "fastest",
                List.of(
                    new Decision.Choice.Arm(GPT, 200.0, null, 1), new Decision.Choice.Arm(SONNET, 300.0, null, 0))));
  }

  @Test
  void fastest_triesAgainWhoDidNotAnswerLately() {
    Route route = new Route.Fastest(to(HAIKU, SONNET));
    Snapshot snapshot =
        NOW.withSpeeds(Map.of(SONNET, new Speed(Duration.ofMillis(5), null, Duration.ofMillis(9), null)));
    int tried = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      Decision decision = decide(route, snapshot, seed);
      boolean isTrial = decision.plan().primary().equals(HAIKU);
      tried += isTrial ? 1 : 0;
      assertThat(decision.choices().getFirst().arms().getFirst().propensity()).isEqualTo(isTrial ? 0.05 : 0.95);
    }
    assertThat(tried / 4_000.0).isCloseTo(0.05, within(0.015));
    assertThat(order(decide(route, NOW, 1))).as("nobody answered lately").containsExactly(HAIKU, SONNET);
  }

  @Test
  void cheapest_goesByThePriceOfTheRequest_andCountsTheCacheThatIsWarm() {
    Route route = new Route.Cheapest(to(SONNET, HAIKU));
    Question question = new Question(question("debug", false).outline(), 400_000, null, Hints.NONE);
    assertThat(order(Router.decide(policy(route), question, NOW, 1))).containsExactly(HAIKU, SONNET);

    // 100,000 tokens: Haiku 1 $ a million, Sonnet 3 $ and 0.3 $ from its cache.
    Decision warm = Router.decide(policy(route), question, NOW.holding(new Snapshot.Held(SONNET, 90_000)), 1);
    assertThat(warm.plan().primary()).isEqualTo(SONNET);
    assertThat(warm.choices().getFirst().arms().getFirst())
        .isEqualTo(new Decision.Choice.Arm(SONNET, 64_500.0, null, 1));
  }

  @Test
  void cheapest_putsTheUnpricedLast() {
    Policy policy =
        new Policy(
            Map.of("r", new Route.Cheapest(to("mystery", SONNET))),
            Map.of("mystery", Profile.of("mystery"), SONNET, Profile.of(SONNET)),
            new Keywords(), PriceBook.shipped(), FidelityRule.USUAL, STEADY);
    assertThat(order(Router.decide(policy, question("x", false), NOW, 1))).containsExactly(SONNET, "mystery");
  }

  private static Snapshot known(double sonnet, double haiku, double weight) {
    return NOW.withOutcomes(
        Map.of(
            new Skill(Task.CODING, SONNET), new Outcomes(sonnet * weight, (1 - sonnet) * weight, 0),
            new Skill(Task.CODING, HAIKU), new Outcomes(haiku * weight, (1 - haiku) * weight, 0)));
  }

  @Test
  void best_givesUpAsMuchQualityAsItsModeSays() {
    Snapshot close = known(0.90, 0.895, 1e9);
    Snapshot apart = known(0.90, 0.87, 1e9);
    Snapshot far = known(0.90, 0.80, 1e9);
    assertThat(chosen(Route.Best.Mode.QUALITY, close)).isEqualTo(SONNET);
    assertThat(chosen(Route.Best.Mode.BALANCED, close)).isEqualTo(HAIKU);
    assertThat(chosen(Route.Best.Mode.BALANCED, apart)).isEqualTo(SONNET);
    assertThat(chosen(Route.Best.Mode.COST, apart)).isEqualTo(HAIKU);
    assertThat(chosen(Route.Best.Mode.COST, far)).isEqualTo(SONNET);
  }

  /// What is chosen by everybody but the explorers.
  private static String chosen(Route.Best.Mode mode, Snapshot snapshot) {
    return decide(new Route.Best(to(SONNET, HAIKU), mode), snapshot, 3).choices().getFirst().arms().stream()
        .filter(arm -> arm.propensity() > 0.5)
        .map(Decision.Choice.Arm::deployment)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void best_drawsWithThePropensitiesItLogs() {
    Route route = new Route.Best(to(SONNET, HAIKU, GPT), Route.Best.Mode.QUALITY);
    Snapshot unsure = known(0.8, 0.75, 40);
    Map<String, Double> expected = new HashMap<>();
    Map<String, Integer> drawn = new HashMap<>();
    for (long seed = 0; seed < 20_000; seed++) {
      Decision decision = decide(route, unsure, seed);
      double sum = 0;
      for (Decision.Choice.Arm arm : decision.choices().getFirst().arms()) {
        assertThat(arm.propensity()).isGreaterThanOrEqualTo(0.02 / 3);
        expected.merge(arm.deployment(), arm.propensity() / 20_000, Double::sum);
        sum += arm.propensity();
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
      drawn.merge(decision.plan().primary(), 1, Integer::sum);
    }
    expected.forEach(
        (deployment, share) -> {
          double deviation = Math.sqrt(share * (1 - share) / 20_000);
          assertThat(drawn.get(deployment) / 20_000.0).isCloseTo(share, within(4 * deviation));
        });
  }

  @Test
  void best_doesNotExploreWithAConversationThatIsHeld() {
    Route route = new Route.Best(to(SONNET, HAIKU), Route.Best.Mode.QUALITY);
    Snapshot snapshot = known(0.8, 0.75, 40).holding(HAIKU);
    for (long seed = 0; seed < 50; seed++) {
      Decision decision = Router.decide(policy(route), in(Conversation.Bond.PREFIX, "debug"), snapshot, seed);
      assertThat(decision.plan().primary()).isEqualTo(HAIKU);
      assertThat(decision.choices().getFirst().arms()).extracting(Decision.Choice.Arm::propensity)
          .containsExactlyInAnyOrder(1.0, 0.0);
      assertThat(decision.reasons()).contains("the conversation stays at " + HAIKU);
    }
  }

  @Test
  void hedge_waitsForTheLateFirstTokens_orAsLongAsItIsTold() {
    Route observed = new Route.Hedge(new Route.To(SONNET), new Route.To(GPT), null);
    Snapshot snapshot =
        NOW.withSpeeds(
            Map.of(SONNET, new Speed(Duration.ofMillis(300), null, Duration.ofSeconds(2), Duration.ofMillis(800))));
    assertThat(decide(observed, snapshot, 1).plan())
        .isEqualTo(new Plan.Hedged(new Plan.Single(SONNET), new Plan.Single(GPT), Duration.ofMillis(800)));
    Decision unknown = decide(observed, NOW, 1);
    assertThat(unknown.plan()).isEqualTo(new Plan.InTurn(List.of(new Plan.Single(SONNET), new Plan.Single(GPT))));
    assertThat(unknown.reasons()).anyMatch(reason -> reason.startsWith("not hedged"));
    Route told = new Route.Hedge(new Route.To(SONNET), new Route.To(GPT), Duration.ofMillis(50));
    assertThat(decide(told, NOW, 1).plan())
        .isEqualTo(new Plan.Hedged(new Plan.Single(SONNET), new Plan.Single(GPT), Duration.ofMillis(50)));
  }

  @Test
  void hedge_ofWhichOneCannotServe_isTheOther() {
    Route route = new Route.Hedge(new Route.To(SONNET), new Route.To(GPT), Duration.ofMillis(50));
    Snapshot ill = NOW.withCooldowns(Map.of(SONNET, Duration.ofSeconds(3)));
    assertThat(decide(route, ill, 1).plan()).isEqualTo(new Plan.Single(GPT));
  }

  @Test
  void shadow_isSampled() {
    Route route = new Route.Shadow(new Route.To(SONNET), new Route.To(GPT), 0.1);
    int shadowed = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      shadowed += decide(route, NOW, seed).plan() instanceof Plan.Shadowed ? 1 : 0;
    }
    assertThat(shadowed).isBetween(880, 1120);
  }

  @Test
  void aSession_outranksTheTask_butNotWhatTheCallerSays() {
    Route route =
        new Route.Classify(
            Map.of(
                Task.CODING, new Route.To(SONNET), Task.SIMPLE, new Route.To(HAIKU),
                Task.ANALYSIS, new Route.To(GPT)));
    Snapshot held = NOW.holding(SONNET);
    assertThat(Router.decide(policy(route), in(Conversation.Bond.SESSION, "hi"), held, 1).plan().primary())
        .isEqualTo(SONNET);
    assertThat(Router.decide(policy(route), in(Conversation.Bond.PREFIX, "hi"), held, 1).plan().primary())
        .isEqualTo(HAIKU);
    Question named = in(Conversation.Bond.SESSION, "hi");
    Question said =
        new Question(named.outline(), 0, named.conversation(), new Hints(Task.ANALYSIS, false));
    assertThat(Router.decide(policy(route), said, held, 1).plan().primary()).isEqualTo(GPT);
    Snapshot ill = held.withCooldowns(Map.of(SONNET, Duration.ofSeconds(1)));
    assertThat(Router.decide(policy(route), in(Conversation.Bond.SESSION, "hi"), ill, 1).plan().primary())
        .isEqualTo(HAIKU);
  }

  @Test
  void filters_takeOutWhatCannotServe_andSayWhy() {
    Profile small =
        limited(
            "eu",
            Facts.NONE.with(Fact.MODALITIES, Set.of()).with(Fact.TOOLS, false).with(Fact.CONTEXT, 1_000).with(Fact.OUTPUT, 500));
    Policy policy =
        new Policy(
            Map.of("r", all("small", SONNET)), Map.of("small", small, SONNET, Profile.of(SONNET)),
            new Keywords(), PriceBook.shipped(), FidelityRule.USUAL, STEADY);
    Outline plain = question("x", false).outline();
    Outline picture = new Outline("r", false, "x", Set.of(Modality.IMAGE), false, null, new Thinking.Unsaid(), true);
    Outline tools = new Outline("r", false, "x", Set.of(), true, null, new Thinking.Unsaid(), true);
    Outline long_ = new Outline("r", false, "x", Set.of(), false, 501, new Thinking.Unsaid(), true);
    assertThat(excluded(policy, Question.of(picture, Hints.NONE))).containsEntry("small", "it takes no image");
    assertThat(excluded(policy, Question.of(tools, Hints.NONE))).containsEntry("small", "it takes no tools");
    assertThat(excluded(policy, Question.of(long_, Hints.NONE)))
        .containsEntry("small", "it answers with at most 500 tokens, asked for are 501");
    assertThat(excluded(policy, new Question(plain, 8_008, null, Hints.NONE)))
        .containsEntry("small", "the prompt has over 1001 tokens, it takes at most 1000");
    assertThat(excluded(policy, Question.of(plain, Hints.NONE.in(Set.of("eu")))))
        .containsExactly(Map.entry(SONNET, "it has no region, and certain ones are asked for"));
    assertThat(excluded(policy, allowed(plain, Set.of(), Set.of("eu"))))
        .containsExactly(Map.entry(SONNET, "it has no region, and the caller's key allows certain ones only"));
    assertThat(excluded(policy, Question.of(plain, Hints.NONE.in(Set.of("us", "eu"))).within(
            new Allowed(Set.of(), Set.of("eu")))))
        .containsOnlyKeys(SONNET);
    assertThatThrownBy(() -> excluded(policy, allowed(plain, Set.of(), Set.of("us"))))
        .hasMessageContaining("small: it is in region eu, which the caller's key does not allow");
    assertThatThrownBy(() -> excluded(policy, Question.of(plain, Hints.NONE.in(Set.of("us")))))
        .hasMessageContaining("small: it is in region eu, others are asked for");
    assertThat(excluded(policy, allowed(plain, Set.of(SONNET), Set.of())))
        .containsExactly(Map.entry("small", "the caller's key does not allow it"));
    assertThat(excluded(policy, new Question(plain, 8_000, null, Hints.NONE.within(20_000L))))
        .containsEntry(
            SONNET, "it may cost up to 1944384 µ$ with 128000 tokens of output, the limit is 20000 µ$");
  }

  @Test
  void aFirstTurn_isBoundByNothing_aConversationThatGoesOnIs() {
    Route even =
        new Route.Weighted(
            List.of(new Route.Weighted.Arm(new Route.To(SONNET), 1), new Route.Weighted.Arm(new Route.To(HAIKU), 1)));
    Set<String> drawn = new java.util.HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      Decision first = Router.decide(policy(even), in(Conversation.Bond.NONE, "x"), NOW.holding(HAIKU), seed);
      assertThat(first.held()).isNull();
      drawn.add(first.plan().primary());
      Decision later = Router.decide(policy(even), in(Conversation.Bond.PREFIX, "x"), NOW.holding(HAIKU), seed);
      assertThat(later.held()).isEqualTo(HAIKU);
      assertThat(order(later)).containsExactly(HAIKU, SONNET);
    }
    assertThat(drawn).hasSize(2);
    Snapshot ill = NOW.holding(HAIKU).withCooldowns(Map.of(HAIKU, Duration.ofSeconds(1)));
    assertThat(Router.decide(policy(even), in(Conversation.Bond.SESSION, "x"), ill, 1).held()).isNull();
  }

  @Test
  void theForm_isKeptToWhereSomebodyDoes() {
    Policy policy =
        new Policy(
            Map.of("r", all("loose", "firm"), "alone", all("loose")),
            Map.of(
                "loose", limited(null, Facts.NONE.with(Fact.SCHEMAS, false).with(Fact.JSON_OBJECTS, false)),
                "firm", limited(null, Facts.NONE.with(Fact.JSON_OBJECTS, true).with(Fact.FORMAT_BESIDE_TOOLS, false))),
            new Keywords(), PriceBook.shipped(), FidelityRule.USUAL, STEADY);
    assertThat(excluded(policy, formed("r", Outline.Form.FREE, true))).isEmpty();
    assertThat(excluded(policy, formed("r", Outline.Form.SCHEMA, false)))
        .containsExactly(Map.entry("loose", "it does not hold an answer to a schema"));
    assertThat(excluded(policy, formed("r", Outline.Form.JSON_OBJECT, false)))
        .containsExactly(Map.entry("loose", "it promises no JSON object without a schema"));
    Decision alone = Router.decide(policy, formed("alone", Outline.Form.SCHEMA, false), NOW, 1);
    assertThat(alone.plan().primary()).isEqualTo("loose");
    assertThat(alone.reasons()).containsExactly("no deployment promises an answer of the form that was asked for");
    assertThat(order(Router.decide(policy, formed("r", Outline.Form.SCHEMA, true), NOW, 1)))
        .as("neither does it beside tools").containsExactly("loose", "firm");
  }

  private static Question formed(String route, Outline.Form form, boolean tools) {
    return Question.of(
        new Outline(
            route, false, new LazyText(() -> "x"), Cargo.NONE, tools, form, null, new Thinking.Unsaid(), true,
            Surcharge.NONE, Lineage.UNKNOWN),
        Hints.NONE);
  }

  @Test
  void thePropensity_isThatOfEveryChoiceThatLedThere() {
    Route even =
        new Route.Weighted(
            List.of(new Route.Weighted.Arm(new Route.To(SONNET), 1), new Route.Weighted.Arm(new Route.To(HAIKU), 3)));
    Route nested =
        new Route.Weighted(List.of(new Route.Weighted.Arm(even, 1), new Route.Weighted.Arm(new Route.To(GPT), 1)));
    Map<String, Double> expected = Map.of(SONNET, 0.125, HAIKU, 0.375, GPT, 0.5);
    for (long seed = 0; seed < 200; seed++) {
      Decision decision = decide(nested, NOW, seed);
      assertThat(decision.propensity()).isCloseTo(expected.get(decision.plan().primary()), within(1e-12));
    }
    assertThat(decide(all(SONNET, HAIKU), NOW, 1).propensity()).isEqualTo(1);
  }

  private static Question allowed(Outline outline, Set<String> deployments, Set<String> regions) {
    return Question.of(outline, Hints.NONE).within(new Allowed(deployments, regions));
  }

  private static Profile limited(@Nullable String region, Facts facts) {
    Capabilities capabilities =
        CapabilityBook.shipped(LocalDate.of(2026, 11, 1)).of(Api.ANTHROPIC, HAIKU, facts, Facts.NONE);
    return new Profile(List.of(HAIKU), HAIKU, region, capabilities);
  }

  private static Map<String, String> excluded(Policy policy, Question question) {
    Map<String, String> excluded = new HashMap<>();
    for (Decision.Candidate candidate : Router.decide(policy, question, NOW, 1).candidates()) {
      if (candidate.excluded() != null) {
        excluded.put(candidate.deployment(), candidate.excluded());
      }
    }
    return excluded;
  }

  @Test
  void whenNothingCanServe_theRefusalSaysWhyOfEach() {
    Profile deaf = limited(null, Facts.NONE.with(Fact.MODALITIES, Set.of()));
    Policy policy =
        new Policy(
            Map.of("r", all("a", "b")), Map.of("a", deaf, "b", deaf), new Keywords(), PriceBook.shipped(),
            FidelityRule.USUAL, STEADY);
    Outline spoken = new Outline("r", false, "x", Set.of(Modality.AUDIO), false, null, new Thinking.Unsaid(), true);
    assertThatThrownBy(() -> Router.decide(policy, Question.of(spoken, Hints.NONE), NOW, 1))
        .isInstanceOf(Refusal.class)
        .hasMessage("nothing behind \"r\" can serve this request: a: it takes no audio; b: it takes no audio");
  }

  @Test
  void theSameInputsGiveTheSameDecision() {
    Route route =
        new Route.Shadow(
            new Route.Best(
                List.of(new Route.Fastest(to(SONNET, GPT)), new Route.Cheapest(to(HAIKU, GPT))),
                Route.Best.Mode.BALANCED),
            new Route.To(GPT), 0.5);
    for (long seed = 0; seed < 1_000; seed++) {
      assertThat(decide(route, NOW, seed)).isEqualTo(decide(route, NOW, seed));
    }
  }
}
