// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.time.Duration;

/// What one measurement came to: requests answered and gone wrong, events of streams, the time it
/// took, the CPU the system used meanwhile, the most memory it held, and how long each answer took.
record Taken(
    long answered, long failed, long events, Duration elapsed, Duration cpu,
    double peakMebibytes, Histogram latencies) {

  double perSecond() {
    return answered * 1e9 / elapsed.toNanos();
  }

  double cpuMicrosPerRequest() {
    return cpu.toNanos() / 1e3 / Math.max(1, answered);
  }

  double cpuMicrosPerEvent() {
    return cpu.toNanos() / 1e3 / Math.max(1, events);
  }
}
