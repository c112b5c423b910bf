// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Refusal;
import dev.auriga.consensus.Agreement;
import dev.auriga.provider.Asked;
import dev.auriga.provider.LossyRequest;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Deadline;
import dev.auriga.route.Plan;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Performs a panel: asks its members beside each other, and makes of their answers what the plan aims at.
///
/// Every member draws from the request's one purse, and what it took is booked whatever becomes of its
/// answer. Whoever is still at work when the rest cannot change the outcome any more, or when the time for
/// members is over, is cancelled.
final class Panels {
  private final Performer performer;
  private final Crew.Maker crews;
  private final Booking booking;

  Panels(Performer performer, Crew.Maker crews, Booking booking) {
    this.performer = performer;
    this.crews = crews;
    this.booking = booking;
  }

  /// What one member came to: its reply, or why it has none.
  record Heard(int member, @Nullable Reply reply, @Nullable RuntimeException unsaid, Journey part) {}

  Reply perform(Plan.Panel panel, Journey journey, Asked.ToComplete asked) throws InterruptedException {
    Sitting sitting = new Sitting(panel, journey, asked);
    hear(sitting, journey, asked);
    if (sitting.isSilent()) {
      return sitting.failure();
    }
    Bench bench = new Bench(performer, booking, sitting, journey, asked);
    return switch (panel.aim()) {
      case Plan.Panel.Agree agree -> bench.agreed(agree.opinion());
      case Plan.Panel.Judge judge -> bench.judged(judge.by());
      case Plan.Panel.Fuse fuse -> bench.fused(fuse.by());
    };
  }

  private void hear(Sitting sitting, Journey journey, Asked.ToComplete asked) throws InterruptedException {
    Plan.Panel panel = sitting.panel();
    Integer start = panel.terms().start();
    Duration within = journey.deadline().left();
    if (panel.terms().within() != null && panel.terms().within().compareTo(within) < 0) {
      within = panel.terms().within();
    }
    Deadline until = Deadline.in(within, journey.deadline().time());
    try (Crew<Heard> crew = crews.crew(Panels::discard)) {
      start(crew, sitting, start == null ? panel.members().size() : start, journey, asked);
      while (crew.atWork() > 0) {
        Heard heard = crew.next(until.left());
        if (heard == null) {
          sitting.late();
          return;
        }
        note(heard, sitting, journey);
        if (sitting.isCertain(crew.atWork())) {
          if (!sitting.wantsMore()) {
            sitting.spared();
            return;
          }
          start(crew, sitting, panel.members().size(), journey, asked);
        }
      }
    }
  }

  /// Asks the members up to `upTo` that have not been asked.
  private void start(
      Crew<Heard> crew, Sitting sitting, int upTo, Journey journey, Asked.ToComplete asked) {
    while (sitting.asked() < upTo) {
      int member = sitting.asks();
      Plan plan = sitting.panel().members().get(member);
      Journey part = journey.beside(asked.atOnce());
      crew.start(
          () -> {
            try {
              return new Heard(member, performer.perform(plan, part, Attempts.Next.NOTHING), null, part);
            } catch (Refusal | LossyRequest | Spent unsaid) {
              return new Heard(member, null, unsaid, part);
            }
          });
    }
  }

  private void note(Heard heard, Sitting sitting, Journey journey) {
    if (heard.reply() instanceof Reply.Whole whole) {
      booking.book(heard.part(), whole);
      journey.used(heard.part());
    } else if (heard.reply() instanceof Reply.Composed) {
      journey.used(heard.part());
    }
    sitting.note(heard);
  }

  /// The rule by which answers of `panel` agree.
  static Agreement rule(Plan.Panel panel) {
    Agreement rule = Agreement.USUAL.withQuorum(panel.terms().quorum());
    return panel.aim() instanceof Plan.Panel.Agree agree
        ? rule.above(BigDecimal.valueOf(agree.agreement()))
        : rule;
  }

  private static void discard(Heard heard) {
    if (heard.reply() instanceof Reply.Streaming streaming) {
      streaming.stream().close();
    }
  }
}
