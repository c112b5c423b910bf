// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

/// Counts the tokens of a text by one tokenizer or rule, whatever the model; thread-safe.
///
/// It may take long over long texts (milliseconds for a hundred kilobytes); [Estimates] calls it on
/// threads of its own.
public interface TokenEstimator {

  /// From 0 up; 0 for an empty text alone.
  long count(String text);
}
