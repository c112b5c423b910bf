// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Failure;
import dev.auriga.dialect.Headers;

/// Gives the credential header of a request; thread-safe.
public interface Credential extends AutoCloseable {

  /// The header that says who we are, valid now.
  ///
  /// May wait when the credential must first be fetched. Throws [CredentialFailure] when there is
  /// none to be had.
  Headers.Field header() throws InterruptedException;

  /// The provider answered a call with that header with a failure, which may be the header's own: a
  /// key that is refused, or whose limits are used up.
  default Next failed(Headers.Field sent, Failure failure) {
    return Next.SAME;
  }

  /// One that is always the same.
  interface Key extends Credential {
    @Override
    Headers.Field header();
  }

  /// What [#header] gives after a failure.
  enum Next {
    /// The same as before.
    SAME,
    /// Another one, to which the failure need not happen.
    ANOTHER
  }

  @Override
  default void close() {}
}
