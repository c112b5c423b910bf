// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

class VertxTransportOrdinaryIT extends VertxTransportContract {
  VertxTransportOrdinaryIT() {
    super(Threads.ORDINARY);
  }
}
