// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Task;
import dev.auriga.completion.Usage;
import dev.auriga.consensus.Verdict;
import dev.auriga.engine.Journey;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.route.Decision;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer, with who gave it, in how many attempts, for how many tokens and cents.
///
/// @param requestId the id under which this request is logged
/// @param servedBy the deployment that answered, or the model a router behind it chose
/// @param completion the whole answer in the neutral vocabulary
/// @param usage absent when the provider counted none
/// @param cost absent when there was no usage to price
/// @param verdict what a panel's answers came to; absent where one alone was asked
public record Answer(
    String requestId,
    String route,
    @Nullable Task task,
    String servedBy,
    Completion completion,
    List<RequestRecord.Attempt> attempts,
    @Nullable Usage usage,
    @Nullable Cost cost,
    List<Loss> losses,
    @Nullable Verdict verdict,
    Duration took) {

  static Answer of(Journey journey, Completion completion) {
    Decision decision = journey.decision();
    return new Answer(
        journey.id(), journey.route(), decision == null ? null : decision.task(),
        String.valueOf(journey.servedBy()), completion, journey.attempts(), journey.usage(),
        journey.cost(), journey.losses(), journey.verdict(), journey.took());
  }

  /// The visible text.
  public String text() {
    return completion.text();
  }

  /// The model that answered, as its provider names it.
  public String model() {
    return completion.model();
  }
}
