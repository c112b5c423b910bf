// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

class VertxTransportLoopCarriedIT extends VertxTransportContract {
  VertxTransportLoopCarriedIT() {
    super(Threads.LOOP_CARRIED);
  }
}
