// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

/// Whether a model takes something, where that may depend on whether it thinks on the request.
public enum When {
  ALWAYS,
  NOT_WHILE_THINKING,
  NEVER;

  /// Whether it is taken on a request on which the model thinks or not.
  public boolean holds(boolean thinks) {
    return switch (this) {
      case ALWAYS -> true;
      case NOT_WHILE_THINKING -> !thinks;
      case NEVER -> false;
    };
  }
}
