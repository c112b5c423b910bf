// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Refusal;
import dev.auriga.config.KeyConfig;
import dev.auriga.dialect.Headers;
import dev.auriga.engine.Caller;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may call: finds the key a request shows.
///
/// The key comes in the header of whichever dialect the client speaks: `Authorization: Bearer`,
/// `x-api-key`, `api-key` or `x-goog-api-key`; never in the address, where it would be logged. It
/// is looked up by digest, and every key is compared to the end, so that time tells nothing.
final class Keys {
  private record Known(byte[] sha256, Caller caller) {}

  private static final List<String> HEADERS = List.of("x-api-key", "api-key", "x-goog-api-key");
  private static final String BEARER = "bearer ";

  private final List<Known> known;

  Keys(List<Key> keys) {
    known = keys.stream().map(key -> new Known(HexFormat.of().parseHex(key.sha256()), key.caller())).toList();
  }

  /// The caller whose key is shown; throws a [Refusal] when there is none or it is not known.
  Caller caller(Headers headers) {
    String shown = shown(headers);
    if (shown == null) {
      throw new Refusal(
          Refusal.Kind.UNAUTHENTICATED,
          "no key: send it as \"Authorization: Bearer KEY\", \"x-api-key: KEY\" or \"x-goog-api-key: KEY\"");
    }
    Caller found = find(shown);
    if (found == null) {
      throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "this key is not known here");
    }
    return found;
  }

  /// Whether the key that is shown is a known one.
  boolean know(Headers headers) {
    String shown = shown(headers);
    return shown != null && find(shown) != null;
  }

  private @Nullable Caller find(String shown) {
    byte[] digest = KeyConfig.digest(shown);
    Caller found = null;
    for (Known key : known) {
      if (MessageDigest.isEqual(digest, key.sha256)) {
        found = key.caller;
      }
    }
    return found;
  }

  private static @Nullable String shown(Headers headers) {
    String authorization = headers.first("authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    for (String name : HEADERS) {
      String value = headers.first(name);
      if (value != null) {
        return value.strip();
      }
    }
    return null;
  }
}
