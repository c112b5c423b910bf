// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Task;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller says about a request beside the request.
///
/// @param task the task named in `x-auriga-task`, which wins over every classifier
/// @param highVolume whether the caller or its key is marked high-volume
/// @param fidelity strict where the caller wants nothing of the request to be lost
/// @param regions the region tags it is to be served in; empty means all of them
/// @param maxCost the most it may cost, in millionths of a US dollar; absent when there is no limit
/// @param session the session it belongs to, as the caller names it; absent when it names none
public record Hints(
    @Nullable Task task,
    boolean highVolume,
    Fidelity fidelity,
    Set<String> regions,
    @Nullable Long maxCost,
    @Nullable String session) {
  public static final Hints NONE = new Hints(null, false);

  public Hints {
    regions = Set.copyOf(regions);
  }

  public Hints(@Nullable Task task, boolean highVolume) {
    this(task, highVolume, Fidelity.REPORT, Set.of(), null, null);
  }

  public Hints keeping(Fidelity wanted) {
    return new Hints(task, highVolume, wanted, regions, maxCost, session);
  }

  public Hints within(@Nullable Long micros) {
    return new Hints(task, highVolume, fidelity, regions, micros, session);
  }

  public Hints in(Set<String> tags) {
    return new Hints(task, highVolume, fidelity, tags, maxCost, session);
  }

  public Hints inSession(@Nullable String name) {
    return new Hints(task, highVolume, fidelity, regions, maxCost, name);
  }
}
