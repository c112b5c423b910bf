// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.util.Set;

/// What a caller's key allows: where its requests may be served.
///
/// @param deployments by name; empty means all of them
/// @param regions by region tag; empty means all of them, those without a tag among them
public record Allowed(Set<String> deployments, Set<String> regions) {
  public static final Allowed EVERYTHING = new Allowed(Set.of(), Set.of());

  public Allowed {
    deployments = Set.copyOf(deployments);
    regions = Set.copyOf(regions);
  }
}
