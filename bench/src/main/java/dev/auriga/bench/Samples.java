// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every figure taken, by contender and measure, in the order of the rounds. Not thread-safe.
final class Samples {
  private final Map<String, Map<Measure, List<Double>>> taken = new LinkedHashMap<>();
  private final Map<String, Long> failures = new LinkedHashMap<>();

  void add(String contender, Measure measure, double figure) {
    taken
        .computeIfAbsent(contender, _ -> new EnumMap<>(Measure.class))
        .computeIfAbsent(measure, _ -> new ArrayList<>())
        .add(figure);
  }

  /// Counts requests of `contender` that were not answered as they should have been.
  void fail(String contender, long requests) {
    failures.merge(contender, requests, Long::sum);
  }

  long failures(String contender) {
    return failures.getOrDefault(contender, 0L);
  }

  List<Double> of(String contender, Measure measure) {
    return taken.getOrDefault(contender, Map.of()).getOrDefault(measure, List.of());
  }

  /// How `contender` relates to `other`, round by round, so that noise common to a round cancels;
  /// empty where the two were not measured alike.
  List<Double> ratios(String contender, String other, Measure measure) {
    List<Double> upper = of(contender, measure);
    List<Double> lower = of(other, measure);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(upper.size(), lower.size()); i++) {
      if (lower.get(i) > 0) {
        ratios.add(upper.get(i) / lower.get(i));
      }
    }
    return ratios;
  }

  /// The middle one, or the mean of the two in the middle; NaN for none.
  static double median(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double least(List<Double> figures) {
    return Arrays.stream(figures.toArray(Double[]::new)).min(Double::compare).orElse(Double.NaN);
  }

  static double most(List<Double> figures) {
    return Arrays.stream(figures.toArray(Double[]::new)).max(Double::compare).orElse(Double.NaN);
  }
}
