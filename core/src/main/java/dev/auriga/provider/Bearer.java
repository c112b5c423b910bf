// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Secret;
import dev.auriga.dialect.Headers;

/// A key sent as `Authorization: Bearer`.
public record Bearer(Secret key) implements Credential.Key {
  @Override
  public Headers.Field header() {
    return new Headers.Field("authorization", "Bearer " + key.reveal());
  }
}
