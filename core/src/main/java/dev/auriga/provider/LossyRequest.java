// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Loss;
import java.util.List;

/// A request that was not sent to a deployment, because it would lose something there and nothing may
/// be lost.
///
/// Unwinds from the provider to the plan, which goes on to the next deployment.
public final class LossyRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_LINE = 500;

  private final String deployment;
  private final transient List<Loss> losses;

  LossyRequest(String deployment, List<Loss> losses) {
    super(deployment + " would lose " + Loss.line(losses, 0, LONGEST_LINE), null, false, false);
    this.deployment = deployment;
    this.losses = List.copyOf(losses);
  }

  public String deployment() {
    return deployment;
  }

  /// What would be lost; never empty.
  public List<Loss> losses() {
    return losses;
  }
}
