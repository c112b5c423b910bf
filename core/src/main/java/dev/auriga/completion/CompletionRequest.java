// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks of a model, in the neutral vocabulary.
///
/// System and developer messages stand in `messages` where the client put them. `maxTokens` is
/// absent when the client set none. `logprobs` is how many likeliest tokens are to be told beside
/// each token's own probability, from 0; absent where none are to be told. `extras` are top-level fields only the client's own dialect
/// knows, by name, as raw JSON.
public record CompletionRequest(
    String model,
    List<Message> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    @Nullable Boolean parallelToolCalls,
    @Nullable Integer maxTokens,
    Sampling sampling,
    List<String> stopSequences,
    Thinking thinking,
    AnswerFormat format,
    @Nullable String user,
    @Nullable Integer logprobs,
    boolean streamed,
    Map<String, RawJson> extras) {

  public CompletionRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    stopSequences = List.copyOf(stopSequences);
    extras = Map.copyOf(extras);
    if (maxTokens != null && maxTokens < 0) {
      throw new IllegalArgumentException("maxTokens must not be negative, was " + maxTokens);
    }
    if (logprobs != null && logprobs < 0) {
      throw new IllegalArgumentException("logprobs must not be negative, was " + logprobs);
    }
  }

  public static Builder to(String model) {
    return new Builder(model);
  }

  /// About how many bytes it has on the wire.
  public long bytes() {
    return Bulk.of(this);
  }

  /// A builder that starts with everything this request says.
  public Builder toBuilder() {
    Builder builder = new Builder(model);
    builder.messages.addAll(messages);
    builder.tools.addAll(tools);
    builder.toolChoice = toolChoice;
    builder.parallelToolCalls = parallelToolCalls;
    builder.maxTokens = maxTokens;
    builder.sampling = sampling;
    builder.stopSequences = stopSequences;
    builder.thinking = thinking;
    builder.format = format;
    builder.user = user;
    builder.logprobs = logprobs;
    builder.streamed = streamed;
    builder.extras = extras;
    return builder;
  }

  /// Collects a request; not thread-safe.
  public static final class Builder {
    private String model;
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private ToolChoice toolChoice = new ToolChoice.Auto();
    private @Nullable Boolean parallelToolCalls;
    private @Nullable Integer maxTokens;
    private Sampling sampling = Sampling.UNSAID;
    private List<String> stopSequences = List.of();
    private Thinking thinking = new Thinking.Unsaid();
    private AnswerFormat format = new AnswerFormat.Text();
    private @Nullable String user;
    private @Nullable Integer logprobs;
    private boolean streamed;
    private Map<String, RawJson> extras = Map.of();

    private Builder(String model) {
      this.model = model;
    }

    public Builder model(String name) {
      model = name;
      return this;
    }

    public Builder message(Message message) {
      messages.add(message);
      return this;
    }

    public Builder messages(List<Message> all) {
      messages.clear();
      messages.addAll(all);
      return this;
    }

    public Builder tool(Tool tool) {
      tools.add(tool);
      return this;
    }

    public Builder tools(List<Tool> all) {
      tools.clear();
      tools.addAll(all);
      return this;
    }

    public Builder toolChoice(ToolChoice choice) {
      toolChoice = choice;
      return this;
    }

    public Builder parallelToolCalls(@Nullable Boolean allowed) {
      parallelToolCalls = allowed;
      return this;
    }

    public Builder maxTokens(@Nullable Integer tokens) {
      maxTokens = tokens;
      return this;
    }

    public Builder sampling(Sampling values) {
      sampling = values;
      return this;
    }

    public Builder stopSequences(List<String> sequences) {
      stopSequences = List.copyOf(sequences);
      return this;
    }

    public Builder thinking(Thinking wish) {
      thinking = wish;
      return this;
    }

    public Builder format(AnswerFormat wish) {
      format = wish;
      return this;
    }

    public Builder user(@Nullable String id) {
      user = id;
      return this;
    }

    public Builder logprobs(@Nullable Integer alternatives) {
      logprobs = alternatives;
      return this;
    }

    public Builder streamed(boolean wish) {
      streamed = wish;
      return this;
    }

    public Builder extras(Map<String, RawJson> fields) {
      extras = Map.copyOf(fields);
      return this;
    }

    public CompletionRequest build() {
      return new CompletionRequest(
          model, messages, tools, toolChoice, parallelToolCalls, maxTokens, sampling,
          stopSequences, thinking, format, user, logprobs, streamed, extras);
    }
  }
}
