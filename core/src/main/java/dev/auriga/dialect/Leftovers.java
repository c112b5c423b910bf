// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Loss;
import dev.auriga.completion.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The fields of one body that have no neutral word, under their paths, so that each can be told.
///
/// What is null, an empty object or an empty list says nothing and is not kept. For one thread.
public final class Leftovers {
  private final Map<String, RawJson> fields = new TreeMap<>();

  /// Keeps the fields of `object`, which stands at `at` (empty for the body itself), but for `known`.
  public void keepRest(JsonNode object, String at, Set<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        keep(at.isEmpty() ? field.getKey() : at + "." + field.getKey(), field.getValue());
      }
    }
  }

  public void keep(String path, JsonNode value) {
    boolean saysNothing =
        value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty());
    if (!saysNothing) {
      fields.put(path, Json.raw(value));
    }
  }

  /// The fields by path, in alphabetical order.
  public Map<String, RawJson> fields() {
    return fields;
  }

  /// Each as something that was not read.
  public List<Loss> losses() {
    return fields.isEmpty()
        ? List.of()
        : fields.keySet().stream().map(path -> new Loss(Loss.Reason.FOREIGN_FIELD, path)).toList();
  }
}
