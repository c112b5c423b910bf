// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiSchemaWriterTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "{'const':'x'}                              | {'enum':['x'],'type':'STRING'} | -",
        "{'const':3}                                | {'minimum':3,'maximum':3,'type':'INTEGER'} | -",
        "{'type':'boolean','const':true}            | {'type':'BOOLEAN'} | s.const",
        "{'type':'integer','enum':[1,2]}            | {'type':'INTEGER'} | s.enum",
        "{'type':['string','null'],'enum':['a',null]} | {'nullable':true,'type':'STRING','enum':['a']} | -",
        "{'type':['string','integer']}              | {'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]} | -",
        "{'oneOf':[{'type':'string'},{'type':'null'}]} | {'nullable':true,'type':'STRING'} | -",
        "{'oneOf':[{'type':'string'},{'type':'number'}]} | {'anyOf':[{'type':'STRING'},"
            + "{'type':'NUMBER'}]} | -",
        "{'type':'integer','exclusiveMinimum':0}    | {'type':'INTEGER','minimum':1} | -",
        "{'type':'number','exclusiveMaximum':1.5}   | {'type':'NUMBER','maximum':1.5} | -",
        "{'type':'string','format':'email'}         | {'type':'STRING'} | s.format",
        "{'type':'string','format':'date-time'}     | {'type':'STRING','format':'date-time'} | -",
        "{'type':'array'}                           | {'type':'ARRAY','items':{'type':'STRING'}} | s.items",
        "{'$schema':'x','type':'object','properties':{'const':{'type':'string'}},'required':['const','gone']}"
            + " | {'type':'OBJECT','properties':{'const':{'type':'STRING'}},'required':['const']} | -",
        "{'type':'object','patternProperties':{}}   | {'type':'OBJECT'} | s.patternProperties",
        "{'allOf':[{'$ref':'#/$defs/a'}],'$defs':{'a':{'type':'object','properties':{'x':"
            + "{'type':'string'}}}}}"
            + " | {'properties':{'x':{'type':'STRING'}},'type':'OBJECT'} | -",
        "{'$ref':'#/$defs/gone'}                    | {'type':'OBJECT'} | s.$ref",
      })
  void eachKeyword_isConverted_orReported(String schema, String converted, String lost) {
    List<Loss> losses = new ArrayList<>();

    assertThat(Json.read(Json.write(GeminiSchemaWriter.write(json(schema), "s", losses))))
        .isEqualTo(json(converted));
    assertThat(losses).isEqualTo(lost == null ? List.of() : List.of(new Loss(Loss.Reason.SCHEMA_KEYWORD, lost)));
  }

  @Test
  void aCycle_endsInAPlainObject() {
    List<Loss> losses = new ArrayList<>();

    Object written =
        GeminiSchemaWriter.write(
            json(
                """
                {'$ref': '#/$defs/node',
                 '$defs': {'node': {'type': 'object', 'properties': {'next': {'$ref': '#/$defs/node'}}}}}
                """),
            "s",
            losses);

    assertThat(written).isEqualTo(json("{'type':'OBJECT','properties':{'next':{'type':'OBJECT'}}}"));
    assertThat(losses).containsExactly(new Loss(Loss.Reason.SCHEMA_KEYWORD, "s.properties.next.$ref"));
  }

  @Test
  void references_standAlone_forModelsThatTakeJsonSchema() {
    assertThat(
            GeminiReferences.setApart(
                json(
                    """
                    {'properties': {'$ref': {'$ref': '#/$defs/a', 'title': 't'}, 'b': {'$ref': '#/$defs/a'}},
                     'default': {'$ref': 'x', 'y': 1}}
                    """)))
        .isEqualTo(
            json(
                """
                {'properties': {'$ref': {'title': 't', 'anyOf': [{'$ref': '#/$defs/a'}]},
                                'b': {'$ref': '#/$defs/a'}},
                 'default': {'$ref': 'x', 'y': 1}}
                """));
  }

  private static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"'));
  }
}
