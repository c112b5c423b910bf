// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.spec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.auriga.conformance.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A vendor's OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12.
///
/// Read with three leniencies. A `oneOf` counts as an `anyOf`, because the documents list kinds of which
/// several may fit (a text is also an "easy" message). `nullable`, which OpenAPI 3.1 no longer has but
/// OpenAI's document still does, is honoured. And what [#LEFT_OUT] names need not be there.
final class Specification {
  private static final String AT = "https://specification.test/";

  /// Anthropic's document demands `caller` of every tool call and gives it a default; replies recorded
  /// from the service do without where the model itself called.
  private static final Set<String> LEFT_OUT = Set.of("caller");

  private final String address;
  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Specification(String address, JsonNode document) {
    this.address = address;
    this.document = document;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(address, document.toString())));
  }

  /// The document `file` of the shared folder; the test is skipped with a notice where it is absent.
  static Specification of(String file) {
    Optional<Path> path = SharedFolder.file("specs/" + file);
    assumeTrue(path.isPresent(), "no folder shared beside the checkout: nothing is judged by " + file);
    try {
      JsonMapper json = JsonMapper.builder().build();
      JsonNode document = json.readTree(Files.readAllBytes(path.get()));
      lenient(document);
      return new Specification(AT + file, document);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void lenient(JsonNode node) {
    node.values().forEach(Specification::lenient);
    if (node instanceof ObjectNode schema) {
      JsonNode kinds = schema.path("oneOf");
      if (kinds.isArray() && !schema.has("anyOf")) {
        schema.remove("oneOf");
        schema.set("anyOf", kinds);
      }
      if (schema.path("required") instanceof ArrayNode required) {
        required.removeIf(name -> LEFT_OUT.contains(name.asString("")));
      }
      if (schema.path("nullable").asBoolean(false)) {
        ObjectNode value = schema.deepCopy();
        value.remove("nullable");
        schema.removeAll();
        schema.putArray("anyOf").add(value).addObject().put("type", "null");
      }
    }
  }

  /// What is wrong with `value` as the schema `name`; nothing when it fits.
  List<String> faults(String name, JsonNode value) {
    Schema schema =
        schemas.computeIfAbsent(
            name, key -> registry.getSchema(SchemaLocation.of(address + "#/components/schemas/" + key)));
    return schema.validate(value).stream().map(Error::toString).toList();
  }

  /// What is wrong with the stream event `value` as the schema for its type; a type without one is
  /// wrong.
  List<String> eventFaults(JsonNode value) {
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      JsonNode types = schema.getValue().at("/properties/type/enum");
      if (schema.getKey().endsWith("StreamingEvent") && types.path(0).equals(value.path("type"))) {
        return faults(schema.getKey(), value);
      }
    }
    return List.of("no schema for " + value.path("type"));
  }
}
