// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.capability.Api;
import dev.auriga.capability.Capabilities;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.capability.When;
import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every capability acts in every writer whose dialect can say the thing, and in no other.
class CapabilityTableTest {
  private static final CapabilityBook BOOK = CapabilityBook.shipped(LocalDate.of(2026, 11, 22));

  /// Capabilities that choose a deployment or its API, before anything is written.
  private static final Set<Fact<?>> ASKED_BEFORE = Set.of(Fact.CONTEXT, Fact.MODALITIES, Fact.RESPONSES_ONLY);

  /// The dialect has no such field: both ways the same is written.
  private static final String NOTHING = "-";
  /// Something else is written, and nothing is lost.
  private static final String OTHERWISE = "*";
  private static final String REFUSED = "refused";

  /// The hosts are those whose dialect says most.
  enum Writer {
    CHAT(OpenAiChat.strict(), Api.OPENAI_COMPATIBLE, Target.Host.COMPATIBLE),
    CHAT_OF_THE_VENDOR(OpenAiChat.strict(), Api.OPENAI, Target.Host.VENDOR),
    RESPONSES(new OpenAiResponses(), Api.OPENAI_COMPATIBLE, Target.Host.COMPATIBLE),
    MESSAGES(new AnthropicMessages(), Api.ANTHROPIC_COMPATIBLE, Target.Host.COMPATIBLE),
    GEMINI(new Gemini(), Api.GEMINI, Target.Host.VENDOR);

    final Dialect dialect;
    final Api api;
    final Target.Host host;

    Writer(Dialect dialect, Api api, Target.Host host) {
      this.dialect = dialect;
      this.api = api;
      this.host = host;
    }

    Outcome write(CompletionRequest request, Facts facts) {
      Capabilities capabilities = BOOK.of(api, "some-model", facts, Facts.NONE);
      try {
        Written written =
            dialect.writeRequest(request, new Target("some-model", host, capabilities, 4000, 10_000));
        return new Outcome(
            Json.read(written.body()).toString(), written.losses().stream().map(Loss::toString).toList());
      } catch (Refusal refusal) {
        return new Outcome(REFUSED, List.of());
      }
    }
  }

  record Outcome(String body, List<String> losses) {}

  /// A request, and the facts besides that let it be written, which tells `with` from `without`.
  record Row<T>(
      Fact<T> fact, T with, T without, Facts besides, BiFunction<Writer, CompletionRequest.Builder, Object> asked,
      Map<Writer, String> expected) {

    CompletionRequest request(Writer writer) {
      CompletionRequest.Builder request = CompletionRequest.to("r").message(Message.user("x"));
      asked.apply(writer, request);
      return request.build();
    }

    @Override
    public String toString() {
      return fact.toString();
    }
  }

  private static <T> Row<T> row(
      Fact<T> fact, T with, T without, Facts besides,
      BiFunction<Writer, CompletionRequest.Builder, Object> asked,
      String chat, String vendor, String responses, String messages, String gemini) {
    return new Row<>(
        fact, with, without, besides, asked,
        Map.of(
            Writer.CHAT, chat, Writer.CHAT_OF_THE_VENDOR, vendor, Writer.RESPONSES, responses,
            Writer.MESSAGES, messages, Writer.GEMINI, gemini));
  }

  private static <T> Row<T> everywhere(
      Fact<T> fact, T with, T without, Facts besides,
      BiFunction<Writer, CompletionRequest.Builder, Object> asked, String loss) {
    return row(fact, with, without, besides, asked, loss, loss, loss, loss, loss);
  }

  static Stream<Row<?>> rows() {
    Facts none = Facts.NONE;
    Facts efforts =
        none.with(Fact.THINKING, Capabilities.Mode.EFFORT).with(Fact.EFFORTS, List.of("none", "low", "high"));
    Facts budgets = none.with(Fact.THINKING, Capabilities.Mode.BUDGET);
    String parallel = "unsupported-by-model:parallelToolCalls";
    String strict = "unsupported-by-model:tools[0].strict";
    String topK = "unsupported-by-model:topK";
    String logprobs = "unsupported-by-model:logprobs";
    String penalty = "unsupported-by-model:frequencyPenalty";
    String stops = "unsupported-by-model:stopSequences";
    String most = "clamped:stopSequences[1]";
    String prefill = "unsupported-prefill:messages[1]";
    String thinking = "clamped:thinking";
    String choice = "unsupported-by-model:toolChoice";
    return Stream.of(
        everywhere(Fact.OUTPUT, 9000, 3000, none, (_, ask) -> ask.maxTokens(5000), "clamped:maxTokens"),
        everywhere(
            Fact.TOOLS, true, false, none, (_, ask) -> ask.tool(tool(null)), "unsupported-by-model:tools[0]"),
        row(
            Fact.PARALLEL_TOOLS, true, false, none,
            (_, ask) -> ask.tool(tool(null)).parallelToolCalls(false),
            parallel, parallel, parallel, parallel, NOTHING),
        everywhere(
            Fact.FORCED_TOOLS, When.ALWAYS, When.NEVER, none,
            (_, ask) -> ask.tool(tool(null)).toolChoice(new ToolChoice.Required()), choice),
        row(
            Fact.STRICT_TOOLS, true, false, none, (_, ask) -> ask.tool(tool(true)),
            strict, strict, strict, strict, NOTHING),
        row(
            Fact.SIGNED_CALLS, false, true, none, (_, ask) -> called(ask, Part.Text.of("r")),
            NOTHING, NOTHING, NOTHING, NOTHING, "substituted-signature:messages[1]"),
        row(
            Fact.MEDIA_IN_RESULTS, true, false, none,
            (_, ask) -> called(ask, new Part.Image(new Media.Inline("image/png", "iVBORw0KGgo="), null, null)),
            NOTHING, NOTHING, OTHERWISE, OTHERWISE, OTHERWISE),
        row(
            Fact.CALL_ID_LENGTH, 9, 10, none, (_, ask) -> called(ask, Part.Text.of("r")),
            OTHERWISE, OTHERWISE, OTHERWISE, OTHERWISE, NOTHING),
        everywhere(
            Fact.SAMPLING, When.ALWAYS, When.NEVER, none,
            (_, ask) -> ask.sampling(sampling(0.5, null)), "unsupported-by-model:temperature"),
        everywhere(
            Fact.HIGHEST_TEMPERATURE, 1.0, 0.5, none,
            (_, ask) -> ask.sampling(sampling(0.9, null)), "clamped:temperature"),
        everywhere(
            Fact.TEMPERATURE_WITH_TOP_P, true, false, none,
            (_, ask) -> ask.sampling(sampling(0.9, 0.5)), "unsupported-combination:topP"),
        row(
            Fact.TOP_K, true, false, none,
            (_, ask) -> ask.sampling(new Sampling(null, null, 5, null, null, null)),
            topK, NOTHING, NOTHING, topK, topK),
        row(
            Fact.PENALTIES, When.ALWAYS, When.NEVER, none,
            (_, ask) -> ask.sampling(new Sampling(null, null, null, null, 0.5, null)),
            penalty, penalty, penalty, NOTHING, penalty),
        row(
            Fact.LOGPROBS, When.ALWAYS, When.NEVER, none, (_, ask) -> ask.logprobs(2),
            logprobs, logprobs, logprobs, NOTHING, logprobs),
        row(
            Fact.STOP_SEQUENCES, When.ALWAYS, When.NEVER, none,
            (_, ask) -> ask.stopSequences(List.of("a")), stops, stops, NOTHING, stops, stops),
        row(
            Fact.MOST_STOP_SEQUENCES, 2, 1, none,
            (_, ask) -> ask.stopSequences(List.of("a", "b")), most, most, NOTHING, most, most),
        everywhere(
            Fact.THINKING, Capabilities.Mode.EFFORT, Capabilities.Mode.NONE,
            none.with(Fact.EFFORTS, List.of("low", "medium", "high")),
            (_, ask) -> ask.thinking(new Thinking.On()), "unsupported-by-model:thinking"),
        row(
            Fact.ALWAYS_THINKS, false, true, none.with(Fact.EFFORTS, List.of("none", "low")),
            (_, ask) -> ask.thinking(new Thinking.Off()),
            NOTHING, NOTHING, NOTHING, "unsupported-by-model:thinking", NOTHING),
        row(
            Fact.ALWAYS_THINKS, false, true, efforts, (_, ask) -> ask.thinking(new Thinking.Off()),
            thinking, thinking, thinking, "unsupported-by-model:thinking", NOTHING),
        row(
            Fact.ALWAYS_THINKS, false, true, budgets.with(Fact.EFFORTS, List.of()),
            (_, ask) -> ask.thinking(new Thinking.Off()),
            NOTHING, NOTHING, NOTHING, "unsupported-by-model:thinking", thinking),
        row(
            Fact.LEAST_THINKING_BUDGET, 1024, 3000, budgets,
            (_, ask) -> ask.thinking(new Thinking.Budget(2000)),
            NOTHING, NOTHING, NOTHING, thinking, thinking),
        row(
            Fact.MOST_THINKING_BUDGET, 3000, 1500, budgets,
            (_, ask) -> ask.thinking(new Thinking.Budget(2000)),
            NOTHING, NOTHING, NOTHING, thinking, thinking),
        everywhere(
            Fact.EFFORTS, List.of("low", "high"), List.of("low"),
            none.with(Fact.THINKING, Capabilities.Mode.EFFORT),
            (_, ask) -> ask.thinking(new Thinking.Effort("high")), thinking),
        row(
            Fact.DEFAULT_EFFORT, "none", "high",
            efforts.with(Fact.ALWAYS_THINKS, false).with(Fact.FORCED_TOOLS, When.NOT_WHILE_THINKING),
            (_, ask) -> ask.tool(tool(null)).toolChoice(new ToolChoice.Required()),
            choice, choice, choice, NOTHING, choice),
        row(
            Fact.RESPONSES_FOR_TOOLS, false, true, efforts,
            (_, ask) -> ask.tool(tool(null)).thinking(new Thinking.Effort("high")),
            NOTHING, "unsupported-combination:thinking", NOTHING, NOTHING, NOTHING),
        everywhere(
            Fact.SCHEMAS, true, false, none, (_, ask) -> ask.format(schema()), "unsupported-by-model:format"),
        row(
            Fact.JSON_OBJECTS, true, false, none, (_, ask) -> ask.format(new AnswerFormat.JsonObject()),
            "unsupported-by-model:format", "unsupported-by-model:format", "unsupported-by-model:format",
            NOTHING, "unsupported-by-model:format"),
        everywhere(
            Fact.FORMAT_BESIDE_TOOLS, true, false, none,
            (_, ask) -> ask.tool(tool(null)).format(schema()), "unsupported-combination:format"),
        row(
            Fact.WHOLE_SCHEMAS, true, false, none, (_, ask) -> ask.format(schema()),
            NOTHING, NOTHING, NOTHING, NOTHING, OTHERWISE),
        row(
            Fact.PREFILL, true, false, none, (_, ask) -> ask.message(Message.assistant("Sure:")),
            prefill, prefill, prefill, REFUSED, prefill));
  }

  private static Tool tool(Boolean strict) {
    return new Tool.Function(
        "f", null,
        new RawJson("{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}"),
        strict, null);
  }

  private static Object called(CompletionRequest.Builder ask, Part result) {
    return ask.message(Message.of(Role.ASSISTANT, new Part.ToolCall("c1", "f", "{}", null, null)))
        .message(
            Message.of(Role.TOOL, new Part.ToolResult("c1", "f", List.of(Part.Text.of("r"), result), false, null)))
        .tool(tool(null));
  }

  private static Sampling sampling(Double temperature, Double topP) {
    return new Sampling(temperature, topP, null, null, null, null);
  }

  private static AnswerFormat schema() {
    return new AnswerFormat.JsonSchema(
        "s", new RawJson("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}"), null);
  }

  @Test
  void everyCapabilityHasARow() {
    Set<Fact<?>> told = new HashSet<>(ASKED_BEFORE);
    rows().forEach(row -> told.add(row.fact()));

    assertThat(told).containsExactlyInAnyOrderElementsOf(Fact.all());
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void acts_whereItsFieldIs(Row<T> row) {
    for (Writer writer : Writer.values()) {
      CompletionRequest request = row.request(writer);
      Outcome with = writer.write(request, row.besides().with(row.fact(), row.with()));
      Outcome without = writer.write(request, row.besides().with(row.fact(), row.without()));
      String expected = row.expected().get(writer);
      String place = row + " at " + writer;
      List<String> more = new ArrayList<>(without.losses());
      with.losses().forEach(more::remove);
      switch (expected) {
        case NOTHING -> assertThat(without).as(place).isEqualTo(with);
        case OTHERWISE -> {
          assertThat(without.body()).as(place).isNotEqualTo(with.body());
          assertThat(more).as(place).isEmpty();
        }
        case REFUSED -> {
          assertThat(without.body()).as(place).isEqualTo(REFUSED);
          assertThat(with.body()).as(place).isNotEqualTo(REFUSED);
        }
        default -> assertThat(more).as(place).containsExactly(expected);
      }
    }
  }
}
