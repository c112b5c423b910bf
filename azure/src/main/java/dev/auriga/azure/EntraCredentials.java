// SPDX-License-Identifier: Apache-2.0
package dev.auriga.azure;

import dev.auriga.provider.Credential;
import dev.auriga.provider.EntraSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Entra ID for a whole program: one credential for each scope, shared by all providers.
///
/// Nothing is fetched until a provider asks for a scope; then its first token is on its way before
/// the first request. Thread-safe.
public final class EntraCredentials implements EntraSource {
  private final Map<String, EntraCredential> byScope = new ConcurrentHashMap<>();

  @Override
  public Credential credential(String scope) {
    return byScope.computeIfAbsent(
        scope,
        wanted -> {
          EntraCredential credential = EntraCredential.open(wanted);
          credential.warm();
          return credential;
        });
  }

  /// Stops refreshing; requests that still wait for a token fail.
  @Override
  public void close() {
    byScope.values().forEach(EntraCredential::close);
    byScope.clear();
  }
}
