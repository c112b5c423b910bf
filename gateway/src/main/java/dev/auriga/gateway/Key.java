// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Secret;
import dev.auriga.config.KeyConfig;
import dev.auriga.engine.Caller;
import java.util.List;
import java.util.Set;

/// A virtual key: whose it is, what it may use, and the digest of its secret.
///
/// @param sha256 the secret's SHA-256 in lower-case hexadecimal; the secret itself is not kept
public record Key(Caller caller, String sha256) {

  /// The key called `name` in the configuration.
  public static Key of(String name, KeyConfig said) {
    List<String> routes = said.routes();
    return new Key(
        new Caller(
            name,
            routes == null ? Set.of() : Set.copyOf(routes),
            said.highVolume(),
            said.admin()),
        said.sha256());
  }

  /// A key that may use, see and change everything.
  public static Key admin(Secret secret) {
    return new Key(new Caller("admin", Set.of(), false, true), KeyConfig.digest(secret));
  }
}
