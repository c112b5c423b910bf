// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.properties.Seeds;
import dev.auriga.validation.RandomJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Repair changes syntax and nothing else.
class RepairTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.auriga.validation.syntax.BrokenOutputs#rows")
  void brokenOutput_isReadAsTheTableSays(String name, BrokenOutputs.Row row) {
    switch (Repair.of(row.output())) {
      case Repair.Mended mended -> {
        assertThat(mended.json()).isEqualTo(row.json());
        assertThat(tokens(mended.fixes())).isEqualTo(row.fixes());
        assertThat(mended.isTruncated()).isEqualTo(row.fixes().contains("unclosed"));
        assertThat(Repair.of(mended.json())).isEqualTo(new Repair.Intact(mended.json()));
      }
      case Repair.Hopeless hopeless -> assertThat(hopeless.why().token()).isEqualTo(row.hopeless());
      case Repair.Intact intact -> throw new AssertionError("not broken: " + intact.json());
    }
  }

  @Test
  void theTableIsLongAndKnowsEveryFix() {
    List<BrokenOutputs.Row> rows = BrokenOutputs.read();
    Set<String> fixes = rows.stream().flatMap(row -> row.fixes().stream()).collect(Collectors.toSet());

    assertThat(rows.stream().filter(row -> row.hopeless().isEmpty())).hasSizeGreaterThanOrEqualTo(60);
    assertThat(fixes).containsExactlyInAnyOrderElementsOf(tokens(Set.of(Fix.values())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}", "[]", "0", "\"x\"", " null\n", "\t{\"a\" : [ ] }\r\n", "{\"a\":1,\"a\":2}", "\"\\ud83d\"", "-0.0E+1",
        "{\"code\":\"```json {'a': True,} ```\"}"
      })
  void validJson_staysAsItIs(String json) {
    assertThat(Repair.of(json)).isEqualTo(new Repair.Intact(json));
  }

  @Test
  void randomValidJson_staysAsItIs() {
    Seeds.each(
        2000,
        random -> {
          String json = spaced(random, Json.raw(new RandomJson(random).value(4)).text());
          assertThat(Repair.of(json)).isEqualTo(new Repair.Intact(json));
        });
  }

  @Test
  void jsonThatIsCutAnywhere_losesAndGainsNothingButItsEnd() {
    Seeds.each(
        300,
        random -> {
          JsonNode whole = new RandomJson(random).document(3);
          String json = Json.raw(whole).text();
          for (int cut = 0; cut < json.length(); cut++) {
            if (Repair.of(json.substring(0, cut)) instanceof Repair.Mended mended) {
              assertThat(mended.isTruncated()).isTrue();
              assertPartOf(Json.read(mended.json()), whole, json.substring(0, cut));
            }
          }
        });
  }

  /// What is there is the same as in `whole`, at the same place.
  private static void assertPartOf(JsonNode part, JsonNode whole, String text) {
    assertThat(part.getNodeType()).as(text).isEqualTo(whole.getNodeType());
    if (part.isObject()) {
      for (Map.Entry<String, JsonNode> member : part.properties()) {
        assertThat(whole.has(member.getKey())).as(text).isTrue();
        assertPartOf(member.getValue(), whole.get(member.getKey()), text);
      }
    } else if (part.isArray()) {
      for (int i = 0; i < part.size(); i++) {
        assertPartOf(part.get(i), whole.get(i), text);
      }
    } else {
      assertThat(part).as(text).isEqualTo(whole);
    }
  }

  @Test
  void brokenInWaysThatLoseNothing_isTheSameTreeAgain() {
    Seeds.each(
        1000,
        random -> {
          JsonNode whole = new RandomJson(random).document(3);
          String broken = Breaker.sloppy(random, whole);
          Repair repair = Repair.of(broken);
          String read = repair instanceof Repair.Mended mended ? mended.json() : broken;
          assertThat(repair).as(broken).isNotInstanceOf(Repair.Hopeless.class);
          assertThat(Json.read(read)).as(broken).isEqualTo(whole);
        });
  }

  @Test
  void whateverIsBroken_noNameOrScalarIsInvented() {
    Seeds.each(
        4000,
        random -> {
          String broken = Breaker.damaged(random, Breaker.sloppy(random, new RandomJson(random).document(3)));
          if (Repair.of(broken) instanceof Repair.Mended mended) {
            String said = Breaker.unescaped(broken);
            for (String each : said(mended.json())) {
              assertThat(said.contains(each) || broken.contains(each)).as("%s of %s", each, broken).isTrue();
            }
            assertThat(JsonScanner.isJson(mended.json())).isTrue();
          }
        });
  }

  /// Reading again from each bracket would take hours here.
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[],", "\"[\",", "[\"", "{'", "```", "/*[", "{a:[", "'{\"", "[1,", "   {}"})
  void hostileText_isReadOnce(String piece) {
    assertThat(Repair.of("x" + piece.repeat(300_000))).isInstanceOf(Repair.Hopeless.class);
  }

  private static Set<String> said(String json) {
    Set<String> said = new HashSet<>();
    new JsonScanner(
            new JsonScanner.Listener() {
              @Override
              public void name(String name) {
                said.add(name);
              }

              @Override
              public void scalar(JsonScanner.Kind kind, String text) {
                switch (kind) {
                  case STRING, NUMBER -> said.add(text);
                  // Python writes them with a capital letter, or as None.
                  default -> said.add(text.equals("null") ? "" : text.substring(1));
                }
              }
            })
        .feed(json);
    return said;
  }

  private static Set<String> tokens(Set<Fix> fixes) {
    return fixes.stream().map(Fix::token).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String spaced(Random random, String json) {
    List<String> spaces = new ArrayList<>(List.of("", " ", "\n", "\t", "\r\n"));
    return spaces.get(random.nextInt(5)) + json + spaces.get(random.nextInt(5));
  }
}
