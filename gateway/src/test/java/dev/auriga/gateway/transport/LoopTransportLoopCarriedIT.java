// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

class LoopTransportLoopCarriedIT extends LoopTransportContract {
  LoopTransportLoopCarriedIT() {
    super(Threads.LOOP_CARRIED);
  }
}
