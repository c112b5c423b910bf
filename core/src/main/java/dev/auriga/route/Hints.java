// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;
import org.jspecify.annotations.Nullable;

/// What a caller says about a request beside the request.
///
/// @param task the task named in `x-auriga-task`, which wins over every classifier
/// @param highVolume whether the caller or its key is marked high-volume
public record Hints(@Nullable Task task, boolean highVolume) {
  public static final Hints NONE = new Hints(null, false);
}
