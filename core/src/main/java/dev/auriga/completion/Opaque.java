// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// Reasoning state a provider signed or encrypted, tagged with the dialect it came from.
///
/// It is returned byte for byte to that origin and never shown to another.
public record Opaque(String origin, String value) {}
