// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Headers;
import dev.auriga.resilience.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The body of a whole answer.
final class ReplyBody {
  /// What is shorter is found by chance in any text.
  private static final int SHORTEST_SECRET = 8;

  private ReplyBody() {}

  /// The whole body; over the limit it is a failure, so that a provider cannot exhaust memory.
  static byte[] collect(Transport.Inbound inbound, Deadline until, int most)
      throws TransportFailure, InterruptedException {
    byte[] first = inbound.read(until.left());
    if (first == null) {
      inbound.close();
      return new byte[0];
    }
    ByteArrayOutputStream rest = null;
    for (byte[] more = inbound.read(until.left());
        more != null;
        more = inbound.read(until.left())) {
      if (rest == null) {
        rest = new ByteArrayOutputStream(first.length + more.length);
        rest.writeBytes(first);
      }
      rest.writeBytes(more);
      if (rest.size() > most) {
        throw new TransportFailure(
            TransportFailure.Kind.UNREADABLE, "the reply is over %d bytes".formatted(most));
      }
    }
    inbound.close();
    return rest == null ? first : rest.toByteArray();
  }

  /// An error's body without the credential, should the provider repeat it: clients are told what
  /// the provider said.
  static byte[] without(Headers.@Nullable Field key, byte[] body) {
    if (key == null) {
      return body;
    }
    String secret = key.value().substring(key.value().lastIndexOf(' ') + 1);
    String text = new String(body, StandardCharsets.UTF_8);
    return secret.length() >= SHORTEST_SECRET && text.contains(secret)
        ? text.replace(secret, "…").getBytes(StandardCharsets.UTF_8)
        : body;
  }
}
