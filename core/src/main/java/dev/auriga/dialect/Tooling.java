// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.ToolChoice;
import java.util.Collection;
import java.util.List;

/// Takes the tools from a request to a model that takes none.
public final class Tooling {
  private Tooling() {}

  /// `request`, without its tools where the `model` has no use for them; each is then a loss.
  public static CompletionRequest fit(
      CompletionRequest request, Capabilities model, Collection<Loss> losses) {
    if (model.tools().taken() || request.tools().isEmpty()) {
      return request;
    }
    for (int i = 0; i < request.tools().size(); i++) {
      losses.add(new Loss(Loss.Reason.UNSUPPORTED_BY_MODEL, "tools[%d]".formatted(i)));
    }
    return request.toBuilder()
        .tools(List.of())
        .toolChoice(new ToolChoice.Auto())
        .parallelToolCalls(null)
        .build();
  }
}
