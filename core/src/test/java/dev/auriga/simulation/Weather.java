// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// When a service is in trouble, and in which.
///
/// Asked with times that never go back.
final class Weather {
  /// The share of calls that is refused inside a burst of rate limits.
  private static final double SHARE_LIMITED = 0.4;

  static final Weather CLEAR = new Weather(List.of());

  /// What a service in trouble does.
  enum Trouble {
    NONE,
    REFUSED,
    SILENT,
    ERRORS,
    RATE_LIMITED
  }

  /// From one moment to another, in nanoseconds.
  ///
  /// @param share of the calls it hits
  record Spell(long from, long until, Trouble trouble, double share) {}

  /// How bad incidents are: the share of incidents and the share of calls one of them hits.
  record Impact(double incidents, double calls) {}

  /// Every incident hits every call.
  private static final List<Impact> FULL = List.of(new Impact(1, 1));

  private final List<Spell> spells;
  private int next;

  Weather(List<Spell> spells) {
    this.spells = List.copyOf(spells);
  }

  /// What happens to a call at that moment.
  Trouble at(long nanos, SplittableRandom random) {
    while (next < spells.size() && spells.get(next).until() <= nanos) {
      next++;
    }
    return next < spells.size()
            && spells.get(next).from() <= nanos
            && random.nextDouble() < spells.get(next).share()
        ? spells.get(next).trouble()
        : Trouble.NONE;
  }

  /// In trouble all the time.
  static Weather always(Trouble trouble) {
    return new Weather(List.of(new Spell(0, Long.MAX_VALUE, trouble, 1)));
  }

  /// Incidents that hit every call; see the other.
  static Weather incidents(
      double hours, double meanGapHours, double gapSigma, double minutesMu, double minutesSigma, SplittableRandom random) {
    return incidents(hours, meanGapHours, gapSigma, minutesMu, minutesSigma, FULL, random);
  }

  /// Incidents whose gaps and durations are lognormal, as those that providers report.
  ///
  /// @param meanGapHours between the starts of two
  /// @param gapSigma of the gap's logarithm
  /// @param minutesMu and `minutesSigma` of the logarithm of a duration in minutes
  static Weather incidents(
      double hours,
      double meanGapHours,
      double gapSigma,
      double minutesMu,
      double minutesSigma,
      List<Impact> impacts,
      SplittableRandom random) {
    List<Spell> spells = new ArrayList<>();
    double gapMu = StrictMath.log(meanGapHours) - gapSigma * gapSigma / 2;
    double start = lognormal(gapMu, gapSigma, random);
    while (start < hours) {
      double minutes = lognormal(minutesMu, minutesSigma, random);
      Trouble trouble =
          switch (random.nextInt(3)) {
            case 0 -> Trouble.REFUSED;
            case 1 -> Trouble.SILENT;
            default -> Trouble.ERRORS;
          };
      spells.add(new Spell(nanos(start), nanos(start + minutes / 60), trouble, drawn(impacts, random)));
      start = Math.max(start + minutes / 60, start + lognormal(gapMu, gapSigma, random));
    }
    return new Weather(spells);
  }

  private static double drawn(List<Impact> impacts, SplittableRandom random) {
    double left = random.nextDouble();
    for (Impact impact : impacts) {
      left -= impact.incidents();
      if (left < 0) {
        return impact.calls();
      }
    }
    return 0;
  }

  /// Bursts of rate limits: of `meanBurst` seconds each, `share` of the time.
  static Weather bursts(double hours, double meanBurst, double share, SplittableRandom random) {
    List<Spell> spells = new ArrayList<>();
    double seconds = 0;
    double meanGap = meanBurst * (1 - share) / share;
    while (seconds < hours * 3600) {
      double start = seconds + exponential(meanGap, random);
      seconds = start + exponential(meanBurst, random);
      spells.add(new Spell((long) (start * 1e9), (long) (seconds * 1e9), Trouble.RATE_LIMITED, SHARE_LIMITED));
    }
    return new Weather(spells);
  }

  /// Both; where they overlap the worse of them.
  Weather and(Weather milder) {
    List<Spell> all = new ArrayList<>(spells);
    for (Spell spell : milder.spells) {
      if (spells.stream().noneMatch(other -> other.from() < spell.until() && spell.from() < other.until())) {
        all.add(spell);
      }
    }
    all.sort(java.util.Comparator.comparingLong(Spell::from));
    return new Weather(all);
  }

  static double lognormal(double mu, double sigma, SplittableRandom random) {
    return StrictMath.exp(mu + sigma * normal(random));
  }

  static double exponential(double mean, SplittableRandom random) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /// By Box and Muller, with functions that give the same on every machine.
  private static double normal(SplittableRandom random) {
    return StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
        * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  private static long nanos(double hours) {
    return (long) (hours * 3_600e9);
  }
}
