// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Nearest;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.validation.Finding.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tools of a request by their names. Hosted tools are their provider's: calls of them are known
/// and not looked into.
public final class OfferedTools {
  /// No schema for hosted tools.
  private final Map<String, @Nullable RawJson> schemas = new LinkedHashMap<>();

  private OfferedTools() {}

  public static OfferedTools of(List<Tool> tools) {
    OfferedTools offered = new OfferedTools();
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function function -> offered.schemas.put(function.name(), function.parameters());
        case Tool.Hosted hosted -> offered.schemas.put(hosted.name(), null);
      }
    }
    return offered;
  }

  public boolean knows(String name) {
    return schemas.containsKey(name);
  }

  /// What the arguments must fit; null where that is not ours to know.
  public @Nullable RawJson schema(String name) {
    return schemas.get(name);
  }

  /// What is said of the call with this number, of a tool that nobody offered.
  public Finding unknown(int call, String name) {
    String advice = Nearest.advice(name, schemas.keySet());
    return new Finding(
        Reason.UNKNOWN_TOOL,
        new Place.Argument(call, name, ""),
        "there is no tool \"%s\"%s".formatted(name, advice == null ? "" : "; " + advice),
        name);
  }
}
