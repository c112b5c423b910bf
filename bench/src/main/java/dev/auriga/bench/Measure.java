// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

/// What is measured: its row in the table, and how many decimals it is told with.
enum Measure {
  CPU_SMALL("CPU µs/request, 649 B, 64 connections", 1),
  RATE("  requests/s there", 0),
  CPU_TRANSLATED("CPU µs/request, translated, 64 connections", 1),
  RATE_TRANSLATED("  requests/s there", 0),
  SHARE_TRANSLATED("  translated requests/s, % of untranslated", 1),
  CPU_PACED("CPU µs/request, 649 B, 2,000 a second", 1),
  P50_PACED("  p50 ms there", 2),
  P99_PACED("  p99 ms there", 2),
  CPU_LARGE("CPU µs/request, 50 KB, 64 connections", 1),
  P50_ONE("p50 µs, one connection", 0),
  P99_ONE("p99 µs, one connection", 0),
  ADDED_P50("  p50 µs added to direct", 0),
  ADDED_P99("  p99 µs added to direct", 0),
  P50_LONG("p50 ms, 400 KB, one connection", 2),
  ADDED_LONG("  p50 ms added to direct, 400 KB", 2),
  P50_LONG_TRANSLATED("p50 ms, 400 KB, translated", 2),
  ADDED_LONG_TRANSLATED("  p50 ms added to direct, 400 KB translated", 2),
  MODE("% of answers around 40 ms", 2),
  BEST_RATE("best requests/s with p99 within 10 ms", 0),
  CPU_CHUNK("CPU µs/chunk, 500 paced streams", 1),
  STARTUP("ms from start to first answer", 0),
  STARTED_MEMORY("MiB resident after the first answer", 0),
  IDLE_MEMORY("MiB resident after warm-up, idle", 0),
  STREAMS_MEMORY("MiB resident with 2,000 streams", 0);

  private final String row;
  private final int decimals;

  Measure(String row, int decimals) {
    this.row = row;
    this.decimals = decimals;
  }

  String row() {
    return row;
  }

  int decimals() {
    return decimals;
  }
}
