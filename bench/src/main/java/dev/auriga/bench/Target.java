// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What Auriga promises of one measure: at most or at least a multiple of another contender's figure
/// in the same run, or, without another, a figure.
record Target(Measure measure, Bound bound, double limit, @Nullable String than) {
  /// The side of the limit on which a promise is kept; the limit itself keeps it.
  enum Bound {
    AT_MOST,
    AT_LEAST
  }

  static final List<Target> ALL =
      List.of(
          new Target(Measure.CPU_SMALL, Bound.AT_MOST, 3.0, Nginx.NAME),
          new Target(Measure.CPU_SMALL, Bound.AT_MOST, 0.1, PortkeyNode.NAME),
          new Target(Measure.CPU_LARGE, Bound.AT_MOST, 4.0, Nginx.NAME),
          new Target(Measure.CPU_CHUNK, Bound.AT_MOST, 2.0, Nginx.NAME),
          new Target(Measure.SHARE_TRANSLATED, Bound.AT_LEAST, 85, null),
          new Target(Measure.ADDED_LONG, Bound.AT_MOST, 1.0, null),
          new Target(Measure.ADDED_LONG_TRANSLATED, Bound.AT_MOST, 4.0, null),
          new Target(Measure.MODE, Bound.AT_MOST, 0.5, null),
          new Target(Measure.IDLE_MEMORY, Bound.AT_MOST, 160, null),
          new Target(Measure.STREAMS_MEMORY, Bound.AT_MOST, 420, null));

  /// One line: the promise, what came of it, and whether it was kept.
  String judge(Samples samples) {
    List<Double> figures =
        than == null
            ? samples.of(AurigaServe.NAME, measure)
            : samples.ratios(AurigaServe.NAME, than, measure);
    String side = bound == Bound.AT_MOST ? "at most" : "at least";
    String promise =
        than == null
            ? String.format(Locale.ROOT, "%s %.4g", side, limit)
            : String.format(Locale.ROOT, "%s %.4g × %s", side, limit, than);
    if (figures.isEmpty()) {
      return line("not measured", promise, "");
    }
    double median = Samples.median(figures);
    String came =
        String.format(
            Locale.ROOT, "%.3g (%.3g to %.3g)", median, Samples.least(figures), Samples.most(figures));
    return line(kept(median) ? "met" : "MISSED", promise, came);
  }

  private boolean kept(double figure) {
    return bound == Bound.AT_MOST ? figure <= limit : figure >= limit;
  }

  private String line(String outcome, String promise, String came) {
    String row = measure.row().strip();
    return String.format(Locale.ROOT, "  %-12s  %-42s %-22s %s", outcome, row, promise, came).stripTrailing();
  }
}
