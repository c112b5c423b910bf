// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// OpenAI's own SDK over Responses, against deployments of every dialect: a tool loop that hands
/// every item back, as an agent does that keeps its own history.
class ResponsesSdkIT {
  private static Rig rig;
  private static Rig.Running running;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running = rig.serve(rig.config().build());
    client =
        OpenAIOkHttpClient.builder()
            .apiKey(Rig.KEY)
            .baseUrl(running.address() + "/v1")
            .maxRetries(0)
            .responseValidation(true)
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    running.close();
    rig.close();
  }

  private static FunctionTool weather() {
    return FunctionTool.builder()
        .name("get_weather")
        .description("Tells the weather in a city")
        .strict(false)
        .parameters(
            FunctionTool.Parameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                    "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                .build())
        .build();
  }

  private static Response ask(ResponseCreateParams.Builder params, boolean streamed) {
    if (!streamed) {
      return client.responses().create(params.build());
    }
    ResponseAccumulator whole = ResponseAccumulator.create();
    List<Long> numbers = new ArrayList<>();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params.build())) {
      events.stream().forEach(
          event -> {
            whole.accumulate(event);
            event.outputTextDelta().ifPresent(delta -> numbers.add(delta.sequenceNumber()));
          });
    }
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    return whole.response();
  }

  private static ResponseInputItem back(ResponseOutputItem item) {
    if (item.isReasoning()) {
      return ResponseInputItem.ofReasoning(item.asReasoning());
    }
    return item.isFunctionCall()
        ? ResponseInputItem.ofFunctionCall(item.asFunctionCall())
        : ResponseInputItem.ofResponseOutputMessage(item.asMessage());
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, false", "claude-sonnet-4-5, true", "gpt-5, false", "gpt-5, true",
    "gpt-5.6-terra, false", "gpt-5.6-terra, true",
    "gemini-2.5-pro, false", "gemini-2.5-pro, true",
  })
  void toolLoopGoesRound(String deployment, boolean streamed) {
    List<ResponseInputItem> history = new ArrayList<>();
    history.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content("What is the weather in Paris? Use get_weather.")
                .build()));
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model(deployment)
            .instructions("Be brief.")
            .store(false)
            .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
            .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
            .addTool(weather());

    Response first = ask(params.inputOfResponse(history), streamed);
    List<ResponseFunctionToolCall> calls =
        first.output().stream().flatMap(item -> item.functionCall().stream()).toList();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().name()).isEqualTo("get_weather");
    assertThat(first.instructions()).as("repeats what the request said").isPresent();

    first.output().forEach(item -> history.add(back(item)));
    history.add(
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder()
                .callId(calls.getFirst().callId())
                .output("18 degrees, sunny")
                .build()));
    Response second = ask(params.inputOfResponse(history), streamed);

    assertThat(second.status()).contains(ResponseStatus.COMPLETED);
    assertThat(text(second)).isNotBlank();
    assertThat(second.usage()).hasValueSatisfying(usage -> assertThat(usage.outputTokens()).isPositive());
  }

  @Test
  void storedStateIsRefusedInOpenAisOwnForm() {
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder().model("gpt-4o").input("x").previousResponseId("resp_1");

    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> ask(params, false))
        .withMessageContaining("previous_response_id")
        .satisfies(refused -> assertThat(refused.param()).contains("previous_response_id"));
  }
}
