// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Sha256;

/// Names what decisions are made from, so that a record can be put beside it again.
///
/// @param policy stands for everything of a policy that a decision depends on: the same for the same
///     policy, on every machine
/// @param prices the version of the price data
/// @param capabilities the version of the data on what models take, `none` where none is known
public record Version(String policy, String prices, String capabilities) {
  private static final int DIGITS = 16;

  /// The version of the policy that `text` describes.
  static Version of(String text, String prices, String capabilities) {
    return new Version(Sha256.hex(text, DIGITS), prices, capabilities);
  }
}
