// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import dev.auriga.completion.Usage;
import java.util.List;
import java.util.Random;

/// Random words, numbers and JSON for the generators: with quotes, line ends and characters outside
/// the basic plane among them.
final class Words {
  private static final List<String> PIECES =
      List.of(
          "a", "Hello", " ", "ä", "日本", "🙂", "\n", "\r\n", "\"", "\\", "data: ", "[DONE]", "{", "}", "</x>",
          "\t", "event: x\n\n", "null", "\u2028", "0");
  private static final List<String> ARGUMENTS =
      List.of(
          "{}", "{\"city\":\"Köln\"}", "{\"a\":[1,2.50,null,true],\"b\":{\"c\":\"\\n\"}}",
          "{\"text\":\"🙂 \\\"quoted\\\"\"}", "{\"n\":-1e3}");

  private final Random random;

  Words(Random random) {
    this.random = random;
  }

  /// One piece or more, never blank.
  String text() {
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.append('y').toString();
  }

  /// A JSON object as a model might write it.
  String arguments() {
    return ARGUMENTS.get(random.nextInt(ARGUMENTS.size()));
  }

  String name() {
    return List.of("get_weather", "f", "search-web", "a1").get(random.nextInt(4));
  }

  /// Base64 of some length, as signatures are.
  String signature() {
    byte[] bytes = new byte[3 * (1 + random.nextInt(20))];
    random.nextBytes(bytes);
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }

  Usage usage() {
    return new Usage(count(), count(), count(), 0, 1 + count(), count());
  }

  private long count() {
    return random.nextBoolean() ? 0 : random.nextInt(100_000);
  }

  boolean chance(int ofTen) {
    return random.nextInt(10) < ofTen;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
