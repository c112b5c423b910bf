// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.util.List;

/// Each connection asks again as soon as it is answered.
final class ClosedLoop extends Demand {
  @Override
  void begin(List<ClientConnection> connections) {
    connections.forEach(this::free);
  }

  @Override
  void free(ClientConnection connection) {
    if (!stopped) {
      ask(connection, System.nanoTime());
    }
  }
}
