// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// How many calls one deployment may have under way: as many as it bears, which it shows by what it
/// refuses.
///
/// The limit is the configured one until a call is refused for load; then it is cut below what was
/// under way, by a tenth, or by a quarter where nothing got through since the last cut. A cut counts
/// once for all calls that were under way with it. While all slots are in use each success raises the
/// limit again: by one for a round of calls, by one for each call when there was no cut for a while
/// (additive increase, multiplicative decrease: Chiu and Jain 1989). Calm times heal it as well.
///
/// Who finds no slot waits in a bounded queue, first come first served; who could not be served within
/// the time it has does not wait at all. Thread-safe; every method takes the object's lock and no
/// other, and none while it waits.
public final class Slots {
  private static final double CUT = 0.9;
  private static final double HARD_CUT = 0.75;

  /// What the first refusal leaves at the least: one alone says little.
  private static final int FIRST_CUT = 8;

  private static final long CALM_NANOS = Duration.ofSeconds(10).toNanos();

  /// What the newest answered call counts for in the mean time a slot is held.
  private static final double NEWEST = 0.1;

  private final Settings settings;
  private final Time time;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private double limit;
  private int busy;
  private long cutAt;
  private long calmSince;
  private boolean wasCut;
  private boolean gotThrough;
  private double meanHeldNanos;

  /// @param most the limit where nothing was refused, at least 1
  /// @param waiting how many may wait for a slot
  public record Settings(int most, int waiting) {
    /// No limit but what deployments show.
    public static final Settings USUAL = new Settings(100_000, 1_000);

    public Settings {
      if (most < 1 || waiting < 0) {
        throw new IllegalArgumentException("%d slots, %d waiting".formatted(most, waiting));
      }
    }

    /// The same with at most so many slots.
    public Settings of(int slots) {
      return new Settings(slots, waiting);
    }
  }

  private static final class Waiting {
    private final Time.Waiter waiter;
    private boolean granted;

    Waiting(Time.Waiter waiter) {
      this.waiter = waiter;
    }
  }

  public Slots(Settings settings, Time time) {
    this.settings = settings;
    this.time = time;
    this.limit = settings.most;
  }

  /// One call under way; closed when it is over, once or more.
  public final class Slot implements AutoCloseable {
    private final long since;
    private boolean answered;
    private boolean closed;

    private Slot(long since) {
      this.since = since;
    }

    /// The call was answered.
    public void answered() {
      answered = true;
      raise();
    }

    /// The call was refused for load. True where one call alone is too many, so that nothing is left
    /// to cut.
    public boolean refused() {
      return cut(since);
    }

    @Override
    public void close() {
      synchronized (Slots.this) {
        if (closed) {
          return;
        }
        closed = true;
        busy--;
        if (answered) {
          long held = time.nanos() - since;
          meanHeldNanos += meanHeldNanos == 0 ? held : NEWEST * (held - meanHeldNanos);
        }
        grant();
      }
    }
  }

  /// A slot for a call that has `left` until its deadline, waited for no longer than `patience`; null when
  /// none gets free in that time, or too late for the call to be answered. Where that can be told
  /// beforehand it does not wait.
  public @Nullable Slot take(Duration patience, Duration left) throws InterruptedException {
    long deadline = time.nanos() + left.toNanos();
    Waiting place;
    synchronized (this) {
      heal();
      if (busy < whole() && queue.isEmpty()) {
        return taken();
      }
      double wait = wait(queue.size() + 1);
      if (queue.size() >= settings.waiting
          || wait > patience.toNanos()
          || wait + meanHeldNanos > left.toNanos()) {
        return null;
      }
      place = new Waiting(time.waiter());
      queue.add(place);
    }
    try {
      place.waiter.await(patience);
    } catch (InterruptedException gone) {
      giveUp(place);
      throw gone;
    }
    synchronized (this) {
      if (!place.granted) {
        queue.remove(place);
        return null;
      }
      if (deadline - time.nanos() < meanHeldNanos) {
        busy--;
        grant();
        return null;
      }
      return new Slot(time.nanos());
    }
  }

  /// How many calls may be under way now.
  public synchronized int limit() {
    return whole();
  }

  /// How many calls are under way now.
  public synchronized int busy() {
    return busy;
  }

  private synchronized void giveUp(Waiting place) {
    queue.remove(place);
    if (place.granted) {
      busy--;
      grant();
    }
  }

  private Slot taken() {
    busy++;
    return new Slot(time.nanos());
  }

  private int whole() {
    return Math.max(1, (int) limit);
  }

  /// How long the one at that position in the queue is expected to wait, in nanoseconds.
  private double wait(int position) {
    return position * meanHeldNanos / whole();
  }

  private void grant() {
    while (busy < whole()) {
      Waiting next = queue.poll();
      if (next == null) {
        return;
      }
      busy++;
      next.granted = true;
      next.waiter.wake();
    }
  }

  private synchronized void raise() {
    gotThrough = true;
    if (busy >= whole()) {
      boolean calm = !wasCut || time.nanos() - cutAt > CALM_NANOS;
      limit = Math.min(settings.most, limit + (calm ? 1 : 1 / limit));
      grant();
    }
  }

  private synchronized boolean cut(long since) {
    if (!wasCut || since - cutAt > 0) {
      double fewest = wasCut ? 1 : FIRST_CUT;
      limit = Math.max(fewest, Math.min(limit, busy) * (gotThrough ? CUT : HARD_CUT));
      wasCut = true;
      gotThrough = false;
      cutAt = time.nanos();
      calmSince = cutAt;
    }
    return busy <= 1 || whole() == 1;
  }

  /// Time heals too: the limit doubles whenever nothing was refused for a while, until there is none.
  private void heal() {
    while (wasCut && time.nanos() - calmSince > CALM_NANOS) {
      calmSince += CALM_NANOS;
      limit = Math.min(settings.most, limit * 2);
      wasCut = limit < settings.most;
    }
  }
}
