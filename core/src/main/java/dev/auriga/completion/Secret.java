// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A credential that cannot be printed: only [#reveal] gives the text, and only at the wire.
public final class Secret {
  private final String value;

  public Secret(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret must not be blank");
    }
    this.value = value;
  }

  /// The text itself, for the header it goes into and nowhere else.
  public String reveal() {
    return value;
  }

  /// Whether `candidate` is this secret; takes the same time wherever they differ.
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret.value);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "•••";
  }
}
