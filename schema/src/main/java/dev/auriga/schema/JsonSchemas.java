// SPDX-License-Identifier: Apache-2.0
package dev.auriga.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.path.PathType;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.validation.CompiledSchema;
import dev.auriga.validation.SchemaCompiler;
import dev.auriga.validation.Uncheckable;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Compiles JSON Schemas of the drafts 4, 6, 7, 2019-09 and 2020-12.
///
/// A schema that does not say its draft is read as the newest whose meta-schema it satisfies. Nothing
/// is fetched: a `$ref` that leads out of the schema makes it unusable. Schemas come from clients, so
/// they are bounded: in size and depth, in the steps and depth of a check, and their patterns in the
/// looks at a text. Formats are asserted where the draft asserts them.
public final class JsonSchemas implements SchemaCompiler {
  public static final int MOST_CHARACTERS = 256 * 1024;

  /// Evaluated subschemas, for one value.
  static final long MOST_STEPS = 200_000;

  static final int MOST_DEPTH = 1_000;

  private static final List<SpecificationVersion> NEWEST_FIRST =
      List.of(
          SpecificationVersion.DRAFT_2020_12,
          SpecificationVersion.DRAFT_2019_09,
          SpecificationVersion.DRAFT_7,
          SpecificationVersion.DRAFT_6,
          SpecificationVersion.DRAFT_4);

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .locale(Locale.ENGLISH)
          .pathType(PathType.JSON_POINTER)
          .regularExpressionFactory(EcmaPattern::of)
          .build();

  private final Map<SpecificationVersion, Schema> metaSchemas = new EnumMap<>(SpecificationVersion.class);

  public JsonSchemas() {
    NEWEST_FIRST.forEach(
        draft ->
            metaSchemas.put(draft, registry(draft).getSchema(SchemaLocation.of(draft.getDialectId()))));
  }

  /// A registry of its own for each schema, so that what one defines is unknown to the next.
  private static SchemaRegistry registry(SpecificationVersion draft) {
    return SchemaRegistry.withDefaultDialect(
        draft,
        builder ->
            builder
                .schemaRegistryConfig(CONFIG)
                .schemaLoader(loader -> loader.allow(address -> isMetaSchema(address.toString()))));
  }

  /// The meta-schemas are in the validator's own jar.
  private static boolean isMetaSchema(String address) {
    return address.startsWith("https://json-schema.org/draft/")
        || address.startsWith("http://json-schema.org/draft-");
  }

  @Override
  public CompiledSchema compile(RawJson schema) throws Uncheckable {
    if (schema.text().length() > MOST_CHARACTERS) {
      throw new Uncheckable(
          "the schema has %d characters, of at most %d".formatted(schema.text().length(), MOST_CHARACTERS));
    }
    JsonNode tree = tree(schema);
    try {
      Schema compiled = registry(draft(tree)).getSchema(tree);
      compiled.initializeValidators();
      return value -> faults(compiled, value);
    } catch (SchemaException unusable) {
      throw new Uncheckable("the schema cannot be used: " + unusable.getMessage());
    } catch (StackOverflowError tooDeep) {
      throw new Uncheckable("the schema cannot be used: it refers to itself too often");
    }
  }

  private static JsonNode tree(RawJson schema) throws Uncheckable {
    JsonNode tree;
    try {
      tree = Json.read(schema);
    } catch (JacksonException notJson) {
      throw new Uncheckable("the schema is not JSON: " + notJson.getOriginalMessage());
    }
    if (!tree.isObject() && !tree.isBoolean()) {
      throw new Uncheckable("the schema is neither an object nor true or false");
    }
    return tree;
  }

  private SpecificationVersion draft(JsonNode schema) throws Uncheckable {
    String said = schema.path("$schema").asString("");
    if (!said.isEmpty()) {
      SpecificationVersion known =
          NEWEST_FIRST.stream()
              .filter(draft -> bare(draft.getDialectId()).equals(bare(said)))
              .findFirst()
              .orElseThrow(() -> new Uncheckable("the schema's draft is not known: " + said));
      List<CompiledSchema.Fault> faults = faults(known, schema);
      if (!faults.isEmpty()) {
        throw unusable(faults);
      }
      return known;
    }
    for (SpecificationVersion draft : NEWEST_FIRST) {
      if (faults(draft, schema).isEmpty()) {
        return draft;
      }
    }
    throw unusable(faults(NEWEST_FIRST.getFirst(), schema));
  }

  /// A draft's address is also written without its empty fragment.
  private static String bare(String dialect) {
    return dialect.endsWith("#") ? dialect.substring(0, dialect.length() - 1) : dialect;
  }

  private List<CompiledSchema.Fault> faults(SpecificationVersion draft, JsonNode schema) throws Uncheckable {
    Schema metaSchema = metaSchemas.get(draft);
    if (metaSchema == null) {
      throw new Uncheckable("the schema's draft is not known: " + draft.getDialectId());
    }
    return faults(metaSchema, schema);
  }

  private static Uncheckable unusable(List<CompiledSchema.Fault> faults) {
    CompiledSchema.Fault first = faults.getFirst();
    return new Uncheckable("the schema is none: at \"%s\": %s".formatted(first.pointer(), first.what()));
  }

  private static List<CompiledSchema.Fault> faults(Schema schema, JsonNode value) throws Uncheckable {
    try {
      return schema.validate(value, JsonSchemas::bound).stream()
          .map(
              error ->
                  new CompiledSchema.Fault(
                      error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage()))
          .toList();
    } catch (ValidationLimitExceededException | StackOverflowError tooMuch) {
      throw new Uncheckable("checking against the schema takes too long for this value");
    } catch (EcmaPattern.GivenUp tooMuch) {
      throw tooMuch.why();
    } catch (SchemaException unusable) {
      throw new Uncheckable("the schema cannot be used: " + unusable.getMessage());
    }
  }

  private static void bound(ExecutionContext context) {
    context.executionConfig(config -> config.maxEvaluationSteps(MOST_STEPS).maxEvaluationDepth(MOST_DEPTH));
  }
}
