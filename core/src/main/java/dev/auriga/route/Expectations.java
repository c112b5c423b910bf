// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;
import dev.auriga.completion.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a request is expected to cost, how long to take and how good to be answered at a deployment.
///
/// Expected costs are of this request: its input at the rates for that size, as much of it read
/// from the cache as the deployment is known to hold of the conversation, and the output the model usually has for the task.
final class Expectations {
  private final Policy policy;
  private final Question question;
  private final Snapshot snapshot;

  Expectations(Policy policy, Question question, Snapshot snapshot) {
    this.policy = policy;
    this.question = question;
    this.snapshot = snapshot;
  }

  /// In millionths of a dollar; empty when there is no price.
  OptionalLong cost(String deployment, @Nullable Task task) {
    Profile profile = policy.profile(deployment);
    long input = question.inputTokens();
    Snapshot.Held held = snapshot.held();
    long cached = held == null || !held.deployment().equals(deployment) ? 0 : Math.min(input, held.cachedTokens());
    Usage usage = new Usage(input - cached, cached, 0, 0, outputTokens(profile, task), 0);
    return new Tariff(policy, snapshot.at()).cost(deployment, usage);
  }

  private long outputTokens(Profile profile, @Nullable Task task) {
    Snapshot.Outcomes known =
        task == null ? null : snapshot.outcomes().get(new Snapshot.Skill(task, profile.model()));
    if (known == null || known.outputTokens() == 0) {
      return question.outputTokens();
    }
    Integer most = question.outline().maxTokens();
    return most == null ? known.outputTokens() : Math.min(most, known.outputTokens());
  }

  /// How long the caller is expected to wait, in milliseconds: for the first token of a stream, for
  /// the end of a whole answer; empty when it did not answer lately.
  OptionalLong waiting(String deployment) {
    Snapshot.Speed speed = snapshot.speeds().get(deployment);
    return speed == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            (question.outline().streamed() ? speed.firstToken() : speed.whole()).toMillis());
  }

  Snapshot.Outcomes outcomes(String deployment, Task task) {
    Snapshot.Skill skill = new Snapshot.Skill(task, policy.profile(deployment).model());
    Snapshot.Outcomes known = snapshot.outcomes().get(skill);
    return known == null ? policy.learning().prior(skill) : known;
  }
}
