// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.properties.Seeds;
import dev.auriga.validation.RandomJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonScannerTest {
  /// Jackson as the judge: strict, with names that may stand twice, as the grammar has it.
  private static final JsonMapper JUDGE =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(10_000).build())
                  .build())
          .build();

  @Test
  void whatIsJson_isWhatJacksonReads() {
    int[] valid = new int[1];
    Seeds.each(
        6000,
        random -> {
          String json = Json.raw(new RandomJson(random).value(3)).text();
          String text = random.nextInt(4) == 0 ? json : Breaker.damaged(random, json + " ");
          assertThat(JsonScanner.isJson(text)).as(text).isEqualTo(isReadByJackson(text));
          valid[0] += JsonScanner.isJson(text) ? 1 : 0;
        });
    assertThat(valid[0]).isBetween(1200, 4000);
  }

  private static boolean isReadByJackson(String text) {
    try {
      return !JUDGE.readTree(text).isMissingNode();
    } catch (JacksonException notJson) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "[1,]", "[,1]", "{,}", "{\"a\"}", "{\"a\":1,}", "01", "-", "1.", ".5", "+1", "1e", "1e+", "nul",
        "nulls", "\"\\x\"", "\"\\u00g0\"", "\"\\u٠٠٠٠\"", "\"\n\"", "'a'", "{a:1}", "1 2", "[1] ,", "]", "NaN", "\uFEFF1"
      })
  void whatIsNotJson_isNone(String text) {
    assertThat(JsonScanner.isJson(text)).isFalse();
  }

  @Test
  void whatIsHeard_doesNotDependOnTheCuts() {
    Seeds.each(
        500,
        random -> {
          String text = Json.raw(new RandomJson(random).document(3)).text();
          text = random.nextBoolean() ? text : Breaker.damaged(random, text);
          assertThat(heard(text, random)).isEqualTo(heard(text, null));
        });
  }

  private static List<String> heard(String text, Random cuts) {
    List<String> heard = new ArrayList<>();
    JsonScanner scanner = new JsonScanner(new Notes(heard));
    boolean goesOn = true;
    for (int at = 0; at < text.length(); ) {
      int end = cuts == null ? text.length() : Math.min(text.length(), at + cuts.nextInt(4));
      goesOn = scanner.feed(text.substring(at, end));
      at = end;
    }
    heard.add("goes on: " + goesOn + ", whole: " + scanner.finish() + ", to " + scanner.position());
    return heard;
  }

  private record Notes(List<String> heard) implements JsonScanner.Listener {
    @Override
    public void begins(JsonScanner.Kind kind) {
      heard.add("begins " + kind);
    }

    @Override
    public void name(String name) {
      heard.add("name " + name);
    }

    @Override
    public void scalar(JsonScanner.Kind kind, String text) {
      heard.add(kind + " " + text);
    }

    @Override
    public void ends() {
      heard.add("ends");
    }
  }

  @Test
  void everyValueIsHeardAsItIs() {
    List<String> heard = new ArrayList<>();
    JsonNode tree = Json.read("{\"a\\n\":[1.50,\"x\\u00e4\\\"\"],\"b\":null}");
    JsonScanner scanner = new JsonScanner(new Notes(heard));

    assertThat(scanner.feed(Json.raw(tree).text()) && scanner.finish()).isTrue();
    assertThat(heard)
        .containsExactly(
            "begins OBJECT", "name a\n", "begins ARRAY", "begins NUMBER", "NUMBER 1.50", "begins STRING", "STRING xä\"",
            "ends", "name b", "begins NULL", "NULL null", "ends");
  }

  @Test
  void deepNesting_takesNoStack() {
    String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    assertThat(JsonScanner.isJson(deep)).isTrue();
  }
}
