// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnthropicPassTest {
  private static final Target TARGET =
      Targets.anthropic("dep\"loyment-é", 1000, 2000);

  private final AnthropicMessages dialect = new AnthropicMessages();

  private String pass(String body) {
    return new String(dialect.scan(ClientRequest.of(body.getBytes(UTF_8))).passage().to(TARGET).body(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":MODEL,\"messages\":TURNS}",
        "{ \"messages\" : [ {\"model\":\"inner\", \"x\": 1.0e2, \"role\":\"user\",\"content\":\"é\"} ] ,\n\t\"model\" :MODEL , "
            + "\"new\":{\"a\":[ ]}}  ",
        "{\"x\":\"\\u00e9é🙂\",\"model\":MODEL,\"metadata\":{\"model\":\"claude\"},\"messages\":TURNS}",
        "\uFEFF{\"é\":1,\"model\":MODEL,\"messages\":TURNS}"
      })
  void onlyTheModelChanges(String template) {
    String body = template.replace("TURNS", "[{\"role\":\"user\",\"content\":\"é\"}]");
    assertThat(pass(body.replace("MODEL", "\"claude\"")))
        .isEqualTo(body.replace("MODEL", "\"dep\\\"loyment-é\""));
  }

  @Test
  void byteOrderMark_doesNotShiftTheOutline() {
    String body =
        "\uFEFF{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}]}";
    assertThat(dialect.scan(ClientRequest.of(body.getBytes(UTF_8))).outline().lastUserText())
        .isEqualTo("é");
  }

  @Test
  void richRequest_isByteIdenticalButForTheModel() {
    String body = AnthropicRequestReaderTest.RICH;
    assertThat(pass(body)).isEqualTo(body.replace("\"claude-sonnet-4-5\"", "\"dep\\\"loyment-é\""));
  }

  @Test
  void citationsOfWhatOtherProvidersFound_areLeftOut() {
    String own =
        "{\"type\":\"web_search_result_location\",\"cited_text\":\"q\",\"url\":\"u\",\"title\":\"t\","
            + "\"encrypted_index\":\"Eq\"}";
    String foreign = own.replace("Eq", "auriga-signature.none.citation.");
    String body =
        "{\"model\":\"claude\",\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"x\",\"citations\":[" + foreign + "," + own + "]}]}]}";

    Written written =
        dialect.scan(ClientRequest.of(body.getBytes(UTF_8))).passage().to(TARGET);

    assertThat(Json.read(written.body()).at("/messages/0/content/0/citations"))
        .isEqualTo(Json.read("[" + own + "]"));
    assertThat(written.losses())
        .containsExactly(
            new Loss(Loss.Reason.FOREIGN_SIGNATURE, "messages[0].content[0].citations"));
  }

  @Test
  void thoughtsOfOtherProviders_areLeftOut_andTurnsOfNothingElse() {
    String body =
        """
        {"model":"claude","messages":[{"role":"user","content":"a"},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"x","signature":"auriga-signature.gemini.thought.AAAA"},
           {"type":"thinking","thinking":"y","signature":"b3du"},
           {"type":"text","text":"b"}]},
         {"role":"user","content":"c"},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"z","signature":"auriga-signature.none.thought."}]},
         {"role":"user","content":"d"}]}
        """;
    assertThat(Json.read(pass(body)).path("messages"))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","content":"a"},
                 {"role":"assistant","content":[
                   {"type":"thinking","thinking":"y","signature":"b3du"},
                   {"type":"text","text":"b"}]},
                 {"role":"user","content":"c"},{"role":"user","content":"d"}]
                """));
  }

  /// Thinking by budget cannot go on in an open tool loop whose thoughts are gone.
  @ParameterizedTest
  @CsvSource({
    "enabled, tool_result, false", "enabled, text, true", "adaptive, tool_result, true",
  })
  void stateIsTakenOut_andThinkingWhereItCannotGoOn(String type, String last, boolean thinks) {
    String body =
        """
        {"model":"claude","thinking":{"type":"TYPE","budget_tokens":1024},"messages":[{"role":"user","content":"a"},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"y","signature":"b3du"},{"type":"redacted_thinking","data":"ZW5j"},
           {"type":"tool_use","id":"1","name":"f","input":{}}]},
         {"role":"user","content":[{"type":"LAST"}]}],"new":1}
        """
            .replace("TYPE", type)
            .replace("LAST", last);
    JsonNode sent =
        Json.read(
            dialect.scan(ClientRequest.of(body.getBytes(UTF_8))).passage().withoutState(TARGET, 3).body());

    assertThat(sent.at("/messages/1/content"))
        .isEqualTo(Json.read("[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":{}}]"));
    assertThat(sent.path("model").stringValue()).isEqualTo(TARGET.model());
    assertThat(sent.path("new").asInt()).isEqualTo(1);
    assertThat(sent.has("thinking")).isEqualTo(thinks);
  }

  /// What is left out is told, and thinking that cannot go on without it.
  @ParameterizedTest
  @CsvSource({"tool_result, false", "text, true"})
  void foreignThoughts_areLosses(String last, boolean thinks) {
    String body =
        """
        {"model":"claude","thinking":{"type":"enabled","budget_tokens":1024},"messages":[
         {"role":"user","content":"a"},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"x","signature":"auriga-signature.gemini.thought.AAAA"},
           {"type":"tool_use","id":"1","name":"f","input":{}}]},
         {"role":"user","content":[{"type":"LAST"}]}]}
        """
            .replace("LAST", last);
    Written sent = dialect.scan(ClientRequest.of(body.getBytes(UTF_8))).passage().to(TARGET);

    Loss foreign = new Loss(Loss.Reason.FOREIGN_SIGNATURE, "messages[1]");
    Loss off = new Loss(Loss.Reason.THINKING_OFF, "thinking");
    assertThat(sent.losses()).isEqualTo(thinks ? List.of(foreign) : List.of(foreign, off));
    assertThat(Json.read(sent.body()).has("thinking")).isEqualTo(thinks);
  }

  @Test
  void textThatMentionsTheWrapping_isNotTouched() {
    String body =
        "{\"model\":\"claude\",\"messages\":[{\"role\":\"user\",\"content\":\"auriga-signature.x\"}]}";
    assertThat(Json.read(pass(body)).path("messages")).isEqualTo(Json.read(body).path("messages"));
  }
}
