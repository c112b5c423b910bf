// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.validation.Check;
import dev.auriga.validation.Finding;
import dev.auriga.validation.Finding.Reason;
import dev.auriga.validation.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCheckTest {
  private static final String ORDER =
      """
      {"type":"object","additionalProperties":false,"properties":{
        "id":{"type":"integer"},
        "state":{"enum":["open","closed",null]},
        "version":{"const":2},
        "items":{"type":"array","items":{"$ref":"#/$defs/item"}},
        "either":{"anyOf":[{"type":"string"},{"type":"object","properties":{"x":{"type":"number"}},"additionalProperties":false}]},
        "both":{"allOf":[{"type":["string","number"]},{"type":["number","null"]}]},
        "tags":{"type":"object","patternProperties":{"^x-":{}},"additionalProperties":false}},
       "$defs":{"item":{"type":"object","properties":{"name":{"type":"string"},"parts":{"type":"array","items":{"$ref":"#/$defs/item"}}}}}}""";

  private static StreamCheck text(String schema, Syntax syntax) {
    return new StreamCheck(List.of(), new Check.Json(new RawJson(schema)), syntax);
  }

  /// The finding at the first character after which there is one, and that character's position.
  private record Lost(int at, Finding finding) {}

  private static Lost lost(StreamCheck check, String text) {
    for (int i = 0; i < text.length(); i++) {
      Finding finding = check.feed(new Chunk.TextDelta(text.substring(i, i + 1)));
      if (finding != null) {
        return new Lost(i, finding);
      }
    }
    return null;
  }

  /// `‸` stands behind the character at which it is lost.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [‸                                                   | schema   | ``                 | array where object should be
          "‸                                                   | schema   | ``                 | string where object should be
          {"id":"‸                                             | schema   | /id                | string where an integer should be
          {"id":1.5,‸                                          | schema   | /id                | number where an integer should be
          {"other"‸                                            | schema   | /other             | there may be no member "other" here
          {"state":"opened"‸                                   | schema   | /state             | string where "open" or "closed" or null should be
          {"state":t‸                                          | schema   | /state             | boolean where "open" or "closed" or null should be
          {"version":3}‸                                       | schema   | /version           | number where 2 should be
          {"items":[{},{"name":1‸                              | schema   | /items/1/name      | number where string should be
          {"items":[{"parts":[{"parts":[{"name":n‸             | schema   | /items/0/parts/0/parts/0/name | null where string should be
          {"either":1‸                                         | schema   | /either            | number where string, or object should be
          {"either":{"y"‸                                      | schema   | /either/y          | there may be no member "y" here
          {"both":"‸                                           | schema   | /both              | string where string or number, and number or null should be
          {"id":1,}‸                                           | not-json | /id                | this is not valid JSON: it breaks off at character 9
          {'‸                                                  | not-json | ``                 | this is not valid JSON: it breaks off at character 2
          Here‸                                                | not-json | ``                 | this is not valid JSON: it breaks off at character 1
          {"id":01‸                                            | not-json | /id                | this is not valid JSON: it breaks off at character 8
          {"id":1}x‸                                           | not-json | ``                 | this is not valid JSON: it breaks off at character 9
          """)
  void text_isLostAtTheCharacterThatLosesIt(String text, String reason, String pointer, String what) {
    String said = text.replace("‸", "");
    Lost lost = lost(text(ORDER, Syntax.STRICT), said);

    assertThat(lost).isNotNull();
    assertThat(lost.finding().reason().token()).isEqualTo(reason);
    assertThat(lost.finding().place()).isEqualTo(new Place.Value(pointer));
    assertThat(lost.finding().what()).isEqualTo(what);
    int expected = said.startsWith("Here") ? 0 : said.length() - 1;
    assertThat(lost.at()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}", " {\"id\" : 1.0, \"state\":null, \"version\":2.0}", "{\"items\":[{\"name\":\"x\",\"more\":[1]}]}",
        "{\"either\":{\"x\":1e5},\"both\":7}", "{\"either\":\"s\"}", "{\"tags\":{\"x-a\":1,\"y\":2}}", "{\"id\":1e400}"
      })
  void textThatCanBecomeValid_isLetOn(String text) {
    assertThat(lost(text(ORDER, Syntax.STRICT), text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Here it is: {\"id\":\"x\"}", "[\"a list\"] of {\"other\":1}", "no problem", "{'id': 'x'}", "```json\n{\"other\":1}\n```",
        "{\"id\":1,}{\"other\":1}"
      })
  void textThatMayBeRepaired_isLetOn(String text) {
    assertThat(lost(text(ORDER, Syntax.REPAIRABLE), text)).isNull();
  }

  @Test
  void repairableText_isStillLostForWhatNoRepairMends() {
    assertThat(lost(text(ORDER, Syntax.REPAIRABLE), " {\"other\"").finding().reason()).isEqualTo(Reason.SCHEMA);
  }

  @Test
  void depth_isBounded() {
    Lost lost = lost(new StreamCheck(List.of(), new Check.Json(null), Syntax.STRICT), "[".repeat(300));
    assertThat(lost.at()).isEqualTo(200);
    assertThat(lost.finding().reason()).isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void brokenText_isQuotedFromBeforeItsEnd() {
    StreamCheck check = text("{}", Syntax.STRICT);
    String long1 = "{\"a\":\"" + "x".repeat(100) + "\",";
    assertThat(check.feed(new Chunk.TextDelta(long1))).isNull();
    Finding finding = check.feed(new Chunk.TextDelta("oops and more"));
    assertThat(finding.fragment()).hasSize(80).endsWith("x\",o");
  }

  private static final List<Tool> TOOLS =
      List.of(
          new Tool.Function("order", null, new RawJson(ORDER), null, null),
          new Tool.Function("anything", null, new RawJson("{}"), null, null),
          new Tool.Hosted("gemini", "search", new RawJson("{}")));

  private static Finding after(StreamCheck check, Chunk... chunks) {
    Finding last = null;
    for (Chunk chunk : chunks) {
      last = check.feed(chunk);
    }
    return last;
  }

  private static Chunk started(int call, String tool) {
    return new Chunk.ToolCallStarted(call, "id", tool, null);
  }

  private static Chunk delta(int call, String arguments) {
    return new Chunk.ToolCallDelta(call, arguments);
  }

  @Test
  void unknownTool_isLostBeforeItsArguments() {
    Finding finding = after(new StreamCheck(TOOLS, null, Syntax.STRICT), started(0, "oder"));
    assertThat(finding.reason()).isEqualTo(Reason.UNKNOWN_TOOL);
    assertThat(finding.what()).contains("did you mean \"order\"?");
  }

  @Test
  void argumentsOfSeveralCalls_areToldApart() {
    StreamCheck check = new StreamCheck(TOOLS, null, Syntax.STRICT);
    assertThat(
            after(
                check, new Chunk.TextDelta("I order {"), started(0, "order"), started(1, "order"), delta(0, "{\"id\":"),
                delta(1, "{\"ver"), delta(0, "1}"), started(2, "search"), delta(2, "whatever")))
        .isNull();
    Finding finding = after(check, delta(1, "sion\":4"), delta(1, "}"));
    assertThat(finding.reason()).isEqualTo(Reason.ARGUMENTS);
    assertThat(finding.place()).isEqualTo(new Place.Argument(1, "order", "/version"));
    assertThat(after(check, delta(0, " "), new Chunk.TextDelta("x"))).isSameAs(finding);
  }

  @Test
  void arguments_areAnObjectWhateverTheSchemaSays() {
    assertThat(after(new StreamCheck(TOOLS, null, Syntax.STRICT), started(0, "anything"), delta(0, "[")).what())
        .isEqualTo("array where object should be");
  }

  @Test
  void schemasThatCannotBeRead_narrowNothing() {
    for (String schema :
        List.of(
            "no", "[]", "{\"$ref\":\"#\"}", "{\"$ref\":\"https://x.test/y\"}", "{\"$ref\":\"#/none\"}",
            "{\"allOf\":[{\"$ref\":\"#\"}]}", "{\"type\":\"any\"}", "{\"enum\":7}", "{\"$dynamicRef\":\"#x\"}",
            "{\"properties\":{\"a\":{\"$id\":\"https://x.test/\",\"$ref\":\"#/x\",\"x\":{\"type\":\"null\"}}},\"x\":{\"type\":\"array\"}}")) {
      assertThat(lost(text(schema, Syntax.STRICT), "{\"a\":1}")).as(schema).isNull();
    }
  }

  @Test
  void branchesThatDouble_areBounded() {
    StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/a0\",\"$defs\":{");
    for (int i = 0; i < 60; i++) {
      for (String side : List.of("a", "b")) {
        schema.append("\"%s%d\":{\"anyOf\":[{\"$ref\":\"#/$defs/a%d\"},{\"$ref\":\"#/$defs/b%d\"}]},".formatted(side, i, i + 1, i + 1));
      }
    }
    schema.append("\"a60\":{\"type\":\"object\"},\"b60\":{\"type\":\"object\"}}}");
    assertThat(lost(text(schema.toString(), Syntax.STRICT), "{\"a\":{\"b\":[1]}}")).isNull();

    String branching =
        "{\"anyOf\":[{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"b\"]},"
            + "{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"c\"]}]}";
    assertThat(lost(text(branching, Syntax.STRICT), "{\"a\":".repeat(150) + "1" + "}".repeat(150))).isNull();
  }
}
