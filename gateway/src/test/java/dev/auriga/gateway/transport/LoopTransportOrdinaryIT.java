// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

class LoopTransportOrdinaryIT extends LoopTransportContract {
  LoopTransportOrdinaryIT() {
    super(Threads.ORDINARY);
  }
}
