// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import dev.auriga.sandbox.mind.Dice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Opaque signatures: bound to a text and to the sandbox's seed, so that one made elsewhere or for
/// another text is noticed when it comes back.
public record Seal(long seed) {

  /// The signature of a text.
  public String of(String text) {
    String digest = Dice.of(seed, "seal", text).hex(48);
    return Base64.getEncoder()
        .encodeToString(("sandbox-signature." + digest).getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the signature was made here for that text.
  public boolean fits(String signature, String text) {
    return of(text).equals(signature);
  }
}
