// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

class HttpServerLoopCarriedIT extends HttpServerContract {
  HttpServerLoopCarriedIT() {
    super(Threads.LOOP_CARRIED);
  }
}
