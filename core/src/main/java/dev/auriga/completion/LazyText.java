// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A text that is read when somebody first asks for it; equal to every other of the same text.
///
/// Long prompts are decoded only by those who look at their words. For the thread that performs the
/// request.
public final class LazyText {
  private final Supplier<String> source;
  private @Nullable String text;

  /// `source` gives the same text whenever it is asked.
  public LazyText(Supplier<String> source) {
    this.source = source;
  }

  public String get() {
    String known = text;
    if (known == null) {
      known = source.get();
      text = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LazyText lazy && lazy.get().equals(get());
  }

  @Override
  public int hashCode() {
    return get().hashCode();
  }

  @Override
  public String toString() {
    return get();
  }
}
