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
import dev.auriga.completion.Message;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// That every dialect's requests keep to what the model is said to take.
class CapableWritingTest {
  private static final CapabilityBook BOOK = CapabilityBook.shipped(LocalDate.of(2026, 11, 22));

  enum Case {
    CHAT(OpenAiChat.strict(), Api.OPENAI, "gpt-4o", "/max_completion_tokens", "/tool_choice", "/response_format"),
    RESPONSES(
        new OpenAiResponses(), Api.OPENAI, "gpt-4o", "/max_output_tokens", "/tool_choice", "/text"),
    ANTHROPIC(
        new AnthropicMessages(), Api.ANTHROPIC, "claude-sonnet-4-5", "/max_tokens", "/tool_choice",
        "/output_config"),
    GEMINI(
        new Gemini(), Api.GEMINI, "gemini-3-flash", "/generationConfig/maxOutputTokens", "/toolConfig",
        "/generationConfig/responseMimeType");

    final Dialect dialect;
    final Api api;
    final String model;
    final String limit;
    final String choice;
    final String format;

    Case(Dialect dialect, Api api, String model, String limit, String choice, String format) {
      this.dialect = dialect;
      this.api = api;
      this.model = model;
      this.limit = limit;
      this.choice = choice;
      this.format = format;
    }

    Written write(CompletionRequest.Builder request, Facts facts) {
      Capabilities capabilities = BOOK.of(api, model, facts, Facts.NONE);
      Target target = new Target(model, Target.Host.VENDOR, capabilities, 4000, 10_000);
      return dialect.writeRequest(request.build(), target);
    }
  }

  private static CompletionRequest.Builder ask() {
    return CompletionRequest.to("r").message(Message.user("x"));
  }

  private static CompletionRequest.Builder withTool(ToolChoice choice) {
    return ask()
        .tool(new Tool.Function("f", null, new RawJson("{\"type\":\"object\"}"), null, null))
        .toolChoice(choice);
  }

  private static JsonNode body(Written written) {
    return Json.read(written.body());
  }

  private static List<String> losses(Written written) {
    return written.losses().stream().map(Loss::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, 16384", "RESPONSES, 16384", "ANTHROPIC, 64000", "GEMINI, 65536",
  })
  void limitBeyondTheModels_isBroughtDownToIt(Case each, int limit) {
    Written within = each.write(ask().maxTokens(limit), Facts.NONE);
    Written beyond = each.write(ask().maxTokens(limit + 1), Facts.NONE);

    assertThat(body(within).at(each.limit).asInt()).isEqualTo(limit);
    assertThat(losses(within)).isEmpty();
    assertThat(body(beyond).at(each.limit).asInt()).isEqualTo(limit);
    assertThat(losses(beyond)).containsExactly("clamped:maxTokens");
  }

  @ParameterizedTest
  @EnumSource
  void usualLimit_isNoMoreThanTheModels_andNoLoss(Case each) {
    Written written = each.write(ask().maxTokens(null), Facts.NONE.with(Fact.OUTPUT, 3000));

    assertThat(body(written).at(each.limit).asInt()).isEqualTo(3000);
    assertThat(losses(written)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void toolsAreLeftOut_whereNoneAreTaken(Case each) {
    Written written = each.write(withTool(new ToolChoice.Required()), Facts.NONE.with(Fact.TOOLS, false));

    assertThat(body(written).has("tools")).isFalse();
    assertThat(body(written).at(each.choice).isMissingNode()).isTrue();
    assertThat(losses(written)).containsExactly("unsupported-by-model:tools[0]");
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, REQUIRED", "CHAT, NAMED", "RESPONSES, REQUIRED", "RESPONSES, NAMED", "ANTHROPIC, REQUIRED",
    "ANTHROPIC, NAMED", "GEMINI, REQUIRED", "GEMINI, NAMED",
  })
  void modelThatCannotBeForced_isLeftFree(Case each, String choice) {
    ToolChoice wish = choice.equals("NAMED") ? new ToolChoice.Named("f") : new ToolChoice.Required();

    Written free = each.write(withTool(wish), Facts.NONE.with(Fact.FORCED_TOOLS, When.NEVER));
    Written forced = each.write(withTool(wish), Facts.NONE.with(Fact.FORCED_TOOLS, When.ALWAYS));

    assertThat(body(free).has("tools")).isTrue();
    assertThat(typeOf(body(free).at(each.choice))).isIn("", "auto");
    assertThat(losses(free)).containsExactly("unsupported-by-model:toolChoice");
    assertThat(typeOf(body(forced).at(each.choice))).isNotIn("", "auto");
    assertThat(losses(forced)).isEmpty();
  }

  private static String typeOf(JsonNode choice) {
    return choice.isMissingNode() ? "" : choice.path("type").asString(choice.toString());
  }

  @ParameterizedTest
  @EnumSource
  void schemaIsLeftOut_whereNoneIsTaken(Case each) {
    AnswerFormat.JsonSchema schema =
        new AnswerFormat.JsonSchema("s", new RawJson("{\"type\":\"object\"}"), null);

    Written without = each.write(ask().format(schema), Facts.NONE.with(Fact.SCHEMAS, false));
    Written with = each.write(ask().format(schema), Facts.NONE);

    assertThat(body(without).at(each.format).isMissingNode()).isTrue();
    assertThat(losses(without)).containsExactly("unsupported-by-model:format");
    assertThat(body(with).at(each.format).isMissingNode()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void modelThatDoesNotThink_isNotTold(Case each) {
    Written written =
        each.write(ask().thinking(new Thinking.On()), Facts.NONE.with(Fact.THINKING, Capabilities.Mode.NONE));

    assertThat(written.losses()).contains(new Loss(Loss.Reason.UNSUPPORTED_BY_MODEL, "thinking"));
    assertThat(body(written).toString()).doesNotContain("reasoning").doesNotContain("thinking");
  }

  @ParameterizedTest
  @CsvSource({
    "64000, 30000, 34000, none", "8000, 6000, 8000, clamped:thinking", "1500, 1125, 1500, clamped:thinking",
    "1024, 0, 1024, thinking-off:thinking",
  })
  void budgetLeavesRoomForAnAnswer_withinTheModelsOutput(int output, int budget, int limit, String loss) {
    Written written =
        Case.ANTHROPIC.write(
            ask().thinking(new Thinking.Budget(30_000)), Facts.NONE.with(Fact.OUTPUT, output));

    assertThat(body(written).at("/thinking/budget_tokens").asInt(0)).isEqualTo(budget);
    assertThat(body(written).at("/max_tokens").asInt()).isEqualTo(limit);
    assertThat(losses(written)).isEqualTo(loss.contains(":") ? List.of(loss) : List.of());
  }
}
