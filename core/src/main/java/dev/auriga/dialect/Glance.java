// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import org.jspecify.annotations.Nullable;

/// The facts of a whole reply that Auriga books, without its content.
///
/// @param model the model that answered, as its provider names it; empty when the reply names none
/// @param usage absent when the reply carries none
/// @param hasContent whether there is any text, thinking, call or declination
public record Glance(String model, @Nullable Usage usage, StopReason stop, boolean hasContent) {}
