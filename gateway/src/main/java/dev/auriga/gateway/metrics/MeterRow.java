// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Meters that are alike but for one label, each made when it is first needed and found by the
/// label's value from then on. Thread-safe; finding one takes no lock and makes no object.
final class MeterRow<K, M> {
  private final Map<K, M> meters = new ConcurrentHashMap<>();
  private final Function<K, M> made;

  MeterRow(Function<K, M> made) {
    this.made = made;
  }

  M of(K label) {
    M known = meters.get(label);
    return known != null ? known : meters.computeIfAbsent(label, made);
  }
}
