// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps turns for the callers they were answered to, in memory, bounded in bytes and time.
///
/// Each caller has a shelf of its own and finds nothing but there. When the vault is full, the turn
/// that was not used for longest leaves the fullest shelf, so that a caller's volume is at its own
/// expense. What is lost costs a model its earlier thoughts and nothing else. Thread-safe: guarded by
/// its own lock, held for a few map operations.
public final class Vault {

  /// How much and how long.
  ///
  /// @param bytes the most memory for all callers together, roughly
  /// @param idle how long a turn stays that nobody asks for
  public record Bounds(long bytes, Duration idle) {
    public static final Bounds USUAL = new Bounds(64L << 20, Duration.ofHours(6));

    public Bounds {
      if (bytes < 0 || idle.isNegative()) {
        throw new IllegalArgumentException("bounds must not be negative: %d bytes, %s".formatted(bytes, idle));
      }
    }
  }

  private record Held(Turn turn, long bytes, Instant used) {}

  private static final class Shelf {
    final Map<Digest, Held> turns = new LinkedHashMap<>(16, 0.75f, true);
    long bytes;

    void dropFirst() {
      Iterator<Held> oldest = turns.values().iterator();
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }

  private static final long BYTES_OF_AN_ENTRY = 160;

  private final Bounds bounds;
  private final InstantSource clock;
  private final Map<String, Shelf> shelves = new HashMap<>();
  private long bytes;
  private Instant swept;

  public Vault(Bounds bounds, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.swept = clock.instant();
  }

  /// Keeps `turn` for `caller`, in the place of one known by the same name.
  synchronized void keep(String caller, Digest name, Turn turn) {
    Instant now = clock.instant();
    sweep(now);
    Held held = new Held(turn, BYTES_OF_AN_ENTRY + turn.bytes(), now);
    if (held.bytes > bounds.bytes) {
      return;
    }
    Shelf shelf = shelves.computeIfAbsent(caller, _ -> new Shelf());
    Held before = shelf.turns.put(name, held);
    count(shelf, held.bytes - (before == null ? 0 : before.bytes));
    while (bytes > bounds.bytes) {
      dropFirst(fullest());
    }
  }

  /// What is kept for `caller` under `name`; null when there is nothing, or nothing any more.
  synchronized @Nullable Turn find(String caller, Digest name) {
    Shelf shelf = shelves.get(caller);
    Held held = shelf == null ? null : shelf.turns.get(name);
    if (shelf == null || held == null) {
      return null;
    }
    Instant now = clock.instant();
    if (isStale(held, now)) {
      shelf.turns.remove(name);
      count(shelf, -held.bytes);
      return null;
    }
    shelf.turns.put(name, new Held(held.turn, held.bytes, now));
    return held.turn;
  }

  /// Drops what is kept for `caller` under `name` where it was made at `place`.
  synchronized void forget(String caller, Digest name, String place) {
    Shelf shelf = shelves.get(caller);
    Held held = shelf == null ? null : shelf.turns.get(name);
    if (shelf != null && held != null && held.turn.place().equals(place)) {
      shelf.turns.remove(name);
      count(shelf, -held.bytes);
    }
  }

  /// Whether nothing at all is kept for `caller`.
  synchronized boolean isEmptyFor(String caller) {
    return !shelves.containsKey(caller);
  }

  /// About how many bytes are kept now.
  public synchronized long bytes() {
    return bytes;
  }

  private void count(Shelf shelf, long more) {
    shelf.bytes += more;
    bytes += more;
  }

  private boolean isStale(Held held, Instant now) {
    return held.used.plus(bounds.idle).isBefore(now);
  }

  private Shelf fullest() {
    return shelves.values().stream().max(Comparator.comparingLong(shelf -> shelf.bytes)).orElseThrow();
  }

  private void dropFirst(Shelf shelf) {
    long before = shelf.bytes;
    shelf.dropFirst();
    bytes -= before - shelf.bytes;
  }

  /// Drops what is stale everywhere, at most once in a sixteenth of the time a turn may stay.
  private void sweep(Instant now) {
    if (now.isBefore(swept.plus(bounds.idle.dividedBy(16)))) {
      return;
    }
    swept = now;
    for (Shelf shelf : shelves.values()) {
      while (!shelf.turns.isEmpty() && isStale(shelf.turns.values().iterator().next(), now)) {
        dropFirst(shelf);
      }
    }
    shelves.values().removeIf(shelf -> shelf.turns.isEmpty());
  }
}
