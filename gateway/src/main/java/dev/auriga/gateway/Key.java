// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Secret;
import dev.auriga.config.KeyConfig;
import dev.auriga.engine.Caller;
import dev.auriga.route.Allowed;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A virtual key: whose it is, what it may use, and the digest of its secret.
///
/// @param sha256 the secret's SHA-256 in lower-case hexadecimal; the secret itself is not kept
public record Key(Caller caller, String sha256) {

  /// The key called `name` in the configuration.
  public static Key of(String name, KeyConfig said) {
    Allowed allowed = new Allowed(listed(said.deployments()), listed(said.regions()));
    return new Key(new Caller(name, listed(said.routes()), allowed, said.highVolume(), said.admin()), said.sha256());
  }

  /// What a list that may be left out says.
  private static Set<String> listed(@Nullable List<String> names) {
    return names == null ? Set.of() : Set.copyOf(names);
  }

  /// A key that may use, see and change everything.
  public static Key admin(Secret secret) {
    return new Key(new Caller("admin", Set.of(), Allowed.EVERYTHING, false, true), KeyConfig.digest(secret));
  }
}
