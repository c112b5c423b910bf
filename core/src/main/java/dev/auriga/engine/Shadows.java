// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.route.Plan;

/// Performs a plan beside a request whose answer does not wait for it; what comes of it is recorded
/// and told to nobody.
@FunctionalInterface
interface Shadows {
  void start(Plan plan, Journey beside);
}
