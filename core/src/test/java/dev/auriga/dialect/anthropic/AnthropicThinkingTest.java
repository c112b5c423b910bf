// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Thinking as each model takes it; the target sets 4,000 tokens for an answer and 8,000 for
/// thinking where the client said nothing.
class AnthropicThinkingTest {
  private final AnthropicMessages dialect = new AnthropicMessages();

  private Written write(CompletionRequest.Builder request, String model) {
    return dialect.writeRequest(
        request.build(), Targets.anthropic(model, 4000, 8000));
  }

  private static CompletionRequest.Builder ask(Thinking wish) {
    return CompletionRequest.to("route").message(Message.user("q")).thinking(wish);
  }

  private static List<String> losses(Written written) {
    return written.losses().stream().map(Object::toString).toList();
  }

  private static Thinking wish(String text) {
    return switch (text) {
      case "unsaid" -> new Thinking.Unsaid();
      case "off" -> new Thinking.Off();
      case "on" -> new Thinking.On();
      default ->
          Character.isDigit(text.charAt(0))
              ? new Thinking.Budget(Integer.parseInt(text))
              : new Thinking.Effort(text);
    };
  }

  @ParameterizedTest(name = "{0} {1} max {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        // model, wish, client's max_tokens | max_tokens, thinking, output_config | losses
        "claude-sonnet-4-5, unsaid, -,     4000,  -, -, -",
        "claude-sonnet-4-5, off,    -,     4000,  -, -, -",
        "claude-sonnet-4-5, 20000,  -,     24000, enabled 20000, -, -",
        "claude-sonnet-4-5, 20000,  30000, 30000, enabled 20000, -, -",
        "claude-sonnet-4-5, 20000,  8000,  8000,  enabled 6000, -, clamped:thinking",
        "claude-sonnet-4-5, 20000,  1100,  1100,  enabled 1024, -, clamped:thinking",
        "claude-sonnet-4-5, 20000,  1024,  1024,  -, -, thinking-off:thinking",
        "claude-sonnet-4-5, 100,    -,     5024,  enabled 1024, -, clamped:thinking",
        "claude-sonnet-4-5, 0,      -,     4000,  -, -, -",
        "claude-sonnet-4-5, on,     -,     12000, enabled 8000, -, -",
        "claude-sonnet-4-5, low,    -,     8096,  enabled 4096, -, -",
        "claude-sonnet-4-5, none,   -,     4000,  -, -, -",
        "claude-haiku-4-5-20251001, max, - , 36768, enabled 32768, -, -",
        "claude-opus-4-5,   medium, -,     16288, enabled 12288, medium, -",
        "claude-opus-4-5,   xhigh,  -,     36768, enabled 32768, high, clamped:thinking",
        "claude-3-7-sonnet-20250219, on, -, 12000, enabled 8000, -, -",
        "claude-sonnet-4-20250514,   on, -, 12000, enabled 8000, -, -",
        "claude-3-5-haiku-20241022,  on, -, 4000, -, -, unsupported-by-model:thinking",
        "claude-opus-4-6,   off,    -,     4000,  disabled, -, -",
        "claude-opus-4-6,   on,     -,     12000, adaptive, -, -",
        "claude-opus-4-6,   max,    -,     12000, adaptive, max, -",
        "claude-opus-4-6,   xhigh,  -,     12000, adaptive, high, clamped:thinking",
        "claude-opus-4-6,   20000,  30000, 30000, adaptive, high, approximated:thinking",
        "claude-opus-4-6,   2000,   -,     6000,  adaptive, low, approximated:thinking",
        "claude-opus-4-8,   xhigh,  -,     12000, adaptive, xhigh, -",
        "claude-opus-5,     off,    -,     4000,  disabled, -, -",
        "claude-opus-5,     minimal, -,    12000, adaptive, low, clamped:thinking",
        "claude-sonnet-5,   off,    -,     4000,  disabled, -, -",
        "claude-opus-5-5,   unsaid, -,     12000, -, -, -",
        "claude-opus-5-5,   unsaid, 900,   900,   -, -, -",
        "claude-opus-5-5,   off,    -,     12000,  -, -, unsupported-by-model:thinking",
        "claude-sonnet-5-5, off,    -,     12000,  -, -, unsupported-by-model:thinking",
        "claude-haiku-5-5,  off,    -,     12000,  -, -, unsupported-by-model:thinking",
        "claude-haiku-5-5,  max,    -,     12000, adaptive, high, clamped:thinking",
        "claude-fable-5,    off,    -,     12000,  -, -, unsupported-by-model:thinking",
        "claude-mythos-preview, on, -,     12000, adaptive, -, -",
        "team-sonnet.4.5,   on,     -,     12000, enabled 8000, -, -",
        "anthropic.claude-opus-4-6-v1, on, -, 12000, adaptive, -, -",
        "unnamed-deployment, medium, -,    12000, adaptive, medium, -"
      })
  void eachModel_getsItsForm(
      String model, String wish, Integer limit, int maxTokens, String thinking, String effort,
      String loss) {
    Written written = write(ask(wish(wish)).maxTokens(limit), model);
    ObjectNode body = (ObjectNode) Json.read(written.body());
    body.remove(List.of("model", "messages"));

    ObjectNode expected = Json.object().put("max_tokens", maxTokens);
    if (thinking != null) {
      String[] words = thinking.split(" ");
      ObjectNode form = expected.putObject("thinking").put("type", words[0]);
      if (words.length == 2) {
        form.put("budget_tokens", Integer.parseInt(words[1]));
      }
    }
    if (effort != null) {
      expected.putObject("output_config").put("effort", effort);
    }
    assertThat((JsonNode) body).isEqualTo(expected);
    assertThat(losses(written)).containsExactlyElementsOf(loss == null ? List.of() : List.of(loss));
  }

  @Test
  void whileThinkingByBudget_samplingAndForcedToolsAreLost() {
    Written written =
        write(
            ask(new Thinking.On())
                .sampling(new Sampling(0.5, 0.5, 5, null, null, null))
                .tool(new Tool.Function("f", null, RawJson.EMPTY_OBJECT, null, null))
                .toolChoice(new ToolChoice.Required()),
            "claude-sonnet-4-5");
    assertThat(Json.read(written.body()).has("tools")).isTrue();
    assertThat(Json.read(written.body()).has("tool_choice")).isFalse();
    assertThat(losses(written))
        .containsExactly(
            "unsupported-by-model:toolChoice",
            "unsupported-by-model:temperature",
            "unsupported-by-model:topP",
            "unsupported-by-model:topK");
  }

  @Test
  void whileThinkingAdaptively_toolsMayBeForced() {
    Written written =
        write(
            ask(new Thinking.On())
                .tool(new Tool.Function("f", null, RawJson.EMPTY_OBJECT, null, null))
                .toolChoice(new ToolChoice.Required()),
            "claude-opus-4-6");
    assertThat(Json.read(written.body()).at("/tool_choice/type").stringValue()).isEqualTo("any");
    assertThat(written.losses()).isEmpty();
  }

  private static CompletionRequest.Builder openLoop(Part... beforeCall) {
    List<Part> parts = new java.util.ArrayList<>(List.of(beforeCall));
    parts.add(Part.ToolCall.of("a", "f", "{}"));
    return ask(new Thinking.On())
        .message(new Message(Role.ASSISTANT, parts, null))
        .message(
            Message.of(
                Role.TOOL,
                new Part.ToolResult("a", null, List.of(Part.Text.of("r")), false, null)));
  }

  @Test
  void openToolLoopWithoutOwnThinking_turnsThinkingOff() {
    Written unsigned = write(openLoop(), "claude-sonnet-4-5");
    assertThat(Json.read(unsigned.body()).has("thinking")).isFalse();
    assertThat(losses(unsigned)).containsExactly("thinking-off:thinking");

    Written foreign =
        write(openLoop(new Part.Thinking("x", new Opaque("gemini", "s"))), "claude-sonnet-4-5");
    assertThat(losses(foreign))
        .containsExactly("foreign-signature:messages[1].content[0]", "thinking-off:thinking");
  }

  @Test
  void openToolLoopWithOwnThinking_goesOnThinking() {
    Written written =
        write(
            openLoop(new Part.Thinking("x", new Opaque("anthropic-messages", "s"))),
            "claude-sonnet-4-5");
    assertThat(Json.read(written.body()).at("/thinking/type").stringValue()).isEqualTo("enabled");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void openToolLoop_doesNotMatterToAdaptiveThinking() {
    Written written = write(openLoop(), "claude-opus-5");
    assertThat(Json.read(written.body()).at("/thinking/type").stringValue()).isEqualTo("adaptive");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void prefill_turnsThinkingOff() {
    Written written =
        write(ask(new Thinking.On()).message(Message.assistant("{")), "claude-sonnet-4-5");
    assertThat(Json.read(written.body()).has("thinking")).isFalse();
    assertThat(losses(written)).containsExactly("thinking-off:thinking");
  }

  @Test
  void ownDisplayAndEffort_goBack() {
    ClientRequest own =
        AnthropicRequestReaderTest.request(
            """
            {"model":"m","max_tokens":9000,"messages":[{"role":"user","content":"q"}],
             "thinking":{"type":"adaptive","display":"summarized"},
             "output_config":{"effort":"max","task_budget":{"total":5}}}
            """);
    Written written =
        dialect.writeRequest(
            dialect.readRequest(own), Targets.anthropic("claude-opus-5", 1, 1));
    assertThat(Json.read(written.body()))
        .isEqualTo(
            Json.read(
                """
                {"model":"claude-opus-5","max_tokens":9000,
                 "messages":[{"role":"user","content":[{"type":"text","text":"q"}]}],
                 "thinking":{"type":"adaptive","display":"summarized"},
                 "output_config":{"effort":"max","task_budget":{"total":5}}}
                """));
    assertThat(written.losses()).isEmpty();
  }
}
