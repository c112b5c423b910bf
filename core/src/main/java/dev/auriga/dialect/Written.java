// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Loss;
import java.util.List;

/// A translated request: its bytes, and what they could not carry.
public record Written(byte[] body, List<Loss> losses) {
  public Written {
    losses = List.copyOf(losses);
  }
}
