// SPDX-License-Identifier: Apache-2.0
package dev.auriga.azure;

import com.azure.core.credential.AccessToken;
import dev.auriga.completion.Secret;
import java.time.Duration;
import java.time.Instant;

/// A token and the moments of its life.
///
/// @param refreshAt when a successor is fetched: after 40 to 50 percent of its life, so that a
///     token of five minutes outlives two minutes without an identity service
/// @param isRefused whether a provider would not take it
record Token(Secret text, Instant fetchedAt, Instant refreshAt, Instant expiresAt, boolean isRefused) {
  /// A request on its way must still arrive in time.
  static final Duration MARGIN = Duration.ofSeconds(10);

  /// `jitter` is from 0 to 1.
  static Token of(AccessToken fetched, Instant now, double jitter) {
    Instant expiresAt = fetched.getExpiresAt().toInstant();
    long lifeMillis = Math.max(0, Duration.between(now, expiresAt).toMillis());
    Instant refreshAt = now.plusMillis((long) (lifeMillis * (0.4 + 0.1 * jitter)));
    return new Token(new Secret(fetched.getToken()), now, refreshAt, expiresAt, false);
  }

  Token refused() {
    return new Token(text, fetchedAt, refreshAt, expiresAt, true);
  }

  boolean isValidAt(Instant now) {
    return now.isBefore(expiresAt.minus(MARGIN));
  }

  boolean isDueAt(Instant now) {
    return isRefused || !now.isBefore(refreshAt);
  }
}
