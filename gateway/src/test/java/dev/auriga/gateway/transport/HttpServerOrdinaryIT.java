// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

class HttpServerOrdinaryIT extends HttpServerContract {
  HttpServerOrdinaryIT() {
    super(Threads.ORDINARY);
  }
}
