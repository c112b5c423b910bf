// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A virtual key: who shows it may use these routes. Only the secret's digest is kept.
///
/// @param sha256 the secret's SHA-256, 64 lower-case hexadecimal digits
/// @param routes the routes and deployments it may use, absent for all
/// @param highVolume whether its requests take the `high-volume` branch
public record KeyConfig(String sha256, @Nullable List<String> routes, boolean highVolume) {

  public KeyConfig {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits");
    }
    routes = routes == null ? null : List.copyOf(routes);
  }

  /// The key whose secret is this, for every route.
  public static KeyConfig of(Secret secret) {
    return new KeyConfig(digest(secret), null, false);
  }

  public KeyConfig withRoutes(String... names) {
    return new KeyConfig(sha256, List.of(names), highVolume);
  }

  public KeyConfig asHighVolume() {
    return new KeyConfig(sha256, routes, true);
  }

  /// The digest to compare with [#sha256].
  public static String digest(Secret secret) {
    return HexFormat.of().formatHex(digest(secret.reveal()));
  }

  /// The SHA-256 of `text`, as bytes.
  public static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
