// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Headers;

/// Gives the credential header of a request; thread-safe.
public interface Credential extends AutoCloseable {

  /// The header that says who we are, valid now.
  ///
  /// May wait when the credential must first be fetched. Throws [CredentialFailure] when there is
  /// none to be had.
  Headers.Field header() throws InterruptedException;

  /// The provider refused the header: what is cached is to be fetched anew. True when there may be
  /// another one, so that one more attempt makes sense.
  default boolean refused() {
    return false;
  }

  @Override
  default void close() {}
}
