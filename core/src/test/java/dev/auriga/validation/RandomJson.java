// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.dialect.Json;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON by chance: values of all kinds, texts with everything that is escaped or looks like syntax.
public final class RandomJson {
  private static final String[] TEXTS = {
    "", "a", "name", "it's", "he said \"no\"", "a\\b", "C:\\dir", "two\nlines", "tab\there", "{\"a\": 1}", "[1, 2]",
    "// none", "# none", "```json", "True", "null", "12", "naïve", "日本語", "🙂", "“x”", "a, b: c", "\u0001", "x}",
    "\u200b", "/* no */", "https://a.example/?q=1", "1.50"
  };
  private static final String[] NUMBERS = {
    "0", "-1", "12", "1.50", "-0.001", "1e5", "2E-3", "12345678901234567890", "3.14159", "100"
  };

  private final Random random;

  public RandomJson(Random random) {
    this.random = random;
  }

  /// An object or array, at most `depth` deep.
  public JsonNode document(int depth) {
    return random.nextBoolean() ? object(depth) : array(depth);
  }

  public JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0, 1 -> Json.text(text());
      case 2, 3 -> Json.read(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 4 -> Json.read(new String[] {"true", "false", "null"}[random.nextInt(3)]);
      case 5, 6 -> object(depth - 1);
      default -> array(depth - 1);
    };
  }

  public String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private ObjectNode object(int depth) {
    ObjectNode object = Json.object();
    for (int i = random.nextInt(4); i >= 0; i--) {
      object.set(random.nextInt(3) == 0 ? text() : "k" + random.nextInt(9), value(depth));
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = Json.object().putArray("items");
    for (int i = random.nextInt(4); i >= 0; i--) {
      array.add(value(depth));
    }
    return array;
  }
}
