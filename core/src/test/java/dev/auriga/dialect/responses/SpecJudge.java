// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auriga.dialect.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Judges JSON by a schema of a published OpenAPI document, as far as such schemas go: types,
/// required fields, enumerations, lengths, and the combinations; also `nullable`, which OpenAI's
/// document still has.
///
/// The documents are no part of the project: they are looked for in the folder the system property
/// `auriga.shared` names, else in a folder `shared` beside the checkout; without them the tests
/// that need them are skipped.
public final class SpecJudge {
  private final JsonNode document;

  private SpecJudge(JsonNode document) {
    this.document = document;
  }

  static Path shared() {
    String named = System.getProperty("auriga.shared");
    Path found = named == null ? null : Path.of(named);
    for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
      Path beside = at.resolve("shared");
      found = Files.isDirectory(beside.resolve("data")) ? beside : null;
    }
    assumeTrue(
        found != null && Files.isDirectory(found.resolve("data")),
        "specifications and recordings are not here"
            + " (auriga.shared is not set, no folder 'shared' beside the checkout)");
    return found.resolve("data");
  }

  public static SpecJudge of(String file) {
    try {
      return new SpecJudge(Json.read(Files.readAllBytes(shared().resolve("specs").resolve(file))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// What is wrong with `value` as the schema `name`, nothing when it fits.
  public List<String> faults(JsonNode value, String name) {
    List<String> faults = new ArrayList<>();
    check(value, document.at("/components/schemas/" + name), name, faults);
    return faults;
  }

  private void check(JsonNode value, JsonNode schema, String path, List<String> faults) {
    if (value.isNull() && schema.path("nullable").asBoolean(false)) {
      return;
    }
    if (schema.has("$ref")) {
      check(value, document.at(schema.path("$ref").asString("").substring(1)), path, faults);
      return;
    }
    checkType(value, schema, path, faults);
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray() && allowed.valueStream().noneMatch(value::equals)) {
      faults.add(path + ": " + value + " is none of " + allowed);
    }
    for (JsonNode name : schema.path("required").values()) {
      if (value.isObject() && !value.has(name.asString(""))) {
        faults.add(path + ": lacks " + name);
      }
    }
    schema.path("properties").properties().forEach(
        field -> {
          if (value.has(field.getKey())) {
            check(value.get(field.getKey()), field.getValue(), path + "." + field.getKey(), faults);
          }
        });
    if (value.isArray() && schema.has("items")) {
      int index = 0;
      for (JsonNode each : value.values()) {
        check(each, schema.get("items"), path + "[" + index++ + "]", faults);
      }
    }
    schema.path("allOf").values().forEach(part -> check(value, part, path, faults));
    checkAny(value, schema.path("anyOf"), path, faults);
    checkAny(value, schema.path("oneOf"), path, faults);
    if (value.isNumber() && schema.has("minimum")
        && value.decimalValue().compareTo(schema.get("minimum").decimalValue()) < 0) {
      faults.add(path + ": " + value + " is too little");
    }
    if (value.isString() && value.stringValue().length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      faults.add(path + ": is too long");
    }
  }

  private void checkAny(JsonNode value, JsonNode options, String path, List<String> faults) {
    List<String> fewest = null;
    for (JsonNode option : options.values()) {
      List<String> found = new ArrayList<>();
      check(value, option, path, found);
      if (found.isEmpty()) {
        return;
      }
      fewest = fewest == null || found.size() < fewest.size() ? found : fewest;
    }
    if (fewest != null) {
      faults.addAll(fewest);
    }
  }

  private static void checkType(JsonNode value, JsonNode schema, String path, List<String> faults) {
    boolean fits =
        switch (schema.path("type").asString("")) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isString();
          case "boolean" -> value.isBoolean();
          case "number" -> value.isNumber();
          case "integer" -> value.isNumber() && isWhole(value.decimalValue());
          case "null" -> value.isNull();
          default -> true;
        };
    if (!fits) {
      faults.add(path + ": " + value.getNodeType() + " is not " + schema.path("type"));
    }
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
