// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static dev.auriga.completion.Outlines.withoutLineage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiOutlineTest {
  private final Dialect gemini = new Gemini();

  private static ClientRequest request(String body) {
    return new ClientRequest(
        body.getBytes(StandardCharsets.UTF_8), "gemini-2.5-pro", ClientRequest.Framing.SSE);
  }

  @Test
  void outline_drawsWhatRoutingNeeds() {
    Outline outline =
        gemini.scan(
            request(
                """
                {"systemInstruction": {"parts": {"text": "You are a cat."}},
                 "contents": [
                   {"parts": [{"text": "first"}], "role": "user"},
                   {"role": "model", "parts": [{"text": "hm"}]},
                   {"parts": [{"text": "What is \\"this\\"?"}, {"inline_data": {"mime_type": "image/png",
                     "data": "aGk="}},
                              {"text": "Zürich 🐈"}]}],
                 "tools": [{"functionDeclarations": [{"name": "look"}]}],
                 "generationConfig": {"maxOutputTokens": "512", "thinkingConfig": {"thinkingBudget": 2048}}}
                """)).outline();

    assertThat(outline.model()).isEqualTo("gemini-2.5-pro");
    assertThat(outline.streamed()).isTrue();
    assertThat(outline.lastUserText()).isEqualTo("What is \"this\"?\nZürich 🐈");
    assertThat(outline.modalities()).containsExactly(Modality.IMAGE);
    assertThat(outline.carriesTools()).isTrue();
    assertThat(outline.maxTokens()).isEqualTo(512);
    assertThat(outline.thinking()).isEqualTo(new Thinking.Budget(2048));
    assertThat(outline.usageWanted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model",
          "parts":[{"functionCall":{"name":"f","args":{}}}]},
         {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"result":"1"}}}]}]}""",
        """
        {"contents":[{"parts":[{"text":"a"},{"functionResponse":{"name":"f","response":{"x":1},
          "parts":[{"inlineData":{"mimeType":"audio/wav","data":"AA=="}}]}},{"text":"b"},{"text":"c"}]}]}""",
        """
        {"contents":{"parts":{"text":"lone"}},
          "system_instruction":{"parts":[{"fileData":{"fileUri":"gs://b/x.mp4","mimeType":"video/mp4"}}]},
         "tools":{"google_search":{}},"generation_config":{"max_output_tokens":7,
           "thinking_config":{"thinking_level":"LOW"}}}""",
        """
        {"contents":[{"role":"model","parts":[{"text":"m"}]}],"tools":[],
          "toolConfig":{"functionCallingConfig":{"mode":"NONE"}}}""",
        """
        {"contents":[{"role":"user","parts":[{"text":"q","thought":true},{"text":"",
          "videoMetadata":{"fps":1}}]}],
         "generationConfig":{"thinkingConfig":{"includeThoughts":true}},"safetySettings":[]}""",
        """
        {"contents":[{"role":"user","parts":[{"text":"first"}]},{"role":"user","parts":[]},{"role":"user"}],
         "generationConfig":{"thinkingConfig":{"thinkingBudget":0,"includeThoughts":null}}}"""
      })
  void outline_saysTheSameAsTheWholeRequest(String body) {
    ClientRequest request = request(body);

    assertThat(withoutLineage(gemini.scan(request).outline()))
        .isEqualTo(withoutLineage(Outline.of(gemini.readRequest(request))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"contents\": 3} | contents",
        "{\"contents\": []} | contents",
        "{} | contents",
        "{\"contents\": [4]} | contents[0]",
        "{\"contents\": [{\"role\":\"assistant\",\"parts\":[{\"text\":\"x\"}]}]} | contents[0].role",
        "{\"contents\": [{\"role\":7,\"parts\":[{\"text\":\"x\"}]}]} | contents[0].role",
        "{\"contents\": [{\"parts\":\"x\"}]} | contents[0].parts",
        "{\"contents\": [{\"parts\":[\"x\"]}]} | contents[0].parts[0]",
        "{\"contents\": [{\"parts\":[{\"text\":\"a\"},{\"text\":1}]}]} | contents[0].parts[1].text",
        "{\"contents\": [{\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{\"maxOutputTokens\":\"many\"}}"
            + " | generationConfig.maxOutputTokens",
        "{\"contents\": [{\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{\"maxOutputTokens\":-1}}"
            + " | generationConfig.maxOutputTokens",
        "{\"contents\": [{\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{\"thinkingConfig\":"
            + "{\"thinkingBudget\":1.5}}}"
            + " | generationConfig.thinkingConfig.thinkingBudget",
      })
  void outlineAndReading_refuseAWrongField_byItsPath(String body, String field) {
    assertThatThrownBy(() -> gemini.scan(request(body)).outline())
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
    assertThatThrownBy(() -> gemini.readRequest(request(body)))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"contents\": [", "{\"contents\": [{}]} x", "nonsense"})
  void outlineAndReading_refuseWhatIsNoJsonObject(String body) {
    assertThatThrownBy(() -> gemini.scan(request(body)).outline()).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> gemini.readRequest(request(body))).isInstanceOf(Refusal.class);
  }

  @Test
  void outline_saysWhereTheBodyIsNoJson() {
    assertThatThrownBy(() -> gemini.scan(request("{\"contents\":\n  [}")).outline())
        .hasMessageContaining("line 2, column 4");
  }

  @Test
  void outline_refusesAFieldThatIsThereTwice() {
    String turn = "[{\"parts\":[{\"text\":\"a\"}]}]";
    assertThatThrownBy(
            () -> gemini.scan(request("{\"contents\":%s,\"contents\":%s}".formatted(turn, turn))).outline())
        .isInstanceOf(Refusal.class);
  }

  @Test
  void aRequestWithoutAModelInThePath_isRefused() {
    ClientRequest nameless = ClientRequest.of(
        "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> gemini.scan(nameless).outline()).hasMessageContaining("path must name the model");
    assertThatThrownBy(() -> gemini.readRequest(nameless)).hasMessageContaining("path must name the model");
  }

  @Test
  void passing_changesNothing() {
    ClientRequest request = request("{ \"contents\" : [ {\"parts\":[{\"text\":\"é\"}]} ] , \"x\": 1.00 }");
    Target target = Targets.gemini("other", 100, 100);

    assertThat(gemini.scan(request).passage().to(target).body()).isSameAs(request.body());
  }

  /// A call that goes back unsigned is refused, so the first of each turn gets the stand-in.
  @Test
  void stateIsTakenOut() {
    ClientRequest request =
        new ClientRequest(
            """
            {"contents":[{"role":"user","parts":[{"text":"q"}]},
             {"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"YQ=="},
               {"functionCall":{"name":"f"},"thought_signature":"Yg=="},{"functionCall":{"name":"g"}}]},
             {"role":"model","parts":[{"text":"a","thoughtSignature":"Yw=="}]}]}
            """
                .getBytes(StandardCharsets.UTF_8),
            "m",
            ClientRequest.Framing.WHOLE);
    Target target = Targets.gemini("gemini-3-pro", 1, 1);

    assertThat(Json.read(gemini.scan(request).passage().withoutState(target, 3).body()).path("contents"))
        .isEqualTo(
            Json.read(
                """
                [{"role":"user","parts":[{"text":"q"}]},
                 {"role":"model","parts":[{"text":"hm","thought":true},
                   {"functionCall":{"name":"f"},"thoughtSignature":"skip_thought_signature_validator"},
                   {"functionCall":{"name":"g"}}]},
                 {"role":"model","parts":[{"text":"a"}]}]
                """));
  }

  @Test
  void aBodyInUtf16_isRefused() {
    byte[] body = "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}".getBytes(StandardCharsets.UTF_16LE);
    ClientRequest request = new ClientRequest(body, "m", ClientRequest.Framing.WHOLE);

    assertThatThrownBy(() -> gemini.scan(request).outline()).isInstanceOf(Refusal.class);
  }
}
