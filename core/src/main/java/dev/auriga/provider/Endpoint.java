// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import java.net.URI;

/// Where a provider listens and what it wants to be told beside the body: its address, its dialect
/// and its fixed headers. The credential is apart.
public interface Endpoint {

  Dialect dialect();

  /// The address to post to for `model`.
  URI uri(String model, boolean streamed);

  Headers headers();
}
