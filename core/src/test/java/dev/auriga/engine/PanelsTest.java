// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.router.Routed;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Limits;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Room;
import dev.auriga.resilience.Time;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Plan;
import dev.auriga.route.Policy;
import dev.auriga.route.Route;
import dev.auriga.tokens.Estimates;
import dev.auriga.tokens.PlainEstimator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Panels on real threads; who waits for whom is steered by latches, not by the clock.
class PanelsTest {
  private static final String A = "claude-sonnet-4-5";
  private static final String B = "gpt-4o";
  private static final String C = "gemini-2.5-pro";
  private static final String BY = "gpt-4o-mini";
  private static final Plan.Terms USUAL = new Plan.Terms(2, null, null);
  private static final Route.Panel.Agree AGREE = new Route.Panel.Agree(0.8, null);
  private static final Failure BUSY = Failure.of(FailureKind.OVERLOADED, 529, "busy");

  private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
  private final Map<String, Provider> providers = new HashMap<>();
  private final Map<String, List<String>> prompts = new ConcurrentHashMap<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private int attempts = 12;

  private void says(String deployment, String... texts) {
    List<String> left = new CopyOnWriteArrayList<>(texts);
    providers.put(deployment, call -> whole(call, left.size() > 1 ? left.removeFirst() : left.getFirst()));
  }

  private void fails(String deployment) {
    providers.put(deployment, _ -> new Reply.Failed(BUSY));
  }

  /// Never answers; notes that it was interrupted.
  private void isSilent(String deployment) {
    providers.put(
        deployment,
        _ -> {
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("the latch has no other end");
          } catch (InterruptedException left) {
            interrupted.countDown();
            throw left;
          }
        });
  }

  private static Reply whole(Provider.Call call, String text) {
    String model = call.deployment().target().model();
    Usage usage = new Usage(1000, 0, 0, 0, 500, 0);
    Completion said =
        new Completion("id-" + model, model, List.of(Part.Text.of(text)), StopReason.Known.END, null, usage);
    return new Reply.Whole(
        OpenAiChat.strict(), new byte[0], new Glance(model, usage, StopReason.Known.END, true), said, List.of(),
        Headers.NONE, Routed.NOTHING);
  }

  private Provider noting(Provider provider) {
    return call -> {
      List<Message> messages = ((Asked.ToComplete) call.asked()).request().messages();
      prompts
          .computeIfAbsent(call.deployment().name(), _ -> new CopyOnWriteArrayList<>())
          .add(messages.getLast().text());
      return provider.send(call);
    };
  }

  private Journey journey;

  private Reply asks(Route.Panel.Aim aim, Plan.Terms terms, Route... members) throws InterruptedException {
    List<Deployment> deployments = new ArrayList<>();
    providers.forEach(
        (name, provider) ->
            deployments.add(
                new Deployment(
                    name, "p", Targets.openAi(name, 4000, 10_000), name, null, Limits.USUAL, noting(provider))));
    Route route = new Route.Panel(List.of(members), aim, terms);
    Engine engine =
        new Engine(
            Policy.of(Map.of("panel", route), providers.keySet(), new Keywords()),
            new Fleet(deployments, new CircuitBreaker.Settings(3, Duration.ofSeconds(30)), Time.SYSTEM),
            new Attempts.Settings(
                1, new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), Duration.ofSeconds(1),
                Duration.ofSeconds(1), java.util.Set.of()),
            new Engine.Surroundings(Time.SYSTEM, () -> new Random(1), Crew.Maker.VIRTUAL, new Room(1 << 20)),
            new Estimates(new PlainEstimator(), Time.SYSTEM), List.of(records::add));
    Asked asked =
        Asked.of(CompletionRequest.to("panel").message(Message.user("How much is 6 times 7?")).build());
    Purse purse = new Purse(Deadline.in(Duration.ofMinutes(1), Time.SYSTEM), attempts, null);
    journey = new Journey("r1", asked, Caller.PROGRAM, Hints.NONE, purse);
    return engine.complete(journey);
  }

  private Reply asks(Route.Panel.Aim aim) throws InterruptedException {
    return asks(aim, USUAL, new Route.To(A), new Route.To(B), new Route.To(C));
  }

  private static String text(Reply reply) {
    return ((Reply.Composed) reply).completion().text();
  }

  private static JsonNode verdict(Reply reply) {
    return Json.read(((Reply.Composed) reply).auriga());
  }

  private static List<String> members(JsonNode of) {
    return of.valueStream().map(each -> each.path("member").asString()).toList();
  }

  @Test
  void whatAllSay_isTheAnswer_asOneOfThemSaidIt_andAllOfThemArePaidFor() throws InterruptedException {
    says(A, "The answer is 42.");
    says(B, "42");
    says(C, "6 × 7 = 42.0");
    Reply reply = asks(AGREE);
    assertThat(text(reply)).isIn("The answer is 42.", "42", "6 × 7 = 42.0");
    assertThat(verdict(reply).path("verdict").asString()).isEqualTo("agreed");
    assertThat(verdict(reply).path("agreement").asDouble()).isEqualTo(1);
    assertThat(members(verdict(reply).at("/groups/0/voices"))).containsExactlyInAnyOrder(A, B, C);
    assertThat(((Reply.Composed) reply).completion().usage()).isEqualTo(new Usage(3000, 0, 0, 0, 1500, 0));
    assertThat(journey.servedBy()).isEqualTo(verdict(reply).at("/groups/0/voices/0/member").asString());
    long sum = 0;
    for (RequestRecord.Attempt attempt : records.getFirst().attempts()) {
      assertThat(attempt.outcome()).isEqualTo(RequestRecord.Outcome.ANSWERED);
      sum += ((Cost.Priced) attempt.cost()).micros();
    }
    assertThat(((Cost.Priced) records.getFirst().cost()).micros()).isEqualTo(sum).isPositive();
    assertThat(records).singleElement().satisfies(it -> assertThat(it.attempts()).hasSize(3));
  }

  @Test
  void theFirstDissent_settlesIt_andWhoeverIsAtWorkIsCancelled() throws Exception {
    says(A, "42");
    says(B, "41");
    isSilent(C);
    Reply reply = asks(AGREE);
    assertThat(text(reply))
        .startsWith("Models disagree. Review multiple perspectives.")
        .contains("## " + A + " (1 of 2)\n\n42", "## " + B + " (1 of 2)\n\n41", "- " + C + ": cancelled");
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(verdict(reply).path("verdict").asString()).isEqualTo("disagreed");
    assertThat(verdict(reply).path("differences").get(0).path("aspect").asString()).isEqualTo("number");
    assertThat(journey.servedBy()).isEqualTo(A + ", " + B);
    assertThat(records).singleElement().satisfies(
        it -> assertThat(it.attempts()).extracting(RequestRecord.Attempt::outcome)
            .containsExactlyInAnyOrder(
                RequestRecord.Outcome.ANSWERED, RequestRecord.Outcome.ANSWERED, RequestRecord.Outcome.ABANDONED));
  }

  @Test
  void whoFails_isAbsent_andTheOthersAgree() throws InterruptedException {
    says(A, "42");
    fails(B);
    says(C, "42");
    Reply reply = asks(AGREE);
    assertThat(text(reply)).isEqualTo("42");
    assertThat(verdict(reply).path("valid").asInt()).isEqualTo(2);
    assertThat(members(verdict(reply).path("absent"))).containsExactly(B);
  }

  @Test
  void fewerThanTheQuorum_doNotAgree() throws InterruptedException {
    says(A, "42");
    fails(B);
    says(C, "42");
    Reply reply = asks(AGREE, new Plan.Terms(3, null, null), new Route.To(A), new Route.To(B), new Route.To(C));
    assertThat(verdict(reply).path("verdict").asString()).isEqualTo("disagreed");
    assertThat(text(reply)).contains("42");
  }

  @Test
  void whenNobodyAnswers_theFailureIsTold() throws InterruptedException {
    fails(A);
    fails(B);
    fails(C);
    assertThat(asks(AGREE)).isInstanceOf(Reply.Failed.class);
    assertThat(records.getFirst().ending()).isEqualTo(RequestRecord.Ending.FAILED);
    assertThat(records.getFirst().attempts()).hasSize(3);
  }

  @Test
  void refusals_areNoAgreement() throws InterruptedException {
    says(A, "I'm sorry, but I can't help with that.");
    says(B, "I'm sorry, but I can't help with that.");
    says(C, "I'm sorry, but I can't help with that.");
    Reply reply = asks(AGREE);
    assertThat(verdict(reply).path("verdict").asString()).isEqualTo("disagreed");
    assertThat(verdict(reply).path("valid").asInt()).isZero();
    assertThat(text(reply)).contains("can't help");
  }

  @Test
  void twoFirst_andTheThirdOnlyWhereTheyDiffer() throws InterruptedException {
    Plan.Terms two = new Plan.Terms(2, 2, null);
    says(A, "42");
    says(B, "42");
    says(C, "42");
    Reply reply = asks(AGREE, two, new Route.To(A), new Route.To(B), new Route.To(C));
    assertThat(verdict(reply).path("asked").asInt()).isEqualTo(2);
    assertThat(prompts).doesNotContainKey(C);

    says(B, "41");
    Reply other = asks(AGREE, two, new Route.To(A), new Route.To(B), new Route.To(C));
    assertThat(prompts).containsKey(C);
    assertThat(verdict(other).path("asked").asInt()).isEqualTo(3);
    assertThat(members(verdict(other).at("/groups/0/voices"))).containsExactlyInAnyOrder(A, C);
  }

  @Test
  void whoIsLate_isLeftOut() throws Exception {
    says(A, "42");
    says(B, "42");
    isSilent(C);
    Plan.Terms terms = new Plan.Terms(2, null, Duration.ofMillis(300));
    Reply reply = asks(AGREE, terms, new Route.To(A), new Route.To(B), new Route.To(C));
    assertThat(text(reply)).isEqualTo("42");
    assertThat(verdict(reply).at("/absent/0/why").asString()).contains("in time");
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void membersThatFellBackToTheSame_areOneVoice() throws InterruptedException {
    fails(A);
    fails(B);
    says(C, "42");
    Route first = new Route.InTurn(List.of(new Route.To(A), new Route.To(C)));
    Route second = new Route.InTurn(List.of(new Route.To(B), new Route.To(C)));
    Reply reply = asks(AGREE, USUAL, first, second);
    assertThat(verdict(reply).path("verdict").asString()).isEqualTo("disagreed");
    assertThat(verdict(reply).path("valid").asInt()).isEqualTo(1);
  }

  @Test
  void aPurseForTwoCalls_paysForTwoMembers() throws InterruptedException {
    attempts = 2;
    says(A, "42");
    says(B, "42");
    says(C, "42");
    Reply reply = asks(AGREE);
    assertThat(journey.attemptCount()).isEqualTo(2);
    assertThat(verdict(reply).path("valid").asInt()).isEqualTo(2);
    assertThat(verdict(reply).path("absent").size()).isEqualTo(1);
  }

  @Test
  void whereTheRulesCannotTell_aSecondOpinionIsAsked_inBothOrders() throws InterruptedException {
    String one = "The library closes early because the staff have a meeting on Friday afternoons.";
    String other = "Staff meet every Friday afternoon, which is why the library shuts its doors sooner then.";
    says(A, one);
    says(B, other);
    says(BY, "YES");
    Provider said = providers.get(BY);
    List<Boolean> virtual = new CopyOnWriteArrayList<>();
    providers.put(
        BY,
        call -> {
          virtual.add(Thread.currentThread().isVirtual());
          return said.send(call);
        });
    Route.Panel.Aim aim = new Route.Panel.Agree(0.8, new Route.To(BY));
    assertThat(verdict(asks(aim, USUAL, new Route.To(A), new Route.To(B))).path("verdict").asString())
        .isEqualTo("agreed");
    assertThat(virtual).as("comparing keeps no event loop").containsOnly(false);
    assertThat(prompts.get(BY)).hasSize(2).doesNotHaveDuplicates().allMatch(it -> it.contains("YES or NO"));
    assertThat(((Reply.Composed) asks(aim, USUAL, new Route.To(A), new Route.To(B))).completion().usage())
        .as("opinions are paid for").isEqualTo(new Usage(4000, 0, 0, 0, 2000, 0));

    says(BY, "YES", "NO");
    assertThat(verdict(asks(aim, USUAL, new Route.To(A), new Route.To(B))).path("verdict").asString())
        .isEqualTo("disagreed");
    assertThat(verdict(asks(AGREE, USUAL, new Route.To(A), new Route.To(B))).path("verdict").asString())
        .isEqualTo("disagreed");
  }

  @Test
  void aJudge_readsTheAnswersInBothOrders_withoutNames() throws InterruptedException {
    says(A, "41");
    says(B, "42");
    says(C, "43");
    says(BY, "B", "B"); // the one in the middle, in either order
    Route.Panel.Aim judge = new Route.Panel.Judge(new Route.To(BY));
    Reply reply = asks(judge);
    assertThat(text(reply)).isEqualTo("42");
    assertThat(verdict(reply).at("/judgement/consistent").asBoolean()).isTrue();
    assertThat(prompts.get(BY)).hasSize(2).noneMatch(it -> it.contains("claude") || it.contains("gemini"));
    assertThat(prompts.get(BY).getFirst().indexOf("41")).isLessThan(prompts.get(BY).getFirst().indexOf("43"));
    assertThat(prompts.get(BY).getLast().indexOf("41")).isGreaterThan(prompts.get(BY).getLast().indexOf("43"));

    says(BY, "A"); // always the first: it judges by place
    Reply swayed = asks(judge);
    assertThat(text(swayed)).isEqualTo("41");
    assertThat(verdict(swayed).at("/judgement/consistent").asBoolean()).isFalse();

    fails(BY);
    assertThat(text(asks(judge))).startsWith(Bench.NO_JUDGE).contains("41", "42", "43");
  }

  @Test
  void aWriter_mustReport_andIsAskedOnceMoreWhereItDoesNot() throws InterruptedException {
    String report = "42.\n## Consensus\nnone\n## Contradictions\nB says 41\n## Unique points\nnone";
    says(A, "42");
    says(B, "41");
    says(BY, "42.", report);
    Route.Panel.Aim fuse = new Route.Panel.Fuse(new Route.To(BY));
    Reply reply = asks(fuse, USUAL, new Route.To(A), new Route.To(B));
    assertThat(text(reply)).isEqualTo(report);
    assertThat(journey.servedBy()).isEqualTo(BY);
    assertThat(prompts.get(BY)).hasSize(2);
    assertThat(prompts.get(BY).getLast()).contains("## Unique points");
    assertThat(verdict(reply).path("groups").size()).as("minority answers are kept").isEqualTo(2);
    assertThat(((Reply.Composed) reply).completion().usage()).isEqualTo(new Usage(4000, 0, 0, 0, 2000, 0));

    says(BY, "42.");
    assertThat(text(asks(fuse, USUAL, new Route.To(A), new Route.To(B)))).isEqualTo("42.");
    assertThat(prompts.get(BY)).as("once more, not for ever").hasSize(4);

    fails(BY);
    assertThat(text(asks(fuse, USUAL, new Route.To(A), new Route.To(B)))).startsWith(Bench.NO_WRITER).contains("41");
  }

  /// A loop that carries the request's thread must not be kept from its other connections.
  @Test
  void longAnswers_areComparedApart() throws InterruptedException {
    String prose = "The committee met on Tuesday and discussed the budget of project number %d at length. ";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append(prose.formatted(i));
    }
    says(A, text.toString());
    says(B, text.toString());
    Reply reply = asks(AGREE, USUAL, new Route.To(A), new Route.To(B));
    assertThat(verdict(reply).path("verdict").asString()).isEqualTo("agreed");
    assertThat(Apart.done(() -> Thread.currentThread().isVirtual())).isFalse();
    assertThatThrownBy(
            () ->
                Apart.done(
                    () -> {
                      throw new IllegalArgumentException("on purpose");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPanel_mayHavePanelsForMembers() throws InterruptedException {
    says(A, "42");
    says(B, "42");
    says(C, "42");
    Route inner = new Route.Panel(List.of(new Route.To(A), new Route.To(B)), AGREE, USUAL);
    Reply reply = asks(AGREE, USUAL, inner, new Route.To(C));
    assertThat(text(reply)).isEqualTo("42");
    assertThat(((Reply.Composed) reply).completion().usage()).isEqualTo(new Usage(3000, 0, 0, 0, 1500, 0));
    assertThat(records.getFirst().attempts()).extracting(RequestRecord.Attempt::outcome)
        .containsOnly(RequestRecord.Outcome.ANSWERED);
  }
}
