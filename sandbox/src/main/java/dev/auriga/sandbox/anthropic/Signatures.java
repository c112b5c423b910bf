// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.protocol.Seal;
import dev.auriga.sandbox.protocol.SealedText;

/// What makes thinking come back as it went: the signature of a thinking block, the sealed data of a
/// redacted one. They fit at Anthropic and in Foundry alike. A signature made in a conversation that
/// binds ends in a seal of all that came before (Claude documentation, Extended thinking and
/// Thinking troubleshooting).
final class Signatures {
  private final Seal seal;
  private final SealedText sealed;
  private final int length;

  Signatures(long seed) {
    this.seal = new Seal(seed);
    this.sealed = new SealedText(seed, "claude", "Ej");
    this.length = seal.of("").length();
  }

  /// The signature of thinking; `before` is empty where it is not bound to what came before it.
  String of(String thinking, String before) {
    return seal.of(thinking) + (before.isEmpty() ? "" : seal.of(before + thinking));
  }

  /// Whether the signature was made here for that thinking, wherever.
  boolean fits(String signature, String thinking) {
    return signature.startsWith(seal.of(thinking))
        && (signature.length() == length || signature.length() == 2 * length);
  }

  /// Whether a signature that fits was made for thinking after all that, or is not bound at all.
  boolean belongs(String signature, String thinking, String before) {
    return signature.length() == length || signature.equals(of(thinking, before));
  }

  String redacted(String thinking) {
    return sealed.seal(thinking);
  }

  boolean opens(String data) {
    return sealed.opens(data);
  }
}
