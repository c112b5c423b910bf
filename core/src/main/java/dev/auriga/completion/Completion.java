// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model's whole answer.
///
/// `model` is the model that answered, as its provider names it. `stopSequence` is the sequence
/// that was met, where the provider says which. `unread` is what the provider said that the neutral
/// vocabulary has no word for.
public record Completion(
    String id,
    String model,
    List<Part> parts,
    StopReason stop,
    @Nullable String stopSequence,
    Usage usage,
    List<Loss> unread) {

  public Completion {
    parts = List.copyOf(parts);
    unread = List.copyOf(unread);
  }

  /// An answer that was read whole.
  public Completion(
      String id,
      String model,
      List<Part> parts,
      StopReason stop,
      @Nullable String stopSequence,
      Usage usage) {
    this(id, model, parts, stop, stopSequence, usage, List.of());
  }

  /// The same with other parts.
  public Completion with(List<Part> others) {
    return new Completion(id, model, others, stop, stopSequence, usage, unread);
  }

  /// The visible text, text parts joined by newlines.
  public String text() {
    return Part.textOf(parts);
  }
}
