// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// JSON for the dialects: the one place that knows Jackson's settings.
///
/// Bounded in depth; long strings are allowed because images travel in them. Duplicate keys and
/// anything but strict JSON are refused. Decimals keep their digits: `1.50` stays `1.50`.
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Bounded: the usual pool links and unlinks a node for every parser.
          .recyclerPool(JsonRecyclerPools.newBoundedPool(256))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(1000)
                  .build())
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /// How many bytes a text has that is written without much in it.
  private static final int USUAL_LENGTH = 1024;

  /// What a parser's message says about its own source, such as ` (for Array starting at […])`, and
  /// about its settings, where a name stands twice.
  private static final Pattern PARSERS_OWN =
      Pattern.compile("\\s*(\\([^()]*)?\\[Source: .*| for `ObjectNode`: .*");

  private Json() {}

  /// A streaming parser over `body`; the caller closes it.
  public static JsonParser parser(byte[] body) {
    return FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), body);
  }

  /// The tree of a client's body; throws a [Refusal] that says where it is not JSON.
  public static ObjectNode readClient(byte[] body) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (JacksonException notJson) {
      throw malformed(notJson);
    }
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new Refusal(Refusal.Kind.INVALID, "the body must be a JSON object");
  }

  /// The tree of `text`; throws [JacksonException] when it is not JSON.
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  public static JsonNode read(byte[] text) {
    return MAPPER.readTree(text);
  }

  public static JsonNode read(RawJson raw) {
    return MAPPER.readTree(raw.text());
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static StringNode text(String value) {
    return MAPPER.getNodeFactory().stringNode(value);
  }

  public static byte[] write(JsonNode tree) {
    return bytes(USUAL_LENGTH).add(tree).written();
  }

  public static RawJson raw(JsonNode tree) {
    return new RawJson(new String(write(tree), StandardCharsets.UTF_8));
  }

  /// `text` as a JSON string, with its quotes.
  public static byte[] quoted(String text) {
    return bytes(text.length() + 2).add(text).written();
  }

  private static JsonBytes bytes(int expected) {
    return new JsonBytes(expected, MAPPER::writeValueAsBytes);
  }

  /// The refusal for a body that is not JSON, with line and column.
  public static Refusal malformed(JacksonException cause) {
    TokenStreamLocation at = cause.getLocation();
    String where =
        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return new Refusal(
        Refusal.Kind.INVALID,
        "the body is not valid JSON%s: %s".formatted(where, firstSentence(cause.getOriginalMessage())));
  }

  /// The refusal for a field of the wrong type or value.
  public static Refusal wrong(String field, String expected) {
    return new Refusal(Refusal.Kind.INVALID, "%s: %s".formatted(field, expected), field);
  }

  /// What is wrong, without the parser's account of itself.
  private static String firstSentence(String message) {
    return PARSERS_OWN.matcher(message.lines().findFirst().orElse("")).replaceAll("");
  }
}
