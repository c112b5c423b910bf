// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of schemas and structured output.
class SchemaPitfallsTest {
  /// A model that takes Gemini's own schema language only.
  private static final String OLD_GEMINI = "gemini-2.0-flash";

  private static String tool(String schema) {
    return Asking.with(
        Tongue.CHAT,
        Map.of(
            "tools", "[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{"
                + schema + "}}}}]"));
  }

  private static JsonNode properties(String schema, String model) {
    Sent sent = Tongue.CHAT.send(tool(schema), Tongue.GEMINI, model);
    JsonNode function = sent.at("/tools/0/functionDeclarations/0");
    JsonNode parameters =
        function.has("parametersJsonSchema")
            ? function.path("parametersJsonSchema")
            : function.path("parameters");
    return parameters.path("properties");
  }

  private static String answering(String format) {
    return Asking.with(Tongue.CHAT, Map.of("response_format", format));
  }

  @Test
  void pitfall41_oldGeminiGetsOnlyWhatItsSchemaLanguageKnows() {
    JsonNode p =
        properties(
            "'a':{'const':'x'},'b':{'oneOf':[{'type':'string'},{'type':'integer'}]},"
                + "'c':{'type':['string','null']},'d':{'type':'integer','exclusiveMinimum':3},"
                + "'e':{'$ref':'#/properties/f'},'f':{'type':'object','properties':{'again':"
                + "{'$ref':'#/properties/f'}}},'g':{'type':'string','contentEncoding':'base64'}",
            OLD_GEMINI);

    assertThat(p.at("/a/enum/0").asString()).isEqualTo("x");
    assertThat(p.at("/b/anyOf")).hasSize(2);
    assertThat(p.at("/c/nullable").asBoolean()).isTrue();
    assertThat(p.at("/c/type").asString()).isEqualTo("STRING");
    assertThat(p.at("/d/minimum").asInt()).isEqualTo(4);
    assertThat(p.at("/e/type").asString()).isEqualTo("OBJECT");
    assertThat(p.toString())
        .doesNotContain("$ref", "const", "oneOf", "exclusive", "contentEncoding");
    Tongue.CHAT
        .send(tool("'g':{'type':'string','contentEncoding':'base64'}"), Tongue.GEMINI, OLD_GEMINI)
        .reports("contentEncoding");
  }

  @Test
  void pitfall42_besideAReferenceStandsNothingThatGeminiRefuses() {
    JsonNode p =
        properties(
            "'a':{'$ref':'#/$defs/t','title':'T','minLength':1,'description':'d'}", "gemini-2.5-pro");

    assertThat(p.path("a").has("$ref")).isFalse();
    assertThat(p.at("/a/anyOf/0")).isEqualTo(Tongue.tree("{'$ref':'#/$defs/t'}"));
    assertThat(p.at("/a/title").asString()).isEqualTo("T");
  }

  @Test
  void pitfall43_oldGeminisEnumsAreOfStringsOnly() {
    Sent sent =
        Tongue.CHAT.send(
            tool("'n':{'type':'integer','enum':[1,2]},'s':{'type':'string','enum':['x','y']}"),
            Tongue.GEMINI,
            OLD_GEMINI);

    JsonNode p = sent.at("/tools/0/functionDeclarations/0/parameters/properties");
    assertThat(p.path("n").has("enum")).isFalse();
    assertThat(p.at("/n/type").asString()).isEqualTo("INTEGER");
    assertThat(p.at("/s/enum")).hasSize(2);
    sent.reports("enum");
  }

  @Test
  void pitfall44_aModelThatTakesJsonSchemaGetsItUnconverted() {
    String schema = "'a':{'const':'x'},'b':{'type':['string','null'],'exclusiveMinimum':1}";
    Sent sent = Tongue.CHAT.send(tool(schema), Tongue.GEMINI, "gemini-2.5-flash");

    assertThat(sent.at("/tools/0/functionDeclarations/0/parametersJsonSchema/properties"))
        .isEqualTo(Tongue.tree("{" + schema + "}"));
    assertThat(sent.losses()).isEmpty();
  }

  @Test
  void pitfall45_strictSchemasAreAdjustedWithNoticeForEachSide() {
    String bounded =
        answering(
            "{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':{'type':'object',"
                + "'properties':{'age':{'type':'integer','minimum':0,'maximum':150},"
                + "'name':{'type':'string','minLength':1}},'required':['age','name'],"
                + "'additionalProperties':false}}}");
    Sent claude = Tongue.CHAT.send(bounded, Tongue.MESSAGES);
    JsonNode format = claude.at("/output_config/format/schema");
    assertThat(format.path("properties").toString()).doesNotContain("\"minimum\"", "\"maximum\"", "\"minLength\"");
    assertThat(format.at("/properties/age/type").asString()).isEqualTo("integer");
    claude.reports("minimum", "maximum", "minLength");

    String loose =
        Asking.with(
            Tongue.MESSAGES,
            Map.of(
                "output_config",
                "{'format':{'type':'json_schema','schema':{'type':'object','properties':{"
                    + "'a':{'type':'string'},'b':{'type':'string'}},'required':['a'],"
                    + "'additionalProperties':false}}}"));
    for (Tongue to : new Tongue[] {Tongue.CHAT, Tongue.RESPONSES}) {
      Sent openAi = Tongue.MESSAGES.send(loose, to);
      JsonNode written =
          to == Tongue.CHAT ? openAi.at("/response_format/json_schema") : openAi.at("/text/format");
      assertThat(written.path("strict").asBoolean(true)).isFalse();
      openAi.reports("strict");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MESSAGES, claude-sonnet-4-5, /output_config/format/schema/properties/a/type, string",
    "GEMINI, gemini-2.5-flash, /generationConfig/responseJsonSchema/properties/a/type, string",
    "GEMINI, gemini-2.5-flash, /generationConfig/responseMimeType, application/json",
    "GEMINI, gemini-2.0-flash, /generationConfig/responseSchema/properties/a/type, STRING",
    "RESPONSES, gpt-4o, /text/format/schema/properties/a/type, string"
  })
  void pitfall46_anAnswersSchemaGoesWhereTheTargetWantsIt(
      Tongue to, String model, String pointer, String value) {
    Sent sent =
        Tongue.CHAT.send(
            answering(
                "{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object',"
                    + "'properties':{'a':{'type':'string'}},'required':['a']}}}"),
            to,
            model);

    assertThat(sent.text(pointer)).isEqualTo(value);
  }

  @Test
  void pitfall47_anyJsonObjectIsRefusedWhereNobodyWouldSeeToIt() {
    String asked = answering("{'type':'json_object'}");

    assertThatThrownBy(() -> Tongue.CHAT.send(asked, Tongue.MESSAGES))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("json_schema");
    assertThat(Tongue.CHAT.send(asked, Tongue.GEMINI).text("/generationConfig/responseMimeType"))
        .isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.5-flash, false", "gemini-3-pro-preview, true"})
  void pitfall48_anAnswersSchemaBesideToolsGoesOnlyWhereBothAreTaken(String model, boolean taken) {
    Sent sent =
        Tongue.CHAT.send(
            Asking.with(
                Tongue.CHAT,
                Map.of(
                    "tools", "[{'type':'function','function':{'name':'f'}}]",
                    "response_format", "{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object',"
                        + "'properties':{'a':{'type':'string'}}}}}")),
            Tongue.GEMINI,
            model);

    assertThat(sent.has("/generationConfig/responseJsonSchema")).isEqualTo(taken);
    assertThat(sent.at("/tools/0/functionDeclarations")).hasSize(1);
    if (!taken) {
      sent.reports("format");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Tongue.class, names = {"MESSAGES", "GEMINI", "RESPONSES"})
  void aToolWithoutParameters_isLegalEverywhere(Tongue to) {
    Sent sent =
        Tongue.CHAT.send(
            Asking.with(Tongue.CHAT, Map.of("tools", "[{'type':'function','function':{'name':'f'}}]")), to);

    assertThat(sent.body().path("tools").findValuesAsString("name")).containsExactly("f");
    if (to == Tongue.MESSAGES) {
      assertThat(sent.text("/tools/0/input_schema/type")).isEqualTo("object");
    }
  }
}
