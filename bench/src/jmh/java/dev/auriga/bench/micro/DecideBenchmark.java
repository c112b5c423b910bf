// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench.micro;

import dev.auriga.capability.Api;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.ledger.PriceBook;
import dev.auriga.route.Conversation;
import dev.auriga.route.Decision;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Learning;
import dev.auriga.route.Policy;
import dev.auriga.route.Profile;
import dev.auriga.route.Question;
import dev.auriga.route.Route;
import dev.auriga.route.Router;
import dev.auriga.route.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a decision costs for a route of ten deployments, in time and in garbage.
///
/// `decide` begins where the outline is drawn: for a short and a long conversation, whose last message
/// is short in both, as an agent's are. `whoseTurn` tells which conversation a request belongs to.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC"})
@State(Scope.Thread)
public class DecideBenchmark {
  private static final int DEPLOYMENTS = 10;
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @Param({"in-turn", "weighted", "fastest", "cheapest", "best"})
  public String strategy = "";

  /// The length of the first message, in bytes.
  @Param({"100", "400000"})
  public int promptBytes;

  private Policy policy = policy(new Route.To("d0"));
  private Snapshot snapshot = Snapshot.ALL_WELL;
  private Outline outline = outline(0);
  private Question question = question(outline);
  private long seed;

  @Setup
  public void setUp() {
    policy = policy(route());
    snapshot = snapshot();
    outline = outline(promptBytes);
    question = question(outline);
  }

  @Benchmark
  public Decision decide() {
    return Router.decide(policy, question, snapshot, seed++);
  }

  @Benchmark
  public Question whoseTurn() {
    return question(outline);
  }

  private static Question question(Outline outline) {
    return new Question(outline, 400_000, Conversation.of("dev", null, outline), Hints.NONE);
  }

  private static Outline outline(int promptBytes) {
    String body =
        """
        {"model":"r","messages":[{"role":"user","content":"%s"},{"role":"assistant","content":"yes"},
         {"role":"user","content":"now debug it"}]}
        """
            .formatted("x".repeat(promptBytes));
    Outline outline =
        OpenAiChat.strict().scan(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8))).outline();
    // The words are decoded once for each request, by whoever asks first; a decision after that.
    outline.lastUserText();
    return outline;
  }

  private Route route() {
    List<Route> all = new ArrayList<>();
    List<Route.Weighted.Arm> arms = new ArrayList<>();
    for (int i = 0; i < DEPLOYMENTS; i++) {
      all.add(new Route.To("d" + i));
      arms.add(new Route.Weighted.Arm(new Route.To("d" + i), i + 1));
    }
    return switch (strategy) {
      case "in-turn" -> new Route.InTurn(all);
      case "weighted" -> new Route.Weighted(arms);
      case "fastest" -> new Route.Fastest(all);
      case "cheapest" -> new Route.Cheapest(all);
      case "best" -> new Route.Best(all, Route.Best.Mode.BALANCED);
      default -> throw new IllegalArgumentException("no strategy " + strategy);
    };
  }

  private static Policy policy(Route route) {
    String[] models = {"claude-sonnet-4-5", "claude-haiku-4-5"};
    CapabilityBook book = CapabilityBook.shipped(LocalDate.of(2026, 11, 1));
    Map<String, Profile> profiles = new HashMap<>();
    for (int i = 0; i < DEPLOYMENTS; i++) {
      String model = models[i % models.length];
      profiles.put("d" + i, new Profile(List.of(model), model, null, book.of(Api.ANTHROPIC, model)));
    }
    return new Policy(
        Map.of("r", route), profiles, new Keywords(), PriceBook.shipped(), FidelityRule.USUAL, Learning.USUAL);
  }

  private static Snapshot snapshot() {
    Map<String, Snapshot.Speed> speeds = new HashMap<>();
    Map<Snapshot.Skill, Snapshot.Outcomes> outcomes = new HashMap<>();
    for (int i = 0; i < DEPLOYMENTS; i++) {
      speeds.put("d" + i, new Snapshot.Speed(Duration.ofMillis(300 + i), null, Duration.ofMillis(900 - i), null));
    }
    outcomes.put(new Snapshot.Skill(Task.CODING, "claude-sonnet-4-5"), new Snapshot.Outcomes(80, 20, 700));
    outcomes.put(new Snapshot.Skill(Task.CODING, "claude-haiku-4-5"), new Snapshot.Outcomes(75, 25, 400));
    return Snapshot.at(NOW).withSpeeds(speeds).withOutcomes(outcomes);
  }
}
