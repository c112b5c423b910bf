// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import dev.auriga.sandbox.mind.Dice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A text on its way through a client: unreadable there, and opened again only by the account that
/// sealed it, unaltered. `head` is what all of a provider's begin with.
public record SealedText(long seed, String account, String head) {
  private static final int DIGEST = 24;

  /// The text sealed.
  public String seal(String text) {
    String digest = digest(text);
    String hidden =
        Base64.getUrlEncoder().encodeToString(mixed(text.getBytes(StandardCharsets.UTF_8), digest));
    return head + digest + hidden;
  }

  /// Whether this is what was sealed here.
  public boolean opens(String encrypted) {
    String text = open(encrypted);
    return text != null && seal(text).equals(encrypted);
  }

  private @Nullable String open(String encrypted) {
    if (!encrypted.startsWith(head) || encrypted.length() < head.length() + DIGEST) {
      return null;
    }
    String digest = encrypted.substring(head.length(), head.length() + DIGEST);
    try {
      byte[] hidden = Base64.getUrlDecoder().decode(encrypted.substring(head.length() + DIGEST));
      return new String(mixed(hidden, digest), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null; // not Base64
    }
  }

  private String digest(String text) {
    return Dice.of(seed, account, "reasoning", text).hex(DIGEST);
  }

  private byte[] mixed(byte[] bytes, String digest) {
    Dice stream = Dice.of(seed, account, "stream", digest);
    byte[] mixed = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      mixed[index] = (byte) (bytes[index] ^ stream.below(256));
    }
    return mixed;
  }
}
