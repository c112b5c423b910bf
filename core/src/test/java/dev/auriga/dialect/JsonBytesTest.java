// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.properties.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonBytesTest {
  private static final JsonMapper JACKSON = JsonMapper.shared();
  private static final List<String> PIECES =
      List.of(
          "a", "word ", "?", "\"", "\\", "\n", "\t", "\r", "\b", "\f", "\u0000", "\u001f", "\u007f", "/",
          "é", "\u0080", "ÿ", "\u2028", "語", "\ufffd", "😀", "\ud800", "\udc00");

  @Test
  void trees_areWrittenAsJacksonDoes() {
    Seeds.each(2_000, random -> isAsJacksonWrites(tree(random, 4)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e300, 0.1, 1e-7})
  void oddNumbers_areWrittenAsJacksonDoes(double number) {
    isAsJacksonWrites(Json.object().put("a", number).put("b", (float) number));
  }

  @Test
  void whatNoTextIsReadAs_isWrittenAsJacksonDoes() {
    ObjectNode odd = Json.object().put("bytes", new byte[] {1, 2, 3});
    isAsJacksonWrites(odd.putPOJO("list", List.of(1, "two")));
  }

  @Test
  void halfASurrogatePair_isEscaped() {
    assertThat(new String(Json.write(Json.text("x? \ud83d\ude00\ud83d")), StandardCharsets.UTF_8))
        .isEqualTo("\"x? 😀\\uD83D\"");
  }

  @Test
  void aLongText_isWrittenWhole() {
    String text = "line\n".repeat(100_000);
    assertThat(Json.read(Json.write(Json.text(text))).stringValue()).isEqualTo(text);
  }

  private static void isAsJacksonWrites(JsonNode tree) {
    assertThat(new String(Json.write(tree), StandardCharsets.UTF_8))
        .isEqualTo(new String(JACKSON.writeValueAsBytes(tree), StandardCharsets.UTF_8));
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> Json.object().nullNode();
      case 1 -> Json.object().booleanNode(random.nextBoolean());
      case 2 -> Json.object().numberNode(random.nextInt());
      case 3 -> Json.object().numberNode(random.nextLong());
      case 4 -> Json.object().numberNode(random.nextGaussian());
      case 5 -> Json.object().numberNode(new BigDecimal(new BigInteger(80, random), random.nextInt(40) - 20));
      case 6, 7 -> Json.text(text(random));
      case 8 -> {
        ArrayNode array = Json.object().arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          array.add(tree(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
          object.set(text(random), tree(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
