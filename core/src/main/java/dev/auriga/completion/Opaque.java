// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Reasoning state a provider signed or encrypted, tagged with where it came from.
///
/// It is returned byte for byte to its origin and never shown to another.
///
/// @param dialect the wire format it belongs to
/// @param place who made it, as `PROVIDER/MODEL`; absent where a client showed it in its dialect's own
///     field, so that only the client knows whose it is
public record Opaque(String dialect, @Nullable String place, String value) {

  /// State as the dialect's own field shows it.
  public Opaque(String dialect, String value) {
    this(dialect, null, value);
  }

  public Opaque madeAt(String maker) {
    return new Opaque(dialect, maker, value);
  }

  public boolean isOf(String name) {
    return dialect.equals(name);
  }

  /// Whether it may be shown to the provider and model of `receiver`: the one that made it, or any
  /// where only the client knows.
  public boolean mayGoTo(String receiver) {
    return place == null || place.equals(receiver);
  }
}
