// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model's whole answer.
///
/// `model` is the model that answered, as its provider names it. `stopSequence` is the sequence
/// that was met, where the provider says which.
public record Completion(
    String id,
    String model,
    List<Part> parts,
    StopReason stop,
    @Nullable String stopSequence,
    Usage usage) {

  public Completion {
    parts = List.copyOf(parts);
  }

  /// The visible text, text parts joined by newlines.
  public String text() {
    return Part.textOf(parts);
  }
}
