// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Operation;
import dev.auriga.completion.Usage;
import dev.auriga.provider.Deployment;
import dev.auriga.route.Conversation;
import dev.auriga.route.Decision;
import dev.auriga.route.Policy;
import dev.auriga.route.Route;
import dev.auriga.route.Snapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the engine learns from requests and later decisions are made from. Thread-safe.
///
/// Only what some route looks at is gathered for a decision: most policies look at nothing but
/// cooldowns.
final class Knowledge {
  private final Fleet fleet;
  private final Policy policy;
  private final Speeds speeds;
  private final Holds holds;
  private final Experience experience;
  private final boolean looksAtSpeeds;
  private final boolean looksAtOutcomes;

  Knowledge(Fleet fleet, Policy policy, Speeds speeds) {
    this.fleet = fleet;
    this.policy = policy;
    this.speeds = speeds;
    this.holds = new Holds(fleet.time());
    this.experience = new Experience(policy.learning());
    this.looksAtSpeeds = policy.routes().values().stream().anyMatch(Route::looksAtSpeeds);
    this.looksAtOutcomes = policy.routes().values().stream().anyMatch(Route::looksAtOutcomes);
  }

  /// Where the conversation is; null when that is not known.
  @Nullable Hold hold(@Nullable Conversation conversation) {
    return conversation == null ? null : holds.of(conversation);
  }

  /// What is known at this moment for an operation, in a conversation that is at `hold`.
  Snapshot snapshot(Operation operation, @Nullable Hold hold) {
    return new Snapshot(
        fleet.time().now(),
        fleet.cooldowns(),
        looksAtSpeeds ? speeds.now() : Map.of(),
        looksAtOutcomes ? experience.now() : Map.of(),
        hold == null ? null : hold.where(),
        fleet.unable(operation));
  }

  /// Learns from a journey that was answered.
  void learn(Journey journey, Deployment server) {
    Conversation conversation = journey.question().conversation();
    if (conversation != null && !journey.isShadow()) {
      int messages = journey.asked().outline().lineage().messages();
      holds.keep(conversation, Hold.at(server, journey.hold(), messages, journey.usage()));
    }
    Decision decision = journey.decision();
    Usage usage = journey.usage();
    if (looksAtOutcomes && decision != null && decision.task() != null && usage != null) {
      Snapshot.Skill skill = new Snapshot.Skill(decision.task(), policy.profile(server.name()).model());
      experience.answered(
          journey.id(),
          new Experience.Answered(journey.caller().name(), skill, propensity(decision, server.name())),
          usage.allOutput());
    }
  }

  /// The probability with which a strategy chose who answered; 1 where none did, as for a fallback.
  private static double propensity(Decision decision, String server) {
    return decision.held() == null && decision.plan().primary().equals(server) ? decision.propensity() : 1;
  }

  /// How a request came out, from 0 to 1; false when no such request of that caller's is waiting for
  /// its outcome.
  boolean cameOut(String request, Caller by, double score) {
    return experience.cameOut(request, by, score);
  }
}
