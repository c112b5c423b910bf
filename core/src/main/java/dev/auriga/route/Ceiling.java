// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.capability.Capabilities;
import dev.auriga.tokens.MediaBound;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The most one request may cost at a deployment: its input at the dearest rate there is for input, and as
/// many tokens of output as it may have in every answer it asks for, at the service tier it asks for or the
/// usual one, whichever is dearer.
///
/// What goes in is estimated from the body's size, high enough for dense scripts and code, and from its
/// media ([MediaBound]); where the request does not say how long an answer may be, the model's own limit
/// counts.
public final class Ceiling {
  /// Where neither the request nor the capabilities limit the answer.
  private static final long UNLIMITED_OUTPUT = 128_000;

  private final Policy policy;
  private final Question question;
  private final Instant at;

  public Ceiling(Policy policy, Question question, Instant at) {
    this.policy = policy;
    this.question = question;
    this.at = at;
  }

  /// In millionths of a US dollar; empty when the deployment has no price.
  public OptionalLong micros(String deployment) {
    long input = inputTokens(policy.profile(deployment));
    String tier = question.outline().surcharge().tier();
    return new Tariff(policy, at).most(deployment, input, outputTokens(deployment), tier);
  }

  /// The most tokens that can go in.
  private long inputTokens(Profile profile) {
    Capabilities capabilities = profile.capabilities();
    Integer context = capabilities == null ? null : capabilities.window().context();
    return question.mostTokensOfWords()
        + new MediaBound(profile.model(), context).tokens(question.outline().cargo());
  }

  /// The most tokens that can come out, in all answers together.
  long outputTokens(String deployment) {
    return longest(deployment) * question.outline().surcharge().answers();
  }

  private long longest(String deployment) {
    Integer wanted = question.outline().maxTokens();
    Integer able = able(policy.profile(deployment).capabilities());
    long most = able == null ? UNLIMITED_OUTPUT : able;
    return wanted == null ? most : wanted;
  }

  private static @Nullable Integer able(@Nullable Capabilities capabilities) {
    return capabilities == null ? null : capabilities.window().output();
  }
}
