// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.ChatModel;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponsesModel;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseReasoningItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// OpenAI's own SDK over Responses, without the server's memory: every item goes back as it came,
/// reasoning with its encrypted content.
public final class ResponsesSdk implements Sdk {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OpenAIClient client;

  public ResponsesSdk(URI gateway, String key) {
    this.client =
        OpenAIOkHttpClient.builder()
            .apiKey(key)
            .baseUrl(gateway + "/v1")
            .maxRetries(0)
            .responseValidation(true)
            .build();
  }

  @Override
  public Dialogue open(Wish wish) {
    return new Chat(wish);
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Chat implements Dialogue {
    private final Wish wish;
    private final ResponseCreateParams.Builder params;
    private final List<ResponseInputItem> history = new ArrayList<>();
    private List<ResponseFunctionToolCall> asked = List.of();

    Chat(Wish wish) {
      this.wish = wish;
      this.params =
          ResponseCreateParams.builder()
              .model(wish.model())
              .store(false)
              .maxOutputTokens(wish.maxTokens());
      if (wish.system() != null) {
        params.instructions(wish.system());
      }
      if (wish.thinking() > 0) {
        params
            .reasoning(
                Reasoning.builder()
                    .effort(ReasoningEffort.MEDIUM)
                    .summary(Reasoning.Summary.AUTO)
                    .build())
            .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT);
      }
      if (wish.weather()) {
        params.addTool(weather());
      }
    }

    @Override
    public Heard say(String text) {
      history.add(
          ResponseInputItem.ofEasyInputMessage(
              EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(text).build()));
      return hear();
    }

    @Override
    public Heard show(byte[] png, String text) {
      String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
      history.add(
          ResponseInputItem.ofEasyInputMessage(
              EasyInputMessage.builder()
                  .role(EasyInputMessage.Role.USER)
                  .contentOfResponseInputMessageContentList(
                      List.of(
                          ResponseInputContent.ofInputImage(
                              ResponseInputImage.builder()
                                  .imageUrl(url)
                                  .detail(ResponseInputImage.Detail.AUTO)
                                  .build()),
                          ResponseInputContent.ofInputText(
                              ResponseInputText.builder().text(text).build())))
                  .build()));
      return hear();
    }

    @Override
    public Heard report(String result) {
      asked.forEach(
          call ->
              history.add(
                  ResponseInputItem.ofFunctionCallOutput(
                      ResponseInputItem.FunctionCallOutput.builder()
                          .callId(call.callId())
                          .output(result)
                          .build())));
      return hear();
    }

    private Heard hear() {
      params.inputOfResponse(history);
      return wish.streamed() ? streamed() : whole();
    }

    private Heard whole() {
      try (HttpResponseFor<Response> response =
          client.responses().withRawResponse().create(params.build())) {
        return heard(
            response.parse(),
            Heard.headers(response.headers().names(), response.headers()::values));
      }
    }

    private Heard streamed() {
      ResponseAccumulator whole = ResponseAccumulator.create();
      try (HttpResponseFor<StreamResponse<ResponseStreamEvent>> response =
              client.responses().withRawResponse().createStreaming(params.build());
          StreamResponse<ResponseStreamEvent> events = response.parse()) {
        events.stream().forEach(whole::accumulate);
        return heard(
            whole.response(),
            Heard.headers(response.headers().names(), response.headers()::values));
      }
    }

    private Heard heard(Response response, Map<String, String> headers) {
      List<ResponseOutputItem> output = response.output();
      Stop stop = stop(response);
      output.forEach(item -> history.add(back(item)));
      asked = output.stream().flatMap(item -> item.functionCall().stream()).toList();
      ResponseUsage usage = response.usage().orElseThrow();
      return new Heard(
          output.stream()
              .flatMap(item -> item.message().stream())
              .flatMap(message -> message.content().stream())
              .flatMap(content -> content.outputText().stream())
              .map(ResponseOutputText::text)
              .collect(Collectors.joining()),
          output.stream()
              .flatMap(item -> item.reasoning().stream())
              .flatMap(reasoning -> reasoning.summary().stream())
              .map(ResponseReasoningItem.Summary::text)
              .collect(Collectors.joining()),
          asked.stream().map(ResponsesSdk::called).toList(),
          stop == Stop.DONE && !asked.isEmpty() ? Stop.TOOLS : stop,
          named(response.model()),
          usage.inputTokens(),
          usage.outputTokens(),
          headers);
    }
  }

  private static Stop stop(Response response) {
    ResponseStatus status = response.status().orElseThrow();
    if (status.equals(ResponseStatus.COMPLETED)) {
      return Stop.DONE;
    }
    String reason =
        response
            .incompleteDetails()
            .flatMap(Response.IncompleteDetails::reason)
            .map(Response.IncompleteDetails.Reason::asString)
            .orElse("");
    if (status.equals(ResponseStatus.INCOMPLETE) && reason.equals("max_output_tokens")) {
      return Stop.LENGTH;
    }
    throw new IllegalStateException("response " + status + " " + reason);
  }

  /// The name, which the SDK sorts by whether it knows it and from where.
  private static String named(ResponsesModel model) {
    return model
        .string()
        .or(() -> model.chat().map(ChatModel::asString))
        .or(() -> model.only().map(ResponsesModel.ResponsesOnlyModel::asString))
        .orElseThrow();
  }

  private static ResponseInputItem back(ResponseOutputItem item) {
    if (item.isReasoning()) {
      return ResponseInputItem.ofReasoning(item.asReasoning());
    }
    return item.isFunctionCall()
        ? ResponseInputItem.ofFunctionCall(item.asFunctionCall())
        : ResponseInputItem.ofResponseOutputMessage(item.asMessage());
  }

  private static Called called(ResponseFunctionToolCall call) {
    try {
      return new Called(
          call.callId(),
          call.name(),
          JSON.readValue(call.arguments(), new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException malformed) {
      throw new UncheckedIOException("arguments of " + call.name(), malformed);
    }
  }

  private static FunctionTool weather() {
    return FunctionTool.builder()
        .name(Weather.NAME)
        .description(Weather.DESCRIPTION)
        .strict(false)
        .parameters(
            FunctionTool.Parameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Weather.PROPERTIES))
                .putAdditionalProperty("required", JsonValue.from(Weather.REQUIRED))
                .build())
        .build();
  }
}
