// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.validation.Finding.Reason;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// What is wrong with a text that should be JSON, and fit a schema.
public final class JsonFaults {
  private static final int MOST = 20;
  private static final int BEFORE = 40;

  private JsonFaults() {}

  /// The findings about `json`; `at` says which place a pointer is.
  ///
  /// @param misfit the reason given where JSON does not fit the schema
  public static List<Finding> of(
      String json,
      @Nullable RawJson schema,
      Schemas schemas,
      Reason misfit,
      Function<String, Place> at) {
    JsonNode value;
    try {
      value = Json.read(json);
    } catch (JacksonException notJson) {
      return List.of(notJson(json, notJson, at.apply("")));
    }
    if (value.isMissingNode()) {
      return List.of(new Finding(Reason.NOT_JSON, at.apply(""), "there is nothing where JSON should be", ""));
    }
    if (schema == null) {
      return List.of();
    }
    try {
      return schemas.of(schema).faults(value).stream()
          .limit(MOST)
          .map(fault -> new Finding(misfit, at.apply(fault.pointer()), fault.what(), fragment(value, fault)))
          .toList();
    } catch (Uncheckable unusable) {
      return List.of(unusable.finding(at.apply("")));
    }
  }

  private static Finding notJson(String json, JacksonException notJson, Place place) {
    var where = notJson.getLocation();
    long offset = where == null ? 0 : where.getCharOffset();
    int from = Math.clamp(offset - BEFORE, 0, json.length());
    String what =
        where == null
            ? "this is not valid JSON"
            : "this is not valid JSON: it breaks off at line %d, column %d"
                .formatted(where.getLineNr(), where.getColumnNr());
    return new Finding(Reason.NOT_JSON, place, what, json.substring(from, Math.min(json.length(), from + 2 * BEFORE)));
  }

  private static String fragment(JsonNode value, CompiledSchema.Fault fault) {
    JsonNode at = value.at(JsonPointer.compile(fault.pointer()));
    return at.isMissingNode() ? "" : Json.raw(at).text();
  }
}
