// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.ChatCompletionUserMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// OpenAI's own SDK over Chat Completions.
public final class OpenAiSdk implements Sdk {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OpenAIClient client;

  public OpenAiSdk(URI gateway, String key) {
    this.client = OpenAIOkHttpClient.builder().apiKey(key).baseUrl(gateway + "/v1").maxRetries(0).build();
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
    private final ChatCompletionCreateParams.Builder params;
    private List<ChatCompletionMessageFunctionToolCall> asked = List.of();

    Chat(Wish wish) {
      this.wish = wish;
      this.params = ChatCompletionCreateParams.builder().model(wish.model()).maxCompletionTokens(wish.maxTokens());
      if (wish.system() != null) {
        params.addSystemMessage(wish.system());
      }
      if (wish.thinking() > 0) {
        params.reasoningEffort(ReasoningEffort.LOW);
      }
      if (wish.weather()) {
        params.addTool(weather());
      }
      if (wish.streamed()) {
        params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
      }
    }

    @Override
    public Heard say(String text) {
      params.addUserMessage(text);
      return hear();
    }

    @Override
    public Heard show(byte[] png, String text) {
      String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
      params.addMessage(
          ChatCompletionUserMessageParam.builder()
              .contentOfArrayOfContentParts(
                  List.of(
                      ChatCompletionContentPart.ofImageUrl(
                          ChatCompletionContentPartImage.builder()
                              .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder().url(url).build())
                              .build()),
                      ChatCompletionContentPart.ofText(
                          ChatCompletionContentPartText.builder().text(text).build())))
              .build());
      return hear();
    }

    @Override
    public Heard report(String result) {
      asked.forEach(
          call ->
              params.addMessage(
                  ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(result).build()));
      return hear();
    }

    private Heard hear() {
      return wish.streamed() ? streamed() : whole();
    }

    private Heard whole() {
      try (HttpResponseFor<ChatCompletion> response =
          client.chat().completions().withRawResponse().create(params.build())) {
        return heard(response.parse(), Heard.headers(response.headers().names(), response.headers()::values));
      }
    }

    private Heard streamed() {
      ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
      try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
              client.chat().completions().withRawResponse().createStreaming(params.build());
          StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
        chunks.stream().forEach(whole::accumulate);
        return heard(whole.chatCompletion(), Heard.headers(response.headers().names(), response.headers()::values));
      }
    }

    private Heard heard(ChatCompletion completion, Map<String, String> headers) {
      ChatCompletion.Choice choice = completion.choices().getFirst();
      params.addMessage(choice.message());
      asked =
          choice.message().toolCalls().orElse(List.of()).stream()
              .map(ChatCompletionMessageToolCall::asFunction)
              .toList();
      CompletionUsage usage = completion.usage().orElseThrow();
      return new Heard(
          choice.message().content().orElse(""),
          "",
          asked.stream().map(OpenAiSdk::called).toList(),
          stop(choice.finishReason()),
          completion.model(),
          usage.promptTokens(),
          usage.completionTokens(),
          headers);
    }
  }

  private static Stop stop(FinishReason reason) {
    return switch (reason.known()) {
      case STOP -> Stop.DONE;
      case LENGTH -> Stop.LENGTH;
      case TOOL_CALLS -> Stop.TOOLS;
      case CONTENT_FILTER, FUNCTION_CALL -> throw new AssertionError("finish reason " + reason);
    };
  }

  private static Called called(ChatCompletionMessageFunctionToolCall call) {
    try {
      return new Called(
          call.id(), call.function().name(),
          JSON.readValue(call.function().arguments(), new TypeReference<Map<String, Object>>() {}));
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new UncheckedIOException("arguments of " + call.function().name(), malformed);
    }
  }

  private static ChatCompletionFunctionTool weather() {
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder()
                .name(Weather.NAME)
                .description(Weather.DESCRIPTION)
                .parameters(
                    FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Weather.PROPERTIES))
                        .putAdditionalProperty("required", JsonValue.from(Weather.REQUIRED))
                        .build())
                .build())
        .build();
  }
}
