// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.serve;

import dev.auriga.sandbox.protocol.Ask;

/// What stands behind a port. Called on an event loop: it must not block unless it says so.
@FunctionalInterface
public interface Service {
  /// What to do with the request.
  Performance perform(Ask ask);

  /// Whether performing may block; then it happens on a virtual thread instead of an event loop.
  default boolean blocks() {
    return false;
  }
}
