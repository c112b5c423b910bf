// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import static dev.auriga.completion.Outlines.withoutLineage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesOutlineTest {
  private final OpenAiResponses dialect = new OpenAiResponses();
  private final Target target = Targets.openAi("gpt \"x\"", 4096, 8000);

  private static ClientRequest request(String body) {
    return ClientRequest.of(body.getBytes(StandardCharsets.UTF_8));
  }

  private String passed(String body) {
    return new String(dialect.scan(request(body)).passage().to(target).body(), StandardCharsets.UTF_8);
  }

  @Test
  void foreignThoughts_areLosses() {
    String body =
        """
        {"model":"m","input":[{"role":"user","content":"q"},
          {"type":"reasoning","id":"rs_1","summary":[],
           "encrypted_content":"auriga-signature.gemini.thought.AAAA"}]}
        """;
    assertThat(dialect.scan(request(body)).passage().to(target).losses())
        .hasToString("[foreign-signature:input[1]]");
  }

  @Test
  void stateIsTakenOut_withTheIdsThatWouldAskForIt() {
    Target target = Targets.openAi("gpt", 1, 1);
    String body =
        """
        {"model":"m","input":[{"role":"user","content":"q"},
          {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA"},
          {"type":"reasoning","id":"rs_2","summary":[],"content":[{"type":"reasoning_text","text":"said"}]},
          {"type":"function_call","id":"fc_1","call_id":"c","name":"f","arguments":"{}"},
          {"type":"function_call_output","call_id":"c","output":"r"}],"store":false}
        """;

    assertThat(Json.read(dialect.scan(request(body)).passage().withoutState(target, 5).body()))
        .isEqualTo(
            Json.read(
                """
                {"model":"gpt","input":[{"role":"user","content":"q"},
                  {"type":"reasoning","id":"rs_2","summary":[],"content":[{"type":"reasoning_text","text":"said"}]},
                  {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
                  {"type":"function_call_output","call_id":"c","output":"r"}],"store":false}
                """));
  }

  @Test
  void drawnFromItems_likeTheWholeRequest() {
    ClientRequest request =
        request(
            """
            {"input":[{"role":"user","content":"first"},{"role":"assistant","content":"x"},
              {"role":"user","content":[{"type":"input_text","text":"zwei é"},
                {"type":"input_image","image_url":"https://x/y.png"},{"type":"input_text","text":"drei"}]},
              {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
              {"type":"function_call_output","call_id":"c","output":[{"type":"input_file","file_id":"file-1"}]}],
             "tools":[{"type":"function","name":"f"}],"max_output_tokens":77,"stream":true,
             "reasoning":{"summary":"auto","effort":"low"},"model":"auto"}
            """);

    assertThat(withoutLineage(dialect.scan(request).outline()))
        .isEqualTo(
            new Outline(
                "auto", true, "zwei é\ndrei", Set.of(Modality.IMAGE, Modality.DOCUMENT), true, 77,
                new Thinking.Effort("low"), true))
        .isEqualTo(withoutLineage(Outline.of(dialect.readRequest(request))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"model\":\"m\",\"input\":\"Grüße\\n\"}' | 'Grüße\n'",
        "'{\"model\":\"m\",\"input\":[{\"role\":\"system\",\"content\":\"s\"}]}' | ''",
        "'{\"model\":\"m\",\"prompt\":{\"id\":\"pmpt_1\"}}' | ''",
      })
  void lastUserText(String body, String text) {
    assertThat(dialect.scan(request(body)).outline().lastUserText()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"model\":\"m\",\"model\":\"n\",\"input\":\"x\"}' | twice",
        "'{\"model\":\"m\",\"input\":\"x\",\"input\":\"y\"}' | twice",
        "'{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"role\":\"user\",\"content\":\"x\"}]}' | twice",
        "'{\"model\":5,\"input\":\"x\"}' | must be a string", "'{\"input\":\"x\"}' | model",
        "'{\"model\":\"m\"}' | input", "'{\"model\":\"m\",\"input\":[]}' | input",
        "'{\"model\":\"m\",\"input\":[\"x\"]}' | input[0]", "'{\"model\":\"m\",' | line 1",
        "'{\"model\":\"m\",\"input\":\"x\"} x' | ", "'[]' | JSON object",
        "'{\"model\":\"m\",\"input\":\"x\",\"conversation\":\"conv_1\"}' | conversation",
        "'{\"model\":\"m\",\"input\":\"x\",\"background\":true}' | background",
      })
  void wrongBodiesAreRefused(String body, String part) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> dialect.scan(request(body)).outline())
        .satisfies(refusal -> assertThat(refusal.reason()).contains(part == null ? "" : part));
  }

  @Test
  void onlyTheModelIsReplacedInPassing() {
    String body =
        "{ \"input\" :\"é \\u00e9 x\",\"weird\":[1.50,null], \"model\":\"auto\"  ,\"stream\":true}\n";

    assertThat(passed(body)).isEqualTo(body.replace("\"auto\"", "\"gpt \\\"x\\\"\""));
  }

  @Test
  void thoughtsOfOthersAreLeftOutInPassing() {
    String own = "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"gAAA\"}";
    String foreign =
        "{\"type\":\"reasoning\",\"id\":\"rs_2\",\"summary\":[],"
            + "\"encrypted_content\":\"auriga-signature.gemini.call.x\"}";
    String user = "{\"role\":\"user\",\"content\":\"say \\\"auriga-signature.\"}";

    String passed =
        passed("{\"model\":\"auto\",\"input\":[" + user + "," + foreign + "," + own + "]}");

    assertThat(Json.read(passed))
        .isEqualTo(
            Json.read("{\"model\":\"gpt \\\"x\\\"\",\"input\":[" + user + "," + own + "]}"));
  }

  @Test
  void wordsLikeAWrappingChangeNothingInPassing() {
    String body = "{\"model\":\"auto\",  \"input\":\"auriga-signature.gemini.call.x\"}";

    assertThat(passed(body)).isEqualTo(body.replace("\"auto\"", "\"gpt \\\"x\\\"\""));
  }
}
