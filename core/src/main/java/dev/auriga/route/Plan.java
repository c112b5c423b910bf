// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import java.util.List;

/// The executable part of a decision: a small tree the engine performs.
public sealed interface Plan {

  /// One deployment, by name.
  record Single(String deployment) implements Plan {}

  /// The first that does not fail for a reason that allows going on.
  record InTurn(List<Plan> plans) implements Plan {
    public InTurn {
      plans = List.copyOf(plans);
    }
  }
}
