// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

class JdkTransportIT extends TransportContract {
  @Override
  protected Transport open() {
    return new JdkTransport();
  }

  @Override
  protected boolean closesEndlessHeads() {
    return false; // the JDK's client gives no hold on a connection whose head it could not read
  }
}
