// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Tool;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CountingTest {
  private static final Target TARGET = Targets.openAi("upstream", 4000, 10_000);

  private static Counting of(Dialect dialect) {
    return Objects.requireNonNull(dialect.counting());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// What `dialect` asks about a request with instructions, a tool and settings of the answer.
  private static JsonNode asked(Dialect dialect, Target target) {
    CompletionRequest request =
        CompletionRequest.to("route")
            .message(Message.system("Be brief."))
            .message(Message.user("Weather in Lucca?"))
            .tool(new Tool.Function("weather", "Tells it", new RawJson("{\"type\":\"object\"}"), null, null))
            .maxTokens(77)
            .build();
    byte[] completion = dialect.writeRequest(request, target).body();
    return Json.read(of(dialect).ask(completion, "upstream"));
  }

  @Test
  void anthropic_asksWithoutWhatConcernsTheAnswer() {
    JsonNode body = asked(new AnthropicMessages(), Targets.anthropic("upstream", 4000, 10_000));
    assertThat(body.propertyNames())
        .contains("model", "messages", "system", "tools")
        .doesNotContain("max_tokens", "stream", "temperature", "metadata");
    assertThat(body.path("model").stringValue()).isEqualTo("upstream");
  }

  @Test
  void responses_asksWithoutWhatConcernsTheAnswer() {
    JsonNode body = asked(new OpenAiResponses(), TARGET);
    assertThat(body.propertyNames())
        .contains("model", "input", "tools")
        .doesNotContain("max_output_tokens", "stream", "store", "include");
  }

  @Test
  void gemini_asksAboutAWholeRequest_whichNamesItsModel() {
    JsonNode body = asked(new Gemini(), Targets.gemini("upstream", 4000, 10_000));
    assertThat(body.propertyNames()).containsExactly("generateContentRequest");
    JsonNode whole = body.path("generateContentRequest");
    assertThat(whole.path("model").stringValue()).isEqualTo("models/upstream");
    assertThat(whole.propertyNames()).contains("contents", "systemInstruction", "tools");
  }

  @Test
  void geminisClient_mayAskAboutContents_orAboutAWholeRequest() {
    Counting gemini = of(new Gemini());
    String contents = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    ClientRequest plain = new ClientRequest(bytes(contents), "route", ClientRequest.Framing.WHOLE);
    assertThat(gemini.prompt(plain)).isSameAs(plain);
    assertThat(gemini.passage(plain, _ -> Written.whole(bytes("{}"))).to(TARGET).body()).isEqualTo(bytes(contents));

    String whole =
        "{\"generateContentRequest\":{\"model\":\"models/route\",\"systemInstruction\":{\"parts\":[{\"text\":\"brief\"}]},"
            + "\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}],\"newField\":1.50}}";
    ClientRequest wrapped = new ClientRequest(bytes(whole), "route", ClientRequest.Framing.WHOLE);
    CompletionRequest read = new Gemini().readRequest(gemini.prompt(wrapped));
    assertThat(read.messages()).extracting(Message::text).containsExactly("brief", "hello");
    assertThat(new String(gemini.passage(wrapped, _ -> Written.whole(bytes("{}"))).to(TARGET).body(), StandardCharsets.UTF_8))
        .isEqualTo(whole.replace("models/route", "models/upstream"));
  }

  @Test
  void aWholeRequestThatIsNone_isRefusedByItsName() {
    ClientRequest wrong =
        new ClientRequest(bytes("{\"generateContentRequest\":7}"), "route", ClientRequest.Framing.WHOLE);
    assertThatThrownBy(() -> of(new Gemini()).prompt(wrong))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("generateContentRequest"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"input_tokens\":12,\"more\":[]}; 12", "{\"input_tokens\":0}; 0", "{\"input_tokens\":-1};",
        "{\"input_tokens\":\"12\"};", "{\"error\":{}};", "not JSON;", "[];",
      })
  void anAnswerIsANumberOrNone(String answer, Long tokens) {
    assertThat(of(new AnthropicMessages()).read(bytes(answer))).isEqualTo(tokens);
    assertThat(of(new OpenAiResponses()).read(bytes(answer))).isEqualTo(tokens);
    assertThat(of(new Gemini()).read(bytes(answer.replace("input_tokens", "totalTokens")))).isEqualTo(tokens);
  }

  @Test
  void answersAreWrittenInTheClientsDialect() {
    assertThat(of(new AnthropicMessages()).write(9)).asString().isEqualTo("{\"input_tokens\":9}");
    assertThat(of(new Gemini()).write(9)).asString().isEqualTo("{\"totalTokens\":9}");
    assertThat(of(new OpenAiResponses()).write(9)).asString()
        .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":9}");
    assertThat(OpenAiChat.strict().counting()).as("Chat Completions has no such question").isNull();
  }
}
