// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Assembler;
import dev.auriga.completion.Secret;
import dev.auriga.config.KeyConfig;
import dev.auriga.engine.Caller;
import dev.auriga.route.Allowed;
import java.util.Set;

/// A virtual key: whose it is, what it may use, and the digest of its secret.
///
/// @param sha256 the secret's SHA-256 in lower-case hexadecimal; the secret itself is not kept
public record Key(Caller caller, String sha256) {

  /// The key called `name` in the configuration.
  public static Key of(String name, KeyConfig said) {
    return new Key(Assembler.caller(name, said), said.sha256());
  }

  /// No key of a configuration can be called so: names there have no spaces.
  private static final String ADMIN = "the admin key";

  /// A key that may use, see and change everything.
  public static Key admin(Secret secret) {
    return new Key(new Caller(ADMIN, Set.of(), Allowed.EVERYTHING, false, true), KeyConfig.digest(secret));
  }
}
