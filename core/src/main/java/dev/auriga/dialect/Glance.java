// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import org.jspecify.annotations.Nullable;

/// The facts of a whole reply that Auriga books, without its content.
///
/// @param model the model that answered, as its provider names it; empty when the reply names none
/// @param usage absent when the reply carries none
/// @param hasContent whether there is any text, thinking, call or declination
public record Glance(String model, @Nullable Usage usage, StopReason stop, boolean hasContent) {

  /// The facts of a reply that was read whole and carries its usage.
  public static Glance of(Completion read) {
    return new Glance(read.model(), read.usage(), read.stop(), read.parts().stream().anyMatch(Glance::says));
  }

  private static boolean says(Part part) {
    return !(part instanceof Part.Text text) || !text.text().isEmpty();
  }
}
