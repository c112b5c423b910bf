// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// What a request asks for that makes it dearer than others of its size.
///
/// @param answers how many answers at once, at least 1
/// @param tier the service tier, as prices are kept by it; empty for the usual one
public record Surcharge(int answers, String tier) {
  public static final Surcharge NONE = new Surcharge(1, "");

  public Surcharge {
    if (answers < 1) {
      throw new IllegalArgumentException("at least one answer is asked for, not " + answers);
    }
  }

  /// The same for that many answers; what is not a number of them is refused by the provider, and leaves
  /// one.
  public Surcharge times(int many) {
    return new Surcharge(Math.max(1, many), tier);
  }

  public Surcharge on(String other) {
    return new Surcharge(answers, other);
  }
}
