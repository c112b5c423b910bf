// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What becomes of a request that a deployment's dialect or model cannot carry whole.
public enum Fidelity {
  /// It is sent, and what is lost is reported.
  REPORT,
  /// It is not sent there; a deployment that loses nothing is asked, or none.
  STRICT;

  /// The name in files and headers.
  public String token() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public static Optional<Fidelity> of(String token) {
    return Arrays.stream(values()).filter(fidelity -> fidelity.token().equals(token)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(Fidelity::token).toList();
  }

  /// Strict where either is.
  public Fidelity and(Fidelity other) {
    return this == STRICT ? this : other;
  }
}
