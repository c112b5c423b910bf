// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import java.util.Map;
import java.util.Objects;

/// Takes a call to the [Service] its host names.
final class ServiceTransport implements Transport {
  private final Map<String, Service> services;

  ServiceTransport(Map<String, Service> services) {
    this.services = services;
  }

  @Override
  public Inbound send(Outbound outbound) throws TransportFailure, InterruptedException {
    return Objects.requireNonNull(services.get(outbound.uri().getAuthority())).answer(outbound);
  }

  @Override
  public void close() {}
}
