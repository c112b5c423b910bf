// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.route.Route;
import dev.auriga.simulation.Load.Outcome;
import dev.auriga.simulation.Service.Traits;
import dev.auriga.simulation.Simulation.Seen;
import dev.auriga.simulation.Simulation.Told;
import dev.auriga.simulation.Simulation.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The figures of `docs/reliability.md`: computed here, compared with the page, and written into it with
/// `-Dreliability.write=true`.
class ReliabilityTest {
  private static final Path PAGE = Path.of("..", "docs", "reliability.md");
  private static final String BEGIN = "<!-- figures -->\n";
  private static final String END = "<!-- end of figures -->\n";

  private static final String A = "gpt-4o";
  private static final String B = "gpt-4.1";
  private static final List<String> FOUR = List.of("gpt-4o", "gpt-4.1", "gpt-4o-mini", "gpt-4.1-mini");

  /// What providers' status pages tell of incidents in a year, 2023 to 2024: the mean gap in hours and the
  /// sigma of its logarithm, mu and sigma of the logarithm of the minutes they last, and how bad they are.
  private static final double HOURS = 366 * 24;

  private static final List<Weather.Impact> IMPACT_A =
      List.of(
          new Weather.Impact(15 / 108.0, 0), new Weather.Impact(51 / 108.0, 0.05),
          new Weather.Impact(35 / 108.0, 0.3), new Weather.Impact(7 / 108.0, 1));
  private static final List<Weather.Impact> IMPACT_B =
      List.of(
          new Weather.Impact(15 / 73.0, 0), new Weather.Impact(29 / 73.0, 0.05), new Weather.Impact(29 / 73.0, 0.3));

  private static final Wish WHOLE = new Wish(false, Duration.ofMinutes(2), 6, null, 100, null);
  private static final Wish STREAMED = Wish.USUAL;

  private final StringBuilder rows = new StringBuilder();

  private static Route inTurn(String... names) {
    return new Route.InTurn(Stream.of(names).<Route>map(Route.To::new).toList());
  }

  /// Spread within a minute, and now and then a stall.
  private static Service.Latency latency(double median, double sigma, double stalls) {
    double mu = StrictMath.log(median);
    return random ->
        Weather.lognormal(mu, sigma, random)
            + (random.nextDouble() < stalls ? Weather.exponential(8, random) : 0);
  }

  @Test
  void theFigures_meetTheirTargets_andAreThoseOfThePage() throws Exception {
    aYearOfTwoProviders();
    aTotalOutage();
    aSlowReplica();
    anOverload();
    stalls();
    compare();
  }

  private void row(String what, String target, String figure) {
    rows.append("| %s | %s | %s |\n".formatted(what, target, figure));
  }

  private static String percent(double share, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f %%", share * 100);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  private void aYearOfTwoProviders() throws Exception {
    Outcome alone = aYear(20_000, WHOLE).on(inTurn(A), 1, ReliabilityTest::providers);
    Outcome both = aYear(100_000, WHOLE).on(inTurn(A, B), 1, ReliabilityTest::providers);
    Outcome streams = aYear(50_000, STREAMED).on(inTurn(A, B), 1, ReliabilityTest::providers);
    double success = both.share(ReliabilityTest::isAnswered);
    row("whole answers, a year of outages and errors, one provider", "–", percent(alone.share(ReliabilityTest::isAnswered), 3));
    row("the same, two providers in turn", "≥ 99.95 %", percent(success, 3));
    row("streams that begin, two providers in turn", "–", percent(streams.share(told -> told.firstWordAt() >= 0), 3));
    row("streams that break off after the first word (0.2 % are cut)", "–", percent(streams.share(told -> told.seen() == Seen.BROKEN), 3));
    assertThat(success).isGreaterThanOrEqualTo(0.9995);
  }

  private static Load aYear(int requests, Wish wish) {
    return new Load(requests, Duration.ofSeconds((long) (HOURS * 3600 / requests)), wish);
  }

  private static boolean isAnswered(Told told) {
    return told.seen() == Seen.ANSWERED;
  }

  private static List<Service> providers(World world) {
    Traits traits = Traits.PERFECT.waiting(latency(0.5, 0.4, 0.02)).failing(0.01, 0.002, 0.002);
    SplittableRandom random = new SplittableRandom(7);
    Weather a =
        Weather.incidents(HOURS, 81.3, 0.985, 4.52, 1.22, IMPACT_A, random.split())
            .and(Weather.bursts(HOURS, 75, 0.075, random.split()));
    Weather b =
        Weather.incidents(HOURS, 107.1, 1.143, 3.90, 1.39, IMPACT_B, random.split())
            .and(Weather.bursts(HOURS, 75, 0.075, random.split()));
    return List.of(new Service(A, world, traits, a, 11), new Service(B, world, traits, b, 12));
  }

  private void aTotalOutage() throws Exception {
    Load hour = new Load(7_200, Duration.ofMillis(500), STREAMED);
    double most = 0;
    for (Weather.Trouble trouble : List.of(Weather.Trouble.ERRORS, Weather.Trouble.REFUSED)) {
      Outcome outage =
          hour.on(
              inTurn(A, B), 2,
              world ->
                  List.of(
                      new Service(A, world, Traits.PERFECT, Weather.always(trouble), 1),
                      new Service(B, world, Traits.PERFECT, Weather.always(trouble), 2)));
      most = Math.max(most, outage.extraCalls());
    }
    row("extra calls while both providers are down for an hour", "≤ 20 %", percent(most, 1));
    assertThat(most).isLessThanOrEqualTo(0.2);
  }

  private void aSlowReplica() throws Exception {
    Load load = new Load(6_000, Duration.ofMillis(200), STREAMED);
    Outcome fastest =
        load.on(
            new Route.Fastest(FOUR.stream().<Route>map(Route.To::new).toList()), 3,
            world ->
                FOUR.stream()
                    .map(
                        name ->
                            new Service(
                                name, world,
                                Traits.PERFECT.waiting(latency(name.equals(A) ? 3 : 0.3, 0.12, 0)),
                                Weather.CLEAR, name.hashCode()))
                    .toList());
    double soon = fastest.share(told -> told.firstWordAt() >= 0 && told.waited().toNanos() <= 1e9);
    row("first word within 1 s, `fastest` of four replicas, one of them 10 × slower", "≥ 99 %", percent(soon, 2));
    assertThat(soon).isGreaterThanOrEqualTo(0.99);
  }

  private void anOverload() throws Exception {
    Traits traits = Traits.PERFECT.waiting(latency(0.5, 0.3, 0)).bearing(20);
    Wish wish = WHOLE.within(Duration.ofSeconds(10));
    Outcome peak = overloaded(new Load(4_000, Duration.ofMillis(37), wish), traits);
    Outcome triple = overloaded(new Load(12_000, Duration.ofMillis(37).dividedBy(3), wish), traits);
    double least = answeredPerSecond(triple) / answeredPerSecond(peak);
    row("answers in time at 3 × what the provider bears, of those at what it bears", "≥ 90 %", percent(least, 1));
    assertThat(least).isGreaterThanOrEqualTo(0.9);
  }

  private static Outcome overloaded(Load load, Traits traits) throws Exception {
    return load.on(inTurn(A), 4, world -> List.of(new Service(A, world, traits, Weather.CLEAR, 5)));
  }

  private static double answeredPerSecond(Outcome outcome) {
    return outcome.told().stream().filter(ReliabilityTest::isAnswered).count() / (outcome.lasted().toNanos() / 1e9);
  }

  private void stalls() throws Exception {
    Load load = new Load(40_000, Duration.ofMillis(500), STREAMED);
    Service.Latency latency = latency(0.5, 0.4, 0.03);
    Outcome plain = stalling(load, inTurn(A), latency);
    Route hedge = new Route.Hedge(new Route.To(A), new Route.To(B), null);
    Outcome hedged = stalling(load, hedge, latency);
    double attainable = attainable(latency, 0.99);
    double gain = (plain.waited(0.99) - hedged.waited(0.99)) / (plain.waited(0.99) - attainable);
    row(
        "p99 of the first word against 3 % stalls: plain, hedged at the observed p95, attainable", "–",
        "%s, %s, %s".formatted(seconds(plain.waited(0.99)), seconds(hedged.waited(0.99)), seconds(attainable)));
    row("of the attainable gain", "≥ 90 %", percent(gain, 1));
    row("extra calls for it", "≤ 5 %", percent(hedged.hedges(), 2));
    double late = hedged.meanOverDelays(after -> slowerThan(after, latency));
    row("calls slower than the p95 that was observed when they were hedged by it", "4–6 %", percent(late, 1));
    row("hedges that were due and denied, of all requests", "–", percent(hedged.denied(), 2));
    assertThat(late).isBetween(0.04, 0.06);
    assertThat(gain).isGreaterThanOrEqualTo(0.9);
    assertThat(hedged.hedges()).isLessThanOrEqualTo(0.05);
    Outcome slow = stalling(load, hedge, latency(3, 0.4, 0.03));
    row("extra calls where everything is slow at the same time", "≤ 5 %", percent(slow.hedges(), 2));
    assertThat(slow.hedges()).isLessThanOrEqualTo(0.05);
  }

  /// The share of calls that take longer than `seconds` to the first word.
  private static double slowerThan(double seconds, Service.Latency latency) {
    SplittableRandom random = new SplittableRandom(9);
    return random.doubles(20_000).filter(_ -> 0.02 + latency.draw(random) > seconds).count() / 20_000.0;
  }

  private static Outcome stalling(Load load, Route route, Service.Latency latency) throws Exception {
    Traits traits = Traits.PERFECT.waiting(latency);
    return load.on(
        route, 6,
        world ->
            List.of(
                new Service(A, world, traits, Weather.CLEAR, 21), new Service(B, world, traits, Weather.CLEAR, 22)));
  }

  /// With the true p95 known beforehand, and no cap.
  private static double attainable(Service.Latency latency, double share) {
    SplittableRandom random = new SplittableRandom(8);
    double[] single = random.doubles(200_000).map(_ -> 0.02 + latency.draw(random)).sorted().toArray();
    double after = single[(int) (0.95 * single.length)];
    double[] hedged =
        random
            .doubles(200_000)
            .map(
                _ -> {
                  double first = 0.02 + latency.draw(random);
                  return first <= after ? first : Math.min(first, after + 0.02 + latency.draw(random));
                })
            .sorted()
            .toArray();
    return hedged[(int) (share * hedged.length)];
  }

  private void compare() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).as("the mark %s of %s", BEGIN.strip(), PAGE).isGreaterThanOrEqualTo(BEGIN.length());
    String table = "| what | target | measured |\n|---|---|---|\n" + rows;
    if (Boolean.getBoolean("reliability.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("%s is stale: write it with -Dtest=ReliabilityTest -Dreliability.write=true", PAGE)
        .isEqualTo(table);
  }
}
