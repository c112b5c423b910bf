// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.time.Duration;

/// The measurements one contender takes part in, in each round and around them.
final class Round {
  private static final int CONNECTIONS = 64;
  private static final int PER_SECOND = 2_000;
  private static final int STREAMS = 500;
  private static final int MANY_STREAMS = 2_000;
  private static final int CHUNK_MILLIS = 50;
  private static final double P99_LIMIT_MILLIS = 10;

  private final Load load;
  private final Settings settings;
  private final Samples samples;

  Round(Load load, Settings settings, Samples samples) {
    this.load = load;
    this.settings = settings;
    this.samples = samples;
  }

  /// Everything before it counts, until compilers are done with it; memory at rest is taken before
  /// long prompts and translation, so that it stays that of a gateway which only passes on.
  void warmUp(Running running) throws InterruptedException {
    samples.add(running.name(), Measure.STARTED_MEMORY, running.meter().residentMebibytes());
    untilSettled(running, small(running), settings.warmUp());
    if (running.contender().scope() != Contender.Scope.COST) {
      load.closed(large(running), CONNECTIONS, settings.part(0.7));
    }
    if (running.contender().scope() == Contender.Scope.EVERYTHING) {
      Question question = Question.streamed(running.contender().address(), 20, 20);
      load.streams(task(running, question), 200, Duration.ofMillis(20), Duration.ofSeconds(3));
      load.paced(small(running), PER_SECOND, CONNECTIONS, settings.part(0.7));
    }
    Thread.sleep(Duration.ofMillis(500));
    samples.add(running.name(), Measure.IDLE_MEMORY, running.meter().residentMebibytes());
    if (running.contender().scope() == Contender.Scope.EVERYTHING) {
      warmUpTheRest(running);
    }
  }

  private void warmUpTheRest(Running running) throws InterruptedException {
    load.closed(whole(running, Question.LONG), 1, settings.part(0.5));
    if (running.contender().translates()) {
      untilSettled(running, anthropic(running, Question.SMALL), settings.warmUp().dividedBy(2));
      load.closed(anthropic(running, Question.LONG), 1, settings.part(0.5));
    }
  }

  /// Requests without a pause until three seconds in a row bring no lower cost than those before.
  private void untilSettled(Running running, Load.Task task, Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    double least = Double.MAX_VALUE;
    int settled = 0;
    while (settled < 3 && System.nanoTime() < until) {
      Taken taken = load.closed(task, CONNECTIONS, Duration.ofSeconds(1));
      double cost = running.child() == null ? least : taken.cpuMicrosPerRequest();
      settled = cost < 0.93 * least ? 0 : settled + 1;
      least = Math.min(least, cost);
    }
  }

  void measure(Running running) throws InterruptedException {
    Contender.Scope scope = running.contender().scope();
    Taken closed = load.closed(small(running), CONNECTIONS, settings.unit());
    add(running, Measure.CPU_SMALL, closed.cpuMicrosPerRequest());
    add(running, Measure.RATE, closed.perSecond());
    fail(running, closed);
    if (scope == Contender.Scope.COST) {
      return;
    }
    if (running.contender().translates()) {
      translated(running, closed.perSecond());
    }
    Taken large = load.closed(large(running), CONNECTIONS, settings.part(0.7));
    add(running, Measure.CPU_LARGE, large.cpuMicrosPerRequest());
    fail(running, large);
    one(running);
    if (scope == Contender.Scope.EVERYTHING) {
      longPrompts(running);
      paced(running);
      ramp(running, closed.perSecond());
      streams(running);
    }
  }

  /// The same prompt from clients of Anthropic's dialect, beside those just measured that need no
  /// translation and had `untranslated` requests a second.
  private void translated(Running running, double untranslated) throws InterruptedException {
    Taken taken = load.closed(anthropic(running, Question.SMALL), CONNECTIONS, settings.unit());
    add(running, Measure.CPU_TRANSLATED, taken.cpuMicrosPerRequest());
    add(running, Measure.RATE_TRANSLATED, taken.perSecond());
    add(running, Measure.SHARE_TRANSLATED, 100 * taken.perSecond() / Math.max(1, untranslated));
    fail(running, taken);
  }

  private void longPrompts(Running running) throws InterruptedException {
    longPrompt(running, Measure.P50_LONG, whole(running, Question.LONG));
    if (running.contender().translates()) {
      longPrompt(running, Measure.P50_LONG_TRANSLATED, anthropic(running, Question.LONG));
    }
  }

  /// Where nothing is answered it takes for ever, so that no promise of speed is kept.
  private void longPrompt(Running running, Measure measure, Load.Task task) throws InterruptedException {
    Taken taken = load.closed(task, 1, settings.part(0.5));
    double millis = taken.latencies().millisWithin(0.50);
    add(running, measure, taken.answered() > 0 ? millis : Double.POSITIVE_INFINITY);
    fail(running, taken);
  }

  private void one(Running running) throws InterruptedException {
    Taken few = load.closed(small(running), 1, settings.part(0.6));
    add(running, Measure.P50_ONE, few.latencies().millisWithin(0.50) * 1e3);
    add(running, Measure.P99_ONE, few.latencies().millisWithin(0.99) * 1e3);
    fail(running, few);
    Taken large = load.closed(large(running), 1, settings.part(0.3));
    fail(running, large);
    add(running, Measure.MODE, Math.max(around40(few.latencies()), around40(large.latencies())));
  }

  /// Small writes that wait for a delayed acknowledgement show as a hump at 40 ms: what there is
  /// from 35 to 50 ms above what there is from 20 to 35 ms, in percent of all.
  static double around40(Histogram latencies) {
    long hump = latencies.between(35, 50) - latencies.between(20, 35);
    return 100.0 * Math.max(0, hump) / Math.max(1, latencies.total());
  }

  private void paced(Running running) throws InterruptedException {
    Taken paced = load.paced(small(running), PER_SECOND, CONNECTIONS, settings.unit());
    add(running, Measure.CPU_PACED, paced.cpuMicrosPerRequest());
    add(running, Measure.P50_PACED, paced.latencies().millisWithin(0.50));
    add(running, Measure.P99_PACED, paced.latencies().millisWithin(0.99));
    fail(running, paced);
  }

  /// Rates up to what the connections took without a pause; each may be tried again.
  private void ramp(Running running, double perSecond) throws InterruptedException {
    double best = 0;
    for (double share : settings.ramp()) {
      double held = 0;
      for (int tried = 0; tried < settings.tries() && held == 0; tried++) {
        int rate = (int) (perSecond * share);
        Taken taken = load.paced(small(running), rate, 2 * CONNECTIONS, settings.part(0.25));
        boolean kept = taken.perSecond() > 0.95 * rate && taken.failed() == 0;
        held = kept && taken.latencies().millisWithin(0.99) <= P99_LIMIT_MILLIS ? taken.perSecond() : 0;
      }
      if (held == 0) {
        break;
      }
      best = held;
    }
    add(running, Measure.BEST_RATE, best);
  }

  private void streams(Running running) throws InterruptedException {
    Question question = Question.streamed(running.contender().address(), settings.chunks(), CHUNK_MILLIS);
    Duration wanted = Duration.ofMillis((long) settings.chunks() * CHUNK_MILLIS);
    Duration spread = Duration.ofMillis(4 * CHUNK_MILLIS);
    Taken taken =
        load.streams(task(running, question), STREAMS, spread, wanted.multipliedBy(3));
    add(running, Measure.CPU_CHUNK, taken.cpuMicrosPerEvent());
    fail(running, taken);
  }

  /// Memory while 2,000 streams are open at a chunk a second each.
  void manyStreams(Running running) throws InterruptedException {
    Question question = Question.streamed(running.contender().address(), 4, 1000);
    Taken taken =
        load.streams(task(running, question), MANY_STREAMS, Duration.ofSeconds(1), Duration.ofSeconds(10));
    if (taken.peakMebibytes() > 0) {
      add(running, Measure.STREAMS_MEMORY, taken.peakMebibytes());
    }
    fail(running, taken);
  }

  private void add(Running running, Measure measure, double figure) {
    samples.add(running.name(), measure, figure);
  }

  private void fail(Running running, Taken taken) {
    samples.fail(running.name(), taken.failed());
  }

  private static Load.Task small(Running running) {
    return whole(running, Question.SMALL);
  }

  private static Load.Task large(Running running) {
    return whole(running, Question.LARGE);
  }

  private static Load.Task whole(Running running, int size) {
    return task(running, Question.whole(running.contender().address(), size));
  }

  private static Load.Task anthropic(Running running, int size) {
    return task(running, Question.anthropic(running.contender().address(), size));
  }

  private static Load.Task task(Running running, Question question) {
    return new Load.Task(running.contender().address(), question, running.meter());
  }
}
