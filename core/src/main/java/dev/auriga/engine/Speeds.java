// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.resilience.Time;
import dev.auriga.route.Snapshot.Speed;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How fast each deployment answered lately, older answers counting less.
///
/// Thread-safe: each deployment's figures are guarded by their own lock, taken alone.
final class Speeds {
  /// What the newest answer counts for in a mean.
  private static final double NEWEST = 0.2;

  /// After that long without an answer nothing is known of a deployment any more.
  private static final Duration LATELY = Duration.ofMinutes(5);

  /// How many answers a percentile is taken from, at the most and at the least.
  private static final int REMEMBERED = 64;
  private static final int FEWEST = 20;

  private final Map<String, Figures> figures = new ConcurrentHashMap<>();
  private final Time time;

  Speeds(Time time) {
    this.time = time;
  }

  /// A stream's first token came `took` after it was asked for.
  void spoke(String deployment, Duration took) {
    figures.computeIfAbsent(deployment, _ -> new Figures()).firstToken.add(took, time.nanos());
  }

  /// An answer was whole `took` after it was asked for.
  void answered(String deployment, Duration took) {
    figures.computeIfAbsent(deployment, _ -> new Figures()).whole.add(took, time.nanos());
  }

  /// Nothing was heard for so long by somebody who then stopped waiting, for the first token of a stream
  /// or for a whole answer.
  void silent(String deployment, Duration atLeast, boolean streamed) {
    Figures known = figures.get(deployment);
    if (known != null) {
      (streamed ? known.firstToken : known.whole).addAtLeast(atLeast, time.nanos());
    }
  }

  /// What is known now.
  Map<String, Speed> now() {
    Map<String, Speed> known = new HashMap<>();
    long now = time.nanos();
    figures.forEach(
        (deployment, each) -> {
          Duration firstToken = each.firstToken.mean(now);
          Duration whole = each.whole.mean(now);
          Duration either = firstToken != null ? firstToken : whole;
          if (either != null) {
            known.put(
                deployment,
                new Speed(
                    either, each.firstToken.late(now), whole != null ? whole : either, each.whole.late(now)));
          }
        });
    return known;
  }

  private record Figures(Waits firstToken, Waits whole) {
    Figures() {
      this(new Waits(), new Waits());
    }
  }

  /// The last waits of one kind.
  private static final class Waits {
    private final long[] last = new long[REMEMBERED];
    private int count;
    private double mean;
    private long newestAt;

    synchronized void add(Duration wait, long now) {
      boolean fresh = count == 0 || now - newestAt > LATELY.toNanos();
      count = fresh ? 0 : count;
      mean = fresh ? wait.toNanos() : mean + NEWEST * (wait.toNanos() - mean);
      last[count++ % REMEMBERED] = wait.toNanos();
      newestAt = now;
    }

    /// A wait that was broken off counts where it had lasted longer than most do: whatever it would have
    /// become, it is among the late ones. Left out, those of which hedges spare us the end would make
    /// the rest look fast, so that more and more were hedged.
    synchronized void addAtLeast(Duration wait, long now) {
      Duration late = late(now);
      if (late != null && wait.compareTo(late) >= 0) {
        long answeredAt = newestAt;
        add(wait, now);
        newestAt = answeredAt;
      }
    }

    synchronized @Nullable Duration mean(long now) {
      return isKnown(now) ? Duration.ofNanos((long) mean) : null;
    }

    synchronized @Nullable Duration late(long now) {
      int known = Math.min(count, REMEMBERED);
      if (!isKnown(now) || known < FEWEST) {
        return null;
      }
      long[] sorted = Arrays.copyOf(last, known);
      Arrays.sort(sorted);
      // The rank that one in twenty of the waits to come exceeds, of the few there are.
      return Duration.ofNanos(sorted[Math.min(known, ((known + 1) * 95 + 99) / 100) - 1]);
    }

    private boolean isKnown(long now) {
      return count > 0 && now - newestAt <= LATELY.toNanos();
    }
  }
}
