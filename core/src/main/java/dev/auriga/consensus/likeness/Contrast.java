// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.likeness;

/// One thing in which two answers differ: what the one says and what the other; empty where it says
/// nothing of it.
public record Contrast(Aspect aspect, String one, String other) {

  /// The same, seen from the other side.
  public Contrast turned() {
    return new Contrast(aspect, /* one= */ other, /* other= */ one);
  }
}
