// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How probabilities that were said compare with how often it was so.
///
/// @param bins ten, by the probability said: from 0 to 0.1, …, from 0.9 to 1
public record Reliability(List<Bin> bins) {
  private static final int BINS = 10;

  /// Panels of which about the same was said.
  ///
  /// @param said the mean probability said of them, 0 where there are none
  /// @param right the share that was right, 0 where there are none
  public record Bin(long panels, double said, double right) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /// Of the probabilities that `said` gives the observations.
  public static Reliability of(Collection<Observation> observations, ToDoubleFunction<Situation> said) {
    long[] panels = new long[BINS];
    double[] sums = new double[BINS];
    long[] right = new long[BINS];
    for (Observation seen : observations) {
      double probability = said.applyAsDouble(seen.situation());
      int bin = Math.min(BINS - 1, (int) (probability * BINS));
      panels[bin]++;
      sums[bin] += probability;
      right[bin] += seen.isRight() ? 1 : 0;
    }
    return new Reliability(bins(panels, sums, right));
  }

  /// Each observation judged by a table fitted on the others only, in `folds` parts.
  public static Reliability crossed(List<Observation> observations, int folds) {
    long[] panels = new long[BINS];
    double[] sums = new double[BINS];
    double[] right = new double[BINS];
    for (int fold = 0; fold < folds; fold++) {
      List<Observation> inside = new ArrayList<>();
      List<Observation> outside = new ArrayList<>();
      for (int i = 0; i < observations.size(); i++) {
        (i % folds == fold ? inside : outside).add(observations.get(i));
      }
      List<Bin> part = of(inside, Calibration.fit("", outside)::confidence).bins();
      for (int bin = 0; bin < BINS; bin++) {
        Bin each = part.get(bin);
        panels[bin] += each.panels;
        sums[bin] += each.said * each.panels;
        right[bin] += each.right * each.panels;
      }
    }
    long[] whole = new long[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      whole[bin] = Math.round(right[bin]);
    }
    return new Reliability(bins(panels, sums, whole));
  }

  private static List<Bin> bins(long[] panels, double[] sums, long[] right) {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(panels[bin] == 0 ? new Bin(0, 0, 0) : new Bin(panels[bin], sums[bin] / panels[bin], (double) right[bin] / panels[bin]));
    }
    return bins;
  }

  public long panels() {
    return bins.stream().mapToLong(Bin::panels).sum();
  }

  /// The expected calibration error: by how much what was said is off, on average over the panels.
  public double error() {
    double off = bins.stream().mapToDouble(bin -> bin.panels * Math.abs(bin.said - bin.right)).sum();
    return panels() == 0 ? 0 : off / panels();
  }
}
