// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How likely a panel's largest group is right, from counts of panels whose questions had known answers.
///
/// Each situation's rate is smoothed towards that of a more general one, as if so many panels of the
/// general rate had been seen: by share, then size and count, then kind, groups and task. Among panels that
/// differ only in how many agree, more agreement is never worth less.
public final class Calibration {
  /// How many panels a more general situation weighs.
  public static final double STRENGTH = 10;

  private static final Calibration SHIPPED = CalibrationFile.shipped();

  /// With nothing observed half of all are taken to be right.
  private static final double NOTHING_KNOWN = 0.5;

  private final String fittedOn;
  private final Map<Situation, Counted> cells;
  private final Map<List<Object>, Counted> sums = new HashMap<>();

  Calibration(String fittedOn, Map<Situation, Counted> cells) {
    this.fittedOn = fittedOn;
    this.cells = Map.copyOf(cells);
    this.cells.forEach((situation, counted) -> path(situation).forEach(key -> sums.merge(key, counted, Counted::plus)));
  }

  /// The table that comes with Auriga; [#fittedOn] says what it was fitted on.
  public static Calibration shipped() {
    return SHIPPED;
  }

  /// @param fittedOn a sentence on where the observations come from
  public static Calibration fit(String fittedOn, Collection<Observation> observations) {
    Map<Situation, Counted> cells = new HashMap<>();
    observations.forEach(seen -> cells.merge(seen.situation(), new Counted(1, seen.isRight() ? 1 : 0), Counted::plus));
    return new Calibration(fittedOn, cells);
  }

  /// A sentence on what it was fitted on.
  public String fittedOn() {
    return fittedOn;
  }

  Map<Situation, Counted> cells() {
    return cells;
  }

  /// How many panels were observed.
  public long panels() {
    return cells.values().stream().mapToLong(Counted::panels).sum();
  }

  /// The probability that what most say is right, between 0 and 1.
  public double confidence(Situation situation) {
    double[] rates = new double[situation.size()];
    double[] weights = new double[situation.size()];
    for (int i = 0; i < rates.length; i++) {
      Situation each = situation.withLargest(i + 1);
      rates[i] = rate(each);
      weights[i] = STRENGTH + counted(path(each).getLast()).panels();
    }
    return Monotone.rising(rates, weights)[situation.largest() - 1];
  }

  private double rate(Situation situation) {
    double rate = NOTHING_KNOWN;
    for (List<Object> key : path(situation)) {
      Counted counted = counted(key);
      rate = (STRENGTH * rate + counted.right()) / (STRENGTH + counted.panels());
    }
    return rate;
  }

  private Counted counted(List<Object> key) {
    return sums.getOrDefault(key, Counted.NONE);
  }

  /// The situation's keys from the most general to its own.
  private static List<List<Object>> path(Situation situation) {
    int tenths = Math.round(10f * situation.largest() / situation.size());
    List<Object> counts = List.of(situation.size(), situation.largest());
    List<Object> kind = List.of(counts, situation.kind());
    List<Object> groups = List.of(kind, situation.groups());
    List<Object> all = List.of("all");
    List<Object> share = List.of("share", tenths);
    String task = situation.task();
    return task == null
        ? List.of(all, share, counts, kind, groups)
        : List.of(all, share, counts, kind, groups, List.of(groups, task));
  }
}
