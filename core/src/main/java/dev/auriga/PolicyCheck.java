// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Lineage;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.config.Config;
import dev.auriga.config.KeyConfig;
import dev.auriga.config.PolicyCase;
import dev.auriga.config.PolicyCase.Expectation;
import dev.auriga.engine.Caller;
import dev.auriga.route.Conversation;
import dev.auriga.route.Decision;
import dev.auriga.route.Hints;
import dev.auriga.route.Policy;
import dev.auriga.route.Question;
import dev.auriga.route.Router;
import dev.auriga.route.Snapshot;
import dev.auriga.route.Snapshot.Held;
import dev.auriga.route.Snapshot.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs tests of a policy: each situation is decided as a request would be, and nothing is called.
/// Thread-safe.
///
/// @param now the moment of tests that say none
public record PolicyCheck(Config config, Policy policy, Instant now) {
  private static final Duration COOLDOWN = Duration.ofSeconds(30);

  /// Bytes of a body to a token, as estimates of the usual prompt take them.
  private static final long BYTES_PER_TOKEN = 4;

  /// An expectation that does not hold.
  ///
  /// @param line where it stands in its file
  /// @param what the key of the expectation
  public record Failure(String test, int line, String what, String expected, String got) {

    /// As in `line 7, "code goes to claude": served: expected claude, got gpt-4o`.
    @Override
    public String toString() {
      return "line %d, \"%s\": %s: expected %s, got %s".formatted(line, test, what, expected, got);
    }
  }

  /// What does not hold in `tests`, in their order; nothing where all do.
  public List<Failure> run(List<PolicyCase> tests) {
    List<Failure> failures = new ArrayList<>();
    for (PolicyCase test : tests) {
      Decision decision = null;
      Refusal refusal = null;
      try {
        decision = decide(test);
      } catch (Refusal no) {
        refusal = no;
      }
      for (Expectation expectation : test.expectations()) {
        Failure failure = failure(test.name(), expectation, decision, refusal);
        if (failure != null) {
          failures.add(failure);
        }
      }
    }
    return failures;
  }

  private Decision decide(PolicyCase test) {
    PolicyCase.Said said = test.said();
    Caller caller = caller(said.key());
    PolicyCase.Asked asked = test.asked();
    caller.admit(asked.route());
    Outline outline =
        new Outline(
            asked.route(), asked.streamed(), new LazyText(asked::prompt), Cargo.of(asked.carries()), asked.tools(),
            asked.form(), asked.maxTokens(), new Thinking.Unsaid(), true,
            Surcharge.NONE, Lineage.UNKNOWN);
    Hints hints =
        new Hints(said.task(), said.highVolume() || caller.highVolume())
            .keeping(said.fidelity())
            .in(said.regions())
            .within(said.maxCost())
            .inSession(said.session());
    Conversation conversation = Conversation.of(caller.name(), said.session(), outline);
    Question question =
        new Question(outline, asked.tokens() * BYTES_PER_TOKEN, conversation, hints, caller.allowed(), null);
    return Router.decide(policy, question, snapshot(test.known()), test.known().seed());
  }

  private Caller caller(@Nullable String key) {
    if (key == null) {
      return Caller.PROGRAM;
    }
    KeyConfig said = Objects.requireNonNull(config.keys().get(key), "a key that was checked");
    return Assembler.caller(key, said);
  }

  private Snapshot snapshot(PolicyCase.Known known) {
    Map<String, Duration> cooldowns = new HashMap<>();
    known.cooling().forEach(name -> cooldowns.put(name, COOLDOWN));
    Map<String, Speed> speeds = new HashMap<>();
    known.speeds().forEach((name, wait) -> speeds.put(name, new Speed(wait, wait, wait, wait)));
    Instant at = known.at();
    return Snapshot.at(at == null ? now : at)
        .withCooldowns(cooldowns)
        .withSpeeds(speeds)
        .holding(known.held() == null ? null : new Held(known.held(), 0));
  }

  private static @Nullable Failure failure(
      String test, Expectation expectation, @Nullable Decision decision, @Nullable Refusal refusal) {
    int line = expectation.line();
    String refused = refusal == null ? "" : "a refusal: " + refusal.reason();
    if (expectation instanceof Expectation.Refused(_, String why)) {
      boolean holds = refusal != null && refusal.reason().contains(why);
      String got = decision == null ? refused : String.join(", ", order(decision));
      return holds ? null : new Failure(test, line, "refused", "\"" + why + "\"", got);
    }
    if (decision == null) {
      return new Failure(test, line, "expect", "a decision", refused);
    }
    return switch (expectation) {
      case Expectation.OfTask(_, Task task) ->
          task == decision.task()
              ? null
              : new Failure(
                  test, line, "task", task.token(),
                  decision.task() == null ? "none: no strategy asked" : decision.task().token() + because(decision));
      case Expectation.Served(_, String deployment) ->
          decision.plan().primary().equals(deployment)
              ? null
              : new Failure(
                  test, line, "served", deployment, decision.plan().primary() + why(deployment, decision));
      case Expectation.Order(_, List<String> deployments) ->
          order(decision).equals(deployments)
              ? null
              : new Failure(
                  test, line, "order", String.join(", ", deployments), String.join(", ", order(decision)));
      case Expectation.Excluded(_, String deployment, String why) ->
          excluded(test, line, deployment, why, decision);
      case Expectation.Refused _ -> throw new IllegalStateException("told above");
    };
  }

  private static @Nullable Failure excluded(
      String test, int line, String deployment, String why, Decision decision) {
    String what = "excluded." + deployment;
    String reason = reason(deployment, decision);
    if (reason != null && reason.contains(why)) {
      return null;
    }
    String got =
        reason != null
            ? "\"" + reason + "\""
            : order(decision).contains(deployment) ? "that it is asked" : "that it was not looked at";
    return new Failure(test, line, what, "\"" + why + "\"", got);
  }

  private static List<String> order(Decision decision) {
    List<String> order = new ArrayList<>();
    decision.plan().each(order::add);
    return order;
  }

  private static String because(Decision decision) {
    return decision.finding() == null ? "" : " (" + decision.finding().why() + ")";
  }

  /// Why `deployment` is not first, as far as its exclusion says it.
  private static String why(String deployment, Decision decision) {
    String reason = reason(deployment, decision);
    return reason == null ? "" : " (%s: %s)".formatted(deployment, reason);
  }

  private static @Nullable String reason(String deployment, Decision decision) {
    for (Decision.Candidate candidate : decision.candidates()) {
      if (candidate.deployment().equals(deployment)) {
        return candidate.excluded();
      }
    }
    return null;
  }
}
