// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The first 128 bits of a SHA-256.
record Digest(long high, long low) {

  static Digest of(String text) {
    MessageDigest digest = sha256();
    add(text, digest);
    return of(digest);
  }

  static Digest of(MessageDigest finished) {
    ByteBuffer bytes = ByteBuffer.wrap(finished.digest());
    return new Digest(bytes.getLong(), bytes.getLong());
  }

  /// Adds `text` with its length, so that texts cannot run into each other.
  static void add(String text, MessageDigest digest) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
