// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

/// How often each length of time was seen: 64 buckets for each doubling, so within 1.6 %.
///
/// Not thread-safe.
final class Histogram {
  private static final int BITS = 6;
  private static final int FINE = 1 << BITS;

  private final int[] counts = new int[(64 - BITS + 1) * FINE];
  private long total;

  void add(long nanos) {
    counts[bucket(Math.max(nanos, 1))]++;
    total++;
  }

  long total() {
    return total;
  }

  /// The least length in ms that `share` of all stay within; 0 where nothing was seen.
  double millisWithin(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return ceiling(i) / 1e6;
      }
    }
    return 0;
  }

  /// How many were seen between two lengths in ms.
  long between(double fromMillis, double toMillis) {
    long seen = 0;
    for (int i = bucket((long) (fromMillis * 1e6)); i < bucket((long) (toMillis * 1e6)); i++) {
      seen += counts[i];
    }
    return seen;
  }

  private static int bucket(long nanos) {
    int doubling = Math.max(0, 63 - Long.numberOfLeadingZeros(nanos) - BITS);
    return doubling * FINE + (int) (nanos >>> doubling);
  }

  private static double ceiling(int bucket) {
    int doubling = Math.max(0, bucket / FINE - 1);
    return (double) ((long) (bucket - doubling * FINE + 1) << doubling);
  }
}
