// SPDX-License-Identifier: Apache-2.0
package dev.auriga.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.validation.CompiledSchema;
import dev.auriga.validation.Uncheckable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
  private static final JsonSchemas SCHEMAS = new JsonSchemas();

  private static List<CompiledSchema.Fault> faults(String schema, String value) throws Uncheckable {
    return SCHEMAS.compile(new RawJson(schema)).faults(Json.read(value));
  }

  private static boolean fits(String schema, String value) throws Uncheckable {
    return faults(schema, value).isEmpty();
  }

  @Test
  void fault_saysWhereAndWhat() throws Uncheckable {
    String schema =
        """
        {"type":"object","properties":{"items":{"type":"array","items":{"type":"object",
        "properties":{"a/b":{"type":"number"}},"required":["id"]}}},"additionalProperties":false}""";

    assertThat(faults(schema, "{\"items\":[{\"id\":1},{\"a/b\":\"x\"}],\"more\":1}"))
        .extracting(CompiledSchema.Fault::pointer, CompiledSchema.Fault::keyword)
        .containsExactlyInAnyOrder(
            tuple("/items/1/a~1b", "type"),
            tuple("/items/1", "required"),
            tuple("", "additionalProperties"));
    assertThat(faults(schema, "[]").getFirst().what()).contains("array").contains("object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http://json-schema.org/draft-04/schema#        | {"minimum":1,"exclusiveMinimum":true}                | 2     | 1
          http://json-schema.org/draft-06/schema#        | {"contains":{"const":1}}                             | [1]   | [2]
          http://json-schema.org/draft-07/schema#        | {"if":{"const":1},"then":false}                      | 2     | 1
          http://json-schema.org/draft-07/schema         | {"items":[{"type":"string"}],"additionalItems":false} | ["a"] | ["a",1]
          https://json-schema.org/draft/2019-09/schema   | {"dependentRequired":{"a":["b"]}}                    | {"b":1} | {"a":1}
          https://json-schema.org/draft/2020-12/schema   | {"prefixItems":[{"type":"string"}],"items":false}    | ["a"] | ["a",1]
          https://json-schema.org/draft/2020-12/schema   | {"properties":{"a":true},"unevaluatedProperties":false} | {"a":1} | {"b":1}
          https://json-schema.org/draft/2020-12/schema   | {"$defs":{"n":{"type":"integer"}},"$ref":"#/$defs/n"} | 1     | "1"
                                                         | {"items":[{"type":"string"}],"additionalItems":false} | ["a"] | ["a",1]
                                                         | {"minimum":1,"exclusiveMinimum":true}                | 2     | 1
                                                         | {"$defs":{"n":{"$anchor":"x","type":"integer"}},"$ref":"#x"} | 1 | "1"
                                                         | false                                                | -     | 1
          """)
  void everyDraft_isReadByItsOwnRules(String draft, String schema, String good, String bad) throws Uncheckable {
    String whole = draft == null ? schema : "{\"$schema\":\"%s\",%s".formatted(draft, schema.substring(1));
    if (!good.equals("-")) {
      assertThat(fits(whole, good)).isTrue();
    }
    assertThat(fits(whole, bad)).isFalse();
  }

  @Test
  void numbers_areExact() throws Uncheckable {
    assertThat(fits("{\"multipleOf\":0.01}", "19.99")).isTrue();
    assertThat(fits("{\"type\":\"integer\"}", "1.0")).isTrue();
    assertThat(fits("{\"const\":12345678901234567890}", "12345678901234567891")).isFalse();
    assertThat(fits("{\"enum\":[1]}", "1.0")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"strnig\"}", "{\"required\":\"a\"}", "{\"properties\":[]}", "{\"minLength\":-1}", "[]", "7", "{", "",
        "{\"$schema\":\"https://example.test/draft\"}", "{\"pattern\":\"(\"}", "{\"$ref\":\"#/$defs/none\"}"
      })
  void whatIsNoSchema_isRefused(String schema) {
    assertThatExceptionOfType(Uncheckable.class)
        .isThrownBy(() -> faults(schema, "{\"a\":\"b\"}"))
        .satisfies(why -> assertThat(why.getMessage()).startsWith("the schema"));
  }

  @Test
  void reference_isNeverFetched() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:%d/schema.json".formatted(server.getLocalPort());
      for (String schema :
          List.of(
              "{\"$ref\":\"%s\"}".formatted(address),
              "{\"$id\":\"%s\",\"$ref\":\"other.json\"}".formatted(address),
              "{\"properties\":{\"a\":{\"$ref\":\"%s#/x\"}}}".formatted(address),
              "{\"$ref\":\"file:///etc/hostname\"}",
              "{\"$ref\":\"classpath:META-INF/MANIFEST.MF\"}",
              "{\"$ref\":\"resource:META-INF/MANIFEST.MF\"}")) {
        assertThatExceptionOfType(Uncheckable.class)
            .as(schema)
            .isThrownBy(() -> faults(schema, "{\"a\":1}"));
      }
      server.setSoTimeout(1);
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
    }
  }

  @Test
  void metaSchema_mayBeReferredTo() throws Uncheckable {
    String schema = "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}";
    assertThat(fits(schema, "{\"type\":\"string\"}")).isTrue();
    assertThat(fits(schema, "{\"type\":\"strnig\"}")).isFalse();
  }

  @Test
  void whatOneSchemaDefines_isUnknownToTheNext() throws Uncheckable {
    assertThat(fits("{\"$id\":\"https://a.test/s\",\"type\":\"string\"}", "1")).isFalse();
    assertThat(fits("{\"$id\":\"https://a.test/s\",\"type\":\"integer\"}", "1")).isTrue();
    assertThatExceptionOfType(Uncheckable.class)
        .isThrownBy(() -> faults("{\"$ref\":\"https://a.test/s\"}", "1"));
  }

  @Test
  void hostileSchemas_endInABoundedNumberOfSteps() {
    StringBuilder doubling = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < 60; i++) {
      doubling.append("\"d%d\":{\"anyOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]},".formatted(i, i + 1, i + 1));
    }
    doubling.append("\"d60\":{\"type\":\"string\"}}}");
    String branching =
        "{\"anyOf\":[{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"b\"]},"
            + "{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"c\"]}]}";
    String deep = "{\"a\":".repeat(150) + "1" + "}".repeat(150);

    for (String[] hostile :
        List.of(
            new String[] {doubling.toString(), "1"},
            new String[] {branching, deep},
            new String[] {"{\"$ref\":\"#\"}", "1"},
            new String[] {"{\"allOf\":[{\"$ref\":\"#\"}]}", "1"},
            new String[] {"{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"}", "1"},
            new String[] {"{\"pattern\":\"^(a+)+$\"}", "\"" + "a".repeat(5000) + "!\""},
            new String[] {"{\"patternProperties\":{\"^(a|aa)+$\":false}}", "{\"" + "a".repeat(5000) + "!\":1}"},
            new String[] {" ".repeat(JsonSchemas.MOST_CHARACTERS) + "{}", "1"},
            new String[] {"{\"not\":".repeat(300) + "{}" + "}".repeat(300), "1"})) {
      assertThatExceptionOfType(Uncheckable.class)
          .as(hostile[0].strip().substring(0, Math.min(80, hostile[0].strip().length())))
          .isThrownBy(() -> faults(hostile[0], hostile[1]));
    }
  }

  @Test
  void deepButHonestValue_isCheckedOnASmallStack() throws Exception {
    String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}},\"additionalProperties\":false}";
    String deep = "{\"a\":".repeat(190) + "{\"b\":1}" + "}".repeat(190);
    AtomicReference<Object> outcome = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                outcome.set(faults(schema, deep));
              } catch (Uncheckable why) {
                outcome.set(why);
              }
            },
            "small",
            512 * 1024);
    small.start();
    small.join();
    assertThat(outcome.get())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .extracting(fault -> ((CompiledSchema.Fault) fault).keyword())
        .isEqualTo("additionalProperties");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ^a$            | a      | true
          b              | abc    | true
          ^\\\\p{Letter}+$ | äöü    | true
          ^[\\\\w.-]+@[a-z]+$ | a.b@c | true
          ^[[x]+$        | [x     | true
          ^[a&&b]+$      | a&b    | true
          ^[^]$          | x      | true
          []             | x      | false
          ^\\\\u{61}$      | a      | true
          ^\\\\Z$          | Z      | true
          """)
  void patterns_areReadAsInEcmaScript(String pattern, String text, boolean fits) throws Uncheckable {
    String schema = "{\"pattern\":\"%s\"}".formatted(pattern);
    assertThat(fits(schema, "\"%s\"".formatted(text))).isEqualTo(fits);
  }

  @Test
  void endOfAPattern_isNotBeforeALineBreak() throws Uncheckable {
    assertThat(fits("{\"pattern\":\"^a$\"}", "\"a\\n\"")).isFalse();
  }
}
