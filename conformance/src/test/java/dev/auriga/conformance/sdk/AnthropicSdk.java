// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;
import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Anthropic's own SDK over Messages.
public final class AnthropicSdk implements Sdk {
  private final AnthropicClient client;

  public AnthropicSdk(URI gateway, String key) {
    this.client = AnthropicOkHttpClient.builder().apiKey(key).baseUrl(gateway.toString()).maxRetries(0).build();
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
    private final MessageCreateParams.Builder params;
    private List<ToolUseBlock> asked = List.of();

    Chat(Wish wish) {
      this.wish = wish;
      this.params = MessageCreateParams.builder().model(wish.model()).maxTokens(wish.maxTokens());
      if (wish.system() != null) {
        params.system(wish.system());
      }
      if (wish.thinking() > 0) {
        params.enabledThinking(wish.thinking());
      }
      if (wish.weather()) {
        params.addTool(weather());
      }
    }

    @Override
    public Heard say(String text) {
      params.addUserMessage(text);
      return hear();
    }

    @Override
    public Heard show(byte[] png, String text) {
      params.addUserMessageOfContentBlockParams(
          List.of(
              ContentBlockParam.ofImage(
                  Base64ImageSource.builder()
                      .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                      .data(Base64.getEncoder().encodeToString(png))
                      .build()),
              ContentBlockParam.ofText(text)));
      return hear();
    }

    @Override
    public Heard report(String result) {
      params.addUserMessageOfContentBlockParams(
          asked.stream()
              .map(
                  call ->
                      ContentBlockParam.ofToolResult(
                          ToolResultBlockParam.builder().toolUseId(call.id()).content(result).build()))
              .toList());
      return hear();
    }

    private Heard hear() {
      return wish.streamed() ? streamed() : whole();
    }

    private Heard whole() {
      try (HttpResponseFor<Message> response = client.messages().withRawResponse().create(params.build())) {
        return heard(response.parse(), Heard.headers(response.headers().names(), response.headers()::values));
      }
    }

    private Heard streamed() {
      MessageAccumulator whole = MessageAccumulator.create();
      try (HttpResponseFor<StreamResponse<RawMessageStreamEvent>> response =
              client.messages().withRawResponse().createStreaming(params.build());
          StreamResponse<RawMessageStreamEvent> events = response.parse()) {
        events.stream().forEach(whole::accumulate);
        return heard(whole.message(), Heard.headers(response.headers().names(), response.headers()::values));
      }
    }

    private Heard heard(Message message, Map<String, String> headers) {
      params.addMessage(message);
      List<ContentBlock> content = message.content();
      asked = content.stream().filter(ContentBlock::isToolUse).map(ContentBlock::asToolUse).toList();
      Usage usage = message.usage();
      return new Heard(
          content.stream().filter(ContentBlock::isText).map(block -> block.asText().text()).collect(Collectors.joining()),
          content.stream()
              .filter(ContentBlock::isThinking)
              .map(block -> block.asThinking().thinking())
              .collect(Collectors.joining()),
          asked.stream().map(AnthropicSdk::called).toList(),
          stop(message.stopReason().orElseThrow()),
          message.model().asString(),
          usage.inputTokens() + usage.cacheReadInputTokens().orElse(0L) + usage.cacheCreationInputTokens().orElse(0L),
          usage.outputTokens(),
          headers);
    }
  }

  private static Stop stop(StopReason reason) {
    return switch (reason.known()) {
      case END_TURN -> Stop.DONE;
      case MAX_TOKENS -> Stop.LENGTH;
      case TOOL_USE -> Stop.TOOLS;
      case STOP_SEQUENCE, PAUSE_TURN, REFUSAL, MODEL_CONTEXT_WINDOW_EXCEEDED ->
          throw new AssertionError("stop reason " + reason);
    };
  }

  private static Called called(ToolUseBlock call) {
    Map<String, Object> arguments =
        Objects.requireNonNull(call._input().convert(new TypeReference<Map<String, Object>>() {}));
    return new Called(call.id(), call.name(), arguments);
  }

  private static Tool weather() {
    Tool.InputSchema.Properties.Builder properties = Tool.InputSchema.Properties.builder();
    Weather.PROPERTIES.forEach((name, schema) -> properties.putAdditionalProperty(name, JsonValue.from(schema)));
    return Tool.builder()
        .name(Weather.NAME)
        .description(Weather.DESCRIPTION)
        .inputSchema(
            Tool.InputSchema.builder().properties(properties.build()).required(Weather.REQUIRED).build())
        .build();
  }
}
