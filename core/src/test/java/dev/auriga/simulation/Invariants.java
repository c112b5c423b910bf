// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.ledger.PriceBook;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Attempt;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.observe.RequestRecord.Outcome;
import dev.auriga.route.Plan;
import dev.auriga.simulation.Simulation.Seen;
import dev.auriga.simulation.Simulation.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What must hold in a world whose clients have all gone home.
final class Invariants {
  /// The usual settings of the engine.
  private static final int ATTEMPTS_PER_DEPLOYMENT = 2;

  private final Simulation simulation;
  private final List<Told> told;
  private final List<RequestRecord> own;
  private final List<RequestRecord> shadows;

  Invariants(Simulation simulation, List<Told> told) {
    this.simulation = simulation;
    this.told = told;
    this.own = simulation.records().stream().filter(record -> record.shadowOf() == null).toList();
    this.shadows = simulation.records().stream().filter(record -> record.shadowOf() != null).toList();
  }

  void hold() {
    assertThat(own.stream().map(RequestRecord::id))
        .as("one record for each request")
        .doesNotHaveDuplicates()
        .hasSize(told.size());
    for (Told each : told) {
      RequestRecord record = record("r" + each.number());
      ending(each, record);
      purse(each, record);
      time(each, record);
      commitPoint(each, record);
      order(each, record);
      persistence(each, record);
      shadows(each);
    }
    simulation.services().forEach(this::service);
  }

  private RequestRecord record(String id) {
    return own.stream().filter(any -> any.id().equals(id)).findFirst().orElseThrow();
  }

  private void service(Service service) {
    assertThat(simulation.fleet().slots(service.name()).busy()).as("slots of %s", service.name()).isZero();
    assertThat(service.active()).as("open calls at %s", service.name()).isZero();
    if (!service.isSuspect()) {
      assertThat(simulation.fleet().breaker(service.name()).cooldownLeft())
          .as("%s failed at nothing that says it is ill", service.name())
          .isZero();
      assertThat(simulation.fleet().breaker(service.name()).isAiling()).as("%s ails", service.name()).isFalse();
    }
  }

  private Stream<Service.Call> calls(Told of) {
    return simulation.services().stream()
        .flatMap(service -> service.calls().stream())
        .filter(call -> call.request().equals(Integer.toString(of.number())));
  }

  private static void ending(Told told, RequestRecord record) {
    Ending expected =
        switch (told.seen()) {
          case ANSWERED -> Ending.COMPLETED;
          case FAILED -> Ending.FAILED;
          case BROKEN -> Ending.TRUNCATED;
          case LEFT -> Ending.CANCELLED;
          case REFUSED -> Ending.REFUSED;
        };
    // A client that leaves while the last word is on its way has been answered all the same.
    if (told.seen() != Seen.LEFT || record.ending() == Ending.CANCELLED) {
      assertThat(record.ending()).as("ending of %s", record.id()).isEqualTo(expected);
    }
  }

  /// Never more attempts or money than the purse has, and never less booked than was charged.
  private void purse(Told told, RequestRecord record) {
    assertThat(record.attempts().size()).as("attempts of %s", record.id()).isLessThanOrEqualTo(told.wish().attempts());
    assertThat(told.purse().held()).as("still held for %s", record.id()).isZero();
    Long limit = told.wish().micros();
    if (limit != null && !isShadowed(told)) {
      long charged = charged(told.number());
      assertThat(told.purse().committed()).as("booked for %s", record.id()).isLessThanOrEqualTo(limit);
      assertThat(charged).as("charged for %s", record.id()).isLessThanOrEqualTo(limit);
      if (record.attempts().stream().noneMatch(attempt -> attempt.outcome() == Outcome.ABANDONED)) {
        // What nobody waited for is booked at its input's price, which is an estimate.
        assertThat(told.purse().committed()).as("booked for %s", record.id()).isGreaterThanOrEqualTo(charged);
      }
    }
  }

  /// What the services charge for a request, in millionths of a dollar; less a rounding.
  private long charged(int number) {
    long micros = 0;
    for (Service service : simulation.services()) {
      long tokens = service.billed().getOrDefault(Integer.toString(number), 0L);
      Usage usage = new Usage(tokens % 1_000_000, 0, 0, 0, tokens / 1_000_000, 0);
      if (PriceBook.shipped().cost(service.name(), usage, simulation.now()) instanceof Cost.Priced cost) {
        micros += cost.micros();
      }
    }
    return micros;
  }

  /// Nobody waits longer than the deadline, and the record says how long they waited for the first word.
  private static void time(Told told, RequestRecord record) {
    Duration deadline = told.wish().deadline();
    assertThat(told.waited()).as("%s waited", record.id()).isLessThanOrEqualTo(deadline);
    assertThat(record.took()).as("%s took", record.id()).isLessThanOrEqualTo(deadline);
    for (Attempt attempt : record.attempts()) {
      assertThat(attempt.began().plus(attempt.took()))
          .as("end of attempt %d of %s", attempt.number(), record.id())
          .isLessThanOrEqualTo(record.took());
    }
    if (told.firstWordAt() >= 0) {
      assertThat(record.firstToken()).as("first word of %s", record.id()).isEqualTo(told.waited());
    } else if (told.seen() != Seen.LEFT) {
      assertThat(record.firstToken()).as("first word of %s, which had none", record.id()).isNull();
    }
  }

  /// Nothing is sent again after the first word has gone to the client.
  private void commitPoint(Told told, RequestRecord record) {
    if (told.firstWordAt() >= 0 && !isShadowed(told)) {
      assertThat(calls(told))
          .as("calls of %s after its first word", record.id())
          .noneMatch(call -> call.at() > told.firstWordAt());
    }
  }

  private static List<String> planned(Told told) {
    List<String> planned = new ArrayList<>();
    Objects.requireNonNull(told.decision()).plan().each(planned::add);
    return planned;
  }

  /// Deployments are asked in the plan's order, and no other than the plan's, each so often as it may;
  /// none is passed over that had not failed before. Where two are asked beside each other there is no one
  /// order.
  private void order(Told told, RequestRecord record) {
    if (told.decision() == null) {
      assertThat(record.attempts()).isEmpty();
      return;
    }
    List<String> planned = planned(told);
    assertThat(planned).as("plan of %s", record.id()).containsAll(asked(record).toList());
    if (asksBesideEachOther(told.decision().plan())) {
      return;
    }
    int last = 0;
    for (Attempt attempt : record.attempts()) {
      int at = planned.indexOf(attempt.deployment());
      assertThat(at).as("order of %s by %s", record.id(), told.decision().plan()).isGreaterThanOrEqualTo(last);
      passedOver(told, record, planned.subList(last, at), attempt.began());
      last = at;
    }
    for (String deployment : planned) {
      assertThat(asked(record).filter(deployment::equals).count())
          .as("attempts of %s at %s", record.id(), deployment)
          .isLessThanOrEqualTo(ATTEMPTS_PER_DEPLOYMENT);
    }
  }

  private static Stream<String> asked(RequestRecord record) {
    return record.attempts().stream().map(Attempt::deployment);
  }

  private void passedOver(Told told, RequestRecord record, List<String> deployments, Duration until) {
    long moment = told.startedAt() + until.toNanos();
    for (String deployment : deployments) {
      if (asked(record).noneMatch(deployment::equals) && told.wish().micros() == null) {
        assertThat(simulation.service(deployment).hadFailed(moment))
            .as("%s, which %s passed over, had failed", deployment, record.id())
            .isTrue();
      }
    }
  }

  /// Nobody is told a failure while something is left to try: attempts, time, and a deployment that never
  /// failed.
  private void persistence(Told told, RequestRecord record) {
    if (told.seen() != Seen.FAILED || told.wish().micros() != null) {
      return;
    }
    boolean hasMore =
        record.attempts().size() < told.wish().attempts()
            && record.took().compareTo(told.wish().deadline()) < 0
            && record.attempts().stream().map(Attempt::failure).filter(Objects::nonNull).map(Failure::kind).allMatch(kind -> kind.fallsBack());
    if (hasMore) {
      passedOver(told, record, planned(told), record.took());
    }
  }

  /// What was sent beside a request has records of its own, and draws from a purse of its own.
  private void shadows(Told told) {
    List<RequestRecord> beside =
        shadows.stream().filter(record -> ("r" + told.number()).equals(record.shadowOf())).toList();
    Plan plan = told.decision() == null ? null : told.decision().plan();
    List<String> with = new ArrayList<>();
    int sent = plan == null ? 0 : shadowed(plan, with);
    assertThat(beside.stream().map(RequestRecord::id)).as("shadows of r%d", told.number()).doesNotHaveDuplicates();
    assertThat(beside.size()).as("shadows of r%d by %s", told.number(), plan).isLessThanOrEqualTo(sent);
    if (plan instanceof Plan.Shadowed) {
      assertThat(beside).as("shadows of r%d", told.number()).isNotEmpty();
    }
    for (RequestRecord record : beside) {
      assertThat(with).as("plan of %s", record.id()).containsAll(asked(record).toList());
      assertThat(record.attempts().size()).as("attempts of %s", record.id()).isLessThanOrEqualTo(told.wish().attempts());
      assertThat(record.ending()).as("ending of %s", record.id()).isNotIn(Ending.CANCELLED, Ending.REFUSED);
      assertThat(record.decision()).as("nothing was decided for %s", record.id()).isNull();
    }
  }

  /// How many shadows a plan may send; collects whom they ask.
  private static int shadowed(Plan plan, List<String> with) {
    return switch (plan) {
      case Plan.Single _ -> 0;
      case Plan.InTurn inTurn -> inTurn.plans().stream().mapToInt(each -> shadowed(each, with)).sum();
      case Plan.Hedged hedged -> shadowed(hedged.first(), with) + shadowed(hedged.second(), with);
      case Plan.Shadowed shadowed -> {
        shadowed.with().each(with::add);
        yield 1 + shadowed(shadowed.main(), with) + shadowed(shadowed.with(), with);
      }
      case Plan.Panel panel -> panel.members().stream().mapToInt(each -> shadowed(each, with)).sum();
    };
  }

  private static boolean isShadowed(Told told) {
    return told.decision() != null && shadowed(told.decision().plan(), new ArrayList<>()) > 0;
  }

  private static boolean asksBesideEachOther(Plan plan) {
    return switch (plan) {
      case Plan.Single _ -> false;
      case Plan.InTurn inTurn -> inTurn.plans().stream().anyMatch(Invariants::asksBesideEachOther);
      case Plan.Hedged _, Plan.Shadowed _, Plan.Panel _ -> true;
    };
  }
}
