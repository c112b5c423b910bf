// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Some of what can be known of a model: what one source says, silent on the rest. Unchanging.
public final class Facts {
  public static final Facts NONE = new Facts(Map.of());

  private final Map<Fact<?>, Object> values;

  private Facts(Map<Fact<?>, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /// These facts and `value` for `fact`, instead of what they said of it. Throws
  /// [IllegalArgumentException] when a value is out of the fact's range.
  public <T> Facts with(Fact<T> fact, T value) {
    Map<Fact<?>, Object> more = new LinkedHashMap<>(values);
    more.put(fact, fact.checked(value));
    return new Facts(more);
  }

  /// The value, null where these facts are silent on it.
  @SuppressWarnings("unchecked") // what `with` put under a fact has the fact's type
  public <T> @Nullable T get(Fact<T> fact) {
    return (T) values.get(fact);
  }

  /// These facts, and what `others` say where these are silent.
  public Facts orElse(Facts others) {
    Map<Fact<?>, Object> all = new LinkedHashMap<>(others.values);
    all.putAll(values);
    return new Facts(all);
  }

  /// What these facts say of `some`, silent on anything else.
  public Facts only(Set<Fact<?>> some) {
    Map<Fact<?>, Object> kept = new LinkedHashMap<>(values);
    kept.keySet().retainAll(some);
    return new Facts(kept);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Facts facts && facts.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
