// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Refusal;
import org.jspecify.annotations.Nullable;

/// A decision with everything it was made from beside the policy, so that it can be made again.
///
/// Holds no word of the request: what was found in its text stands for the text.
///
/// @param version of the policy it was made by
public record DecisionRecord(
    Question question, Snapshot snapshot, long seed, Version version, Outcome outcome) {

  /// What was decided.
  public sealed interface Outcome {
    record Decided(Decision decision) implements Outcome {}

    /// Nobody was to be asked; the parts of a [Refusal].
    record Refused(Refusal.Kind kind, String reason, @Nullable String field) implements Outcome {}
  }

  /// How much is found out for the record.
  public enum Depth {
    /// The task where a strategy asked for it.
    AS_DECIDED,
    /// The task always, so that the decision can also be made again by a policy that asks for it.
    WITH_TASK
  }

  /// The task of the request was not found out when its text was there, and is asked for now.
  public static final class TaskUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TaskUnknown(String classifier) {
      super("what %s would find in the text was not recorded".formatted(classifier), null, false, false);
    }
  }

  /// Decides, and keeps what the decision was made from.
  public static DecisionRecord of(
      Policy policy, Question question, Snapshot snapshot, long seed, Depth depth) {
    Outcome outcome = outcome(policy, question, snapshot, seed);
    Finding found = outcome instanceof Outcome.Decided(Decision decision) ? decision.finding() : null;
    boolean unknown = found == null && (depth == Depth.WITH_TASK || outcome instanceof Outcome.Refused);
    return new DecisionRecord(
        question.withoutText(unknown ? question.foundBy(policy.classifier()) : found),
        snapshot, seed, policy.version(), outcome);
  }

  private static Outcome outcome(Policy policy, Question question, Snapshot snapshot, long seed) {
    try {
      return new Outcome.Decided(Router.decide(policy, question, snapshot, seed));
    } catch (Refusal no) {
      return new Outcome.Refused(no.kind(), no.reason(), no.field());
    }
  }

  /// What `other` decides about the same; by the policy it was made by, the same again, bit for bit.
  ///
  /// Throws [TaskUnknown] where `other` wants to know of the text what nobody has found out.
  public Outcome again(Policy other) {
    return outcome(other.withClassifier(new Gone(other.classifier().name())), question, snapshot, seed);
  }

  /// The decision; throws the [Refusal] where it was one.
  public Decision decision() {
    return switch (outcome) {
      case Outcome.Decided(Decision decision) -> decision;
      case Outcome.Refused refused ->
          throw new Refusal(refused.kind(), refused.reason(), refused.field());
    };
  }

  /// A classifier whose text is gone.
  private record Gone(String name) implements Classifier {
    @Override
    public Classified classify(dev.auriga.completion.Outline outline) {
      throw new TaskUnknown(name);
    }
  }
}
