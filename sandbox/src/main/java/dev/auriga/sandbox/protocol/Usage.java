// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

/// Tokens a call is billed for, in buckets that do not overlap: fresh input, input read from and
/// written to a cache, visible output, reasoning.
public record Usage(long input, long cacheRead, long cacheWrite, long output, long reasoning) {
  /// Nothing.
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /// Both together.
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output,
        reasoning + other.reasoning);
  }

  /// All input, cached or not.
  public long allInput() {
    return input + cacheRead + cacheWrite;
  }

  /// All output, reasoning included.
  public long allOutput() {
    return output + reasoning;
  }
}
