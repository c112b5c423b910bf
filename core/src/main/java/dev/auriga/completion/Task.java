// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What kind of work a request is, as routes distinguish it.
public enum Task {
  CODING,
  CREATIVE,
  ANALYSIS,
  SIMPLE,
  MULTIMODAL,
  HIGH_VOLUME;

  /// The name users see and write: `coding`, `high-volume`, …
  public String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Every token, in order.
  public static List<String> names() {
    return Arrays.stream(values()).map(Task::token).toList();
  }

  /// The task of that token, empty when there is none.
  public static Optional<Task> of(String token) {
    return Arrays.stream(values()).filter(task -> task.token().equals(token)).findFirst();
  }
}
