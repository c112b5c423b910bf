// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What Auriga promises of one measure: at most a multiple of another contender's figure in the
/// same run, or, without another, at most a figure.
record Target(Measure measure, double most, @Nullable String than) {
  static final List<Target> ALL =
      List.of(
          new Target(Measure.CPU_SMALL, 3.0, Nginx.NAME),
          new Target(Measure.CPU_SMALL, 0.1, PortkeyNode.NAME),
          new Target(Measure.CPU_LARGE, 4.0, Nginx.NAME),
          new Target(Measure.CPU_CHUNK, 2.0, Nginx.NAME),
          new Target(Measure.MODE, 0.5, null),
          new Target(Measure.IDLE_MEMORY, 160, null),
          new Target(Measure.STREAMS_MEMORY, 420, null));

  /// One line: the promise, what came of it, and whether it was kept.
  String judge(Samples samples) {
    List<Double> figures =
        than == null
            ? samples.of(AurigaServe.NAME, measure)
            : samples.ratios(AurigaServe.NAME, than, measure);
    String promise =
        than == null
            ? String.format(Locale.ROOT, "at most %.4g", most)
            : String.format(Locale.ROOT, "at most %.4g × %s", most, than);
    if (figures.isEmpty()) {
      return line("not measured", promise, "");
    }
    double median = Samples.median(figures);
    String came =
        String.format(
            Locale.ROOT, "%.3g (%.3g to %.3g)", median, Samples.least(figures), Samples.most(figures));
    return line(median <= most ? "met" : "MISSED", promise, came);
  }

  private String line(String outcome, String promise, String came) {
    String row = measure.row().strip();
    return String.format(Locale.ROOT, "  %-12s  %-42s %-22s %s", outcome, row, promise, came).stripTrailing();
  }
}
