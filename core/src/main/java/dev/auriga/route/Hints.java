// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Task;
import org.jspecify.annotations.Nullable;

/// What a caller says about a request beside the request.
///
/// @param task the task named in `x-auriga-task`, which wins over every classifier
/// @param highVolume whether the caller or its key is marked high-volume
/// @param fidelity strict where the caller wants nothing of the request to be lost
public record Hints(@Nullable Task task, boolean highVolume, Fidelity fidelity) {
  public static final Hints NONE = new Hints(null, false);

  public Hints(@Nullable Task task, boolean highVolume) {
    this(task, highVolume, Fidelity.REPORT);
  }
}
