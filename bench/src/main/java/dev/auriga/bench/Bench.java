// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// The command: starts the upstream and every contender, measures them in turn, prints one table.
public final class Bench {
  private final Settings settings;
  private final Samples samples = new Samples();
  private final Path folder;
  private final long startedNanos = System.nanoTime();
  private int rounds;

  private Bench(Settings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings settings;
    try {
      settings = Settings.of(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    Path folder = Files.createDirectories(settings.home().resolve("bench/target/run"));
    new Bench(settings, folder).run();
  }

  private void run() throws InterruptedException {
    Machine.Ticks before = Machine.Ticks.now();
    List<Running> running = new ArrayList<>();
    try (Child upstream = upstream();
        Load load = new Load()) {
      start(Integer.parseInt(upstream.firstLine()), running);
      measure(load, running);
    } finally {
      running.forEach(Running::close);
    }
    print(running, before);
  }

  private static Child upstream() {
    return Child.piped(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.allocator.type=pooled",
            "-cp", System.getProperty("java.class.path"), Upstream.class.getName()));
  }

  /// Starts whoever can take part, as often as its start is measured; the last one stays.
  private void start(int upstreamPort, List<Running> running) throws InterruptedException {
    for (Contender contender : contenders(upstreamPort)) {
      String missing = settings.takes(contender) ? contender.missing() : "";
      if (missing == null) {
        for (int i = contender.scope() == Contender.Scope.COST ? 1 : settings.starts(); i > 1; i--) {
          note(Running.start(contender, folder)).close();
        }
        running.add(note(Running.start(contender, folder)));
      } else if (!missing.isEmpty()) {
        System.err.println(contender.name() + " is left out: " + missing);
      }
    }
  }

  private Running note(Running started) {
    if (started.child() != null) {
      samples.add(started.name(), Measure.STARTUP, started.startup().toNanos() / 1e6);
    }
    return started;
  }

  private List<Contender> contenders(int upstreamPort) {
    Path portkey = settings.home().resolve("bench/target/portkey");
    return List.of(
        new Direct(upstreamPort),
        new Nginx(Machine.freePort(), upstreamPort),
        auriga(upstreamPort, AurigaServe.Logs.QUIET),
        auriga(upstreamPort, AurigaServe.Logs.USUAL),
        new PortkeyNode(portkey, Machine.freePort(), upstreamPort));
  }

  private AurigaServe auriga(int upstreamPort, AurigaServe.Logs logs) {
    String options = logs == AurigaServe.Logs.QUIET ? settings.javaOptions() : "";
    return new AurigaServe(settings.home(), Machine.freePort(), upstreamPort, logs, options);
  }

  /// Rounds begin with another contender each time, so that none always follows the same one.
  private void measure(Load load, List<Running> running) throws InterruptedException {
    Round round = new Round(load, settings, samples);
    for (Running each : running) {
      say("warming up " + each.name());
      round.warmUp(each);
    }
    List<Running> order = new ArrayList<>(running);
    for (int i = 1; i <= settings.rounds() && (i == 1 || within(settings.limit())); i++) {
      rounds = i;
      say("round " + i + " of " + settings.rounds());
      for (Running each : order) {
        round.measure(each);
      }
      running.forEach(each -> added(each.name()));
      Collections.rotate(order, 1);
    }
    for (Running each : running) {
      if (each.child() != null && each.contender().scope() == Contender.Scope.EVERYTHING) {
        say("2,000 streams through " + each.name());
        round.manyStreams(each);
      }
    }
  }

  /// What a contender's latencies of this round are above those without one.
  private void added(String name) {
    if (!name.equals(Direct.NAME)) {
      added(name, Measure.P50_ONE, Measure.P50_ONE, Measure.ADDED_P50);
      added(name, Measure.P99_ONE, Measure.P99_ONE, Measure.ADDED_P99);
      added(name, Measure.P50_LONG, Measure.P50_LONG, Measure.ADDED_LONG);
      added(name, Measure.P50_LONG_TRANSLATED, Measure.P50_LONG, Measure.ADDED_LONG_TRANSLATED);
    }
  }

  private void added(String name, Measure own, Measure without, Measure added) {
    List<Double> with = samples.of(name, own);
    List<Double> direct = samples.of(Direct.NAME, without);
    if (!with.isEmpty() && !direct.isEmpty()) {
      samples.add(name, added, with.getLast() - direct.getLast());
    }
  }

  private boolean within(Duration limit) {
    return System.nanoTime() - startedNanos < limit.toNanos();
  }

  private static void say(String what) {
    System.err.println(what);
  }

  private void print(List<Running> running, Machine.Ticks before) {
    System.out.println(new Table(samples, running.stream().map(Running::name).toList()).render());
    String caution =
        settings.pace() == Settings.Pace.QUICK ? "; the JVM is still warming up, a full run decides" : "";
    System.out.println("Targets (medians; ratios are of the same round" + caution + ")");
    Target.ALL.forEach(target -> System.out.println(target.judge(samples)));
    System.out.println("\nRequests that went wrong");
    running.forEach(each -> System.out.println("  " + each.name() + ": " + samples.failures(each.name())));
    Machine.Ticks after = Machine.Ticks.now();
    System.out.printf(
        Locale.ROOT, "%n%d rounds in %.0f s; processors %.0f %% busy; JDK %s, %d processors%n",
        rounds, (System.nanoTime() - startedNanos) / 1e9,
        100.0 - 100.0 * (after.idle() - before.idle()) / Math.max(1, after.all() - before.all()),
        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
  }
}
