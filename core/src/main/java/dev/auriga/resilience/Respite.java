// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether something is left off for a while, because it was refused.
///
/// Thread-safe: one volatile field, of which the last writer counts.
public final class Respite {
  private final Duration length;
  private final Time time;
  private volatile @Nullable Deadline end;

  public Respite(Duration length, Time time) {
    this.length = length;
    this.time = time;
  }

  /// Begins now, also where one lasts already.
  public void begin() {
    end = Deadline.in(length, time);
  }

  public boolean lasts() {
    Deadline until = end;
    return until != null && !until.hasPassed();
  }
}
