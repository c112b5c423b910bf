// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Refusal;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.LossyRequest;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Crew;
import dev.auriga.route.Plan;
import dev.auriga.tokens.Estimates;
import java.util.List;
import java.util.Objects;

/// Performs a plan: walks its tree and makes the attempts it names.
final class Performer {
  private static final long UNKNOWN_CONTEXT = Long.MAX_VALUE;

  private final Attempts attempts;
  private final Fleet fleet;
  private final Estimates estimates;
  private final Hedging hedging;
  private final Panels panels;
  private final Shadows shadows;

  Performer(
      Attempts attempts, Fleet fleet, Estimates estimates, Crew.Maker crews, Shadows shadows, Booking booking) {
    this.attempts = attempts;
    this.fleet = fleet;
    this.estimates = estimates;
    this.hedging = new Hedging(this, crews);
    this.panels = new Panels(this, crews, booking);
    this.shadows = shadows;
  }

  /// Throws a [Refusal] when every deployment would lose something of a request of which nothing may
  /// be lost, or none can be told it at all.
  Reply perform(Plan plan, Journey journey) throws InterruptedException {
    try {
      return perform(plan, journey, Attempts.Next.NOTHING);
    } catch (LossyRequest _) {
      throw Telling.lossy(journey);
    } catch (Spent spent) {
      return new Reply.Failed(spent.failure());
    }
  }

  Reply perform(Plan plan, Journey journey, Attempts.Next next) throws InterruptedException {
    return switch (plan) {
      case Plan.Single single -> single(fleet.deployment(single.deployment()), journey, next);
      case Plan.InTurn inTurn -> inTurn(inTurn.plans(), journey, next);
      case Plan.Hedged hedged -> hedging.perform(hedged, journey, next);
      case Plan.Shadowed shadowed -> {
        shadows.start(shadowed.with(), journey);
        yield perform(shadowed.main(), journey, next);
      }
      case Plan.Panel panel ->
          journey.asked() instanceof Asked.ToComplete asked
              ? panels.perform(panel, journey, asked)
              : perform(panel.members().getFirst(), journey, next);
    };
  }

  private Reply single(Deployment deployment, Journey journey, Attempts.Next next)
      throws InterruptedException {
    try {
      return at(deployment, journey, next);
    } catch (LossyRequest lossy) {
      journey.passedOver(lossy.deployment(), lossy.losses());
      throw lossy;
    }
  }

  /// A prompt whose provider counts no tokens, or knows of no such question, is estimated; so is the
  /// length of a translated input that its provider has not counted.
  private Reply at(Deployment deployment, Journey journey, Attempts.Next next)
      throws InterruptedException {
    return switch (journey.asked()) {
      case Asked.ToComplete _ -> attempts.at(deployment.name(), journey, next);
      case Asked.ToCount asked -> {
        if (!deployment.via().does(Operation.COUNT)) {
          yield estimate(asked, deployment, journey);
        }
        Reply reply = attempts.at(deployment.name(), journey, next);
        boolean unknown =
            reply instanceof Reply.Failed failed && failed.failure().kind() == FailureKind.NOT_FOUND;
        yield unknown ? estimate(asked, deployment, journey) : reply;
      }
      case Asked.ToEmbed asked -> {
        Reply reply = attempts.at(deployment.name(), journey, next);
        boolean uncounted =
            reply instanceof Reply.Embedded made
                && !made.passes()
                && made.embeddings().inputTokens() == null;
        yield uncounted ? counted((Reply.Embedded) reply, asked) : reply;
      }
    };
  }

  private Reply estimate(Asked.ToCount asked, Deployment deployment, Journey journey)
      throws InterruptedException {
    Reply.Counted counted =
        new Reply.Counted(estimates.of(asked.request(), deployment.pricedAs()), List.of());
    journey.answeredFor(deployment, counted.losses());
    return counted;
  }

  private Reply counted(Reply.Embedded reply, Asked.ToEmbed asked) throws InterruptedException {
    return new Reply.Embedded(
        reply.body(),
        reply.embeddings().withInputTokens(estimates.of(asked.request())),
        Reply.Passing.TRANSLATED,
        reply.losses());
  }

  /// Whether any other may be asked what one failed at.
  boolean goesOn(Failure failure, Journey journey) {
    return attempts.goesOn(failure, journey);
  }

  /// Whether `second` may be asked what `first` failed at.
  boolean goesOn(Failure failure, Plan first, Plan second, Journey journey) {
    return attempts.goesOn(failure, journey)
        && (failure.kind() != FailureKind.TOO_LONG || takesMore(second, first));
  }

  private boolean takesMore(Plan plan, Plan than) {
    long most = contextOf(than);
    return most == UNKNOWN_CONTEXT || contextOf(plan) > most;
  }

  /// The tokens that fit where `plan` begins.
  private long contextOf(Plan plan) {
    Capabilities capabilities = fleet.deployment(plan.primary()).target().capabilities();
    Integer context = capabilities.window().context();
    return context == null ? UNKNOWN_CONTEXT : context;
  }

  /// Goes on to the next plan while the failure allows it and something is left to spend, also from
  /// one the request cannot be said to or that is too dear; the last failure is the answer. That the
  /// request cannot be said, or paid, hides no failure, and is the answer where nothing else is. What
  /// was too long for one is not sent where no more fits.
  private Reply inTurn(List<Plan> plans, Journey journey, Attempts.Next after)
      throws InterruptedException {
    Reply reply = null;
    RuntimeException unsaid = null;
    Plan tooSmall = null;
    for (int i = 0; i < plans.size(); i++) {
      if (tooSmall != null && !takesMore(plans.get(i), tooSmall)) {
        continue;
      }
      Attempts.Next next = i + 1 < plans.size() ? Attempts.Next.A_FALLBACK : after;
      try {
        reply = perform(plans.get(i), journey, next);
      } catch (Refusal | LossyRequest unsayable) {
        unsaid = unsaid == null || unsaid instanceof LossyRequest ? unsayable : unsaid;
        continue;
      } catch (Spent spent) {
        unsaid = unsaid == null ? spent : unsaid;
        if (spent.sparesCheaperOnes()) {
          continue;
        }
        break;
      }
      if (!(reply instanceof Reply.Failed failed) || !attempts.goesOn(failed.failure(), journey)) {
        return reply;
      }
      tooSmall = failed.failure().kind() == FailureKind.TOO_LONG ? plans.get(i) : tooSmall;
    }
    if (reply == null && unsaid != null) {
      throw unsaid;
    }
    return Objects.requireNonNull(reply, "a plan in turn is never empty");
  }
}
