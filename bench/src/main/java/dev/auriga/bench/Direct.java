// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nothing in between: what the clients and the upstream cost by themselves.
record Direct(int upstreamPort) implements Contender {
  static final String NAME = "direct";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scope scope() {
    return Scope.EVERYTHING;
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public Address address() {
    return new Address(upstreamPort, Map.of());
  }

  @Override
  public @Nullable Child start(Path folder) {
    return null;
  }
}
