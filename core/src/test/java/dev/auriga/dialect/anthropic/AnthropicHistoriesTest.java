// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whatever history comes in, what is written obeys the rules the service checks.
class AnthropicHistoriesTest {
  private static final List<String> IDS =
      List.of("call_1", "call_2", "functions.f:0", "toolu_x", "é", "x".repeat(90) + "!");
  private static final List<String> TEXTS = List.of("a", " b ", "", " \n\t", "c\n");

  private final AnthropicMessages dialect = new AnthropicMessages();

  @Test
  void anyHistory_isWrittenAsALegalOne_orRefused() {
    int written = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      CompletionRequest request =
          CompletionRequest.to("route")
              .messages(history(random))
              .thinking(random.nextBoolean() ? new Thinking.On() : new Thinking.Unsaid())
              .build();
      String model = random.nextBoolean() ? "claude-sonnet-4-5" : "claude-opus-5";
      JsonNode body;
      try {
        Target target = Targets.anthropic(model, 4000, 2000);
        body = Json.read(dialect.writeRequest(request, target).body());
        written++;
      } catch (Refusal refusal) {
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
        continue;
      }
      check(body, model, "seed " + seed + ": " + body);
    }
    assertThat(written).isGreaterThan(750);
  }

  private static List<Message> history(Random random) {
    List<Message> messages = new ArrayList<>();
    int count = 1 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      Role role = Role.values()[random.nextInt(Role.values().length)];
      List<Part> parts = new ArrayList<>();
      int size = random.nextInt(4);
      for (int j = 0; j < size; j++) {
        parts.add(part(role, random));
      }
      messages.add(new Message(role, parts, null));
    }
    return messages;
  }

  private static Part part(Role role, Random random) {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    String id = IDS.get(random.nextInt(IDS.size()));
    return switch (role) {
      case SYSTEM, DEVELOPER -> Part.Text.of(text);
      case USER ->
          random.nextInt(4) == 0
              ? new Part.Image(new Media.Inline("image/png", "AA=="), null, null)
              : Part.Text.of(text);
      case TOOL ->
          new Part.ToolResult(id, null, List.of(Part.Text.of(text)), random.nextBoolean(), null);
      case ASSISTANT ->
          switch (random.nextInt(4)) {
            case 0 -> Part.Text.of(text);
            case 1 ->
                new Part.Thinking(
                    text,
                    new Opaque(random.nextBoolean() ? "anthropic-messages" : "gemini", "sig"));
            default -> Part.ToolCall.of(id, "f", random.nextBoolean() ? "" : "{\"a\":");
          };
    };
  }

  private static void check(JsonNode body, String model, String as) {
    JsonNode messages = body.path("messages");
    assertThat(messages.isEmpty()).as(as).isFalse();
    Set<String> everyId = new HashSet<>();
    List<String> open = List.of();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      assertThat(message.path("role").stringValue()).as(as).isEqualTo(i % 2 == 0 ? "user" : "assistant");
      assertThat(message.path("content").isEmpty()).as(as).isFalse();
      List<String> results = new ArrayList<>();
      List<String> calls = new ArrayList<>();
      boolean resultsOver = false;
      for (JsonNode block : message.path("content")) {
        switch (block.path("type").stringValue()) {
          case "tool_result" -> {
            assertThat(resultsOver).as(as).isFalse();
            results.add(block.path("tool_use_id").stringValue());
          }
          case "tool_use" -> {
            String id = block.path("id").stringValue();
            assertThat(id).as(as).matches("[a-zA-Z0-9_-]+");
            assertThat(everyId.add(id)).as(as).isTrue();
            assertThat(block.path("input").isObject()).as(as).isTrue();
            calls.add(id);
          }
          case "text" -> assertThat(block.path("text").stringValue()).as(as).isNotBlank();
          default -> {}
        }
        resultsOver |= !block.path("type").stringValue().equals("tool_result");
      }
      assertThat(results).as(as).containsExactlyInAnyOrderElementsOf(open);
      open = calls;
    }
    assertThat(open).as(as).isEmpty();
    checkEnd(body, messages, model, as);
  }

  private static void checkEnd(JsonNode body, JsonNode messages, String model, String as) {
    JsonNode last = messages.get(messages.size() - 1);
    JsonNode lastBlock = last.path("content").get(last.path("content").size() - 1);
    boolean byAssistant = last.path("role").stringValue().equals("assistant");
    String text = lastBlock.path("text").stringValue("");
    if (byAssistant) {
      assertThat(text).as(as).isEqualTo(text.stripTrailing());
      assertThat(model.equals("claude-opus-5") && !text.isEmpty()).as(as).isFalse();
    }
    boolean thinksByBudget = body.at("/thinking/type").stringValue("").equals("enabled");
    if (thinksByBudget) {
      assertThat(byAssistant).as(as).isFalse();
      boolean inLoop = last.at("/content/0/type").stringValue().equals("tool_result");
      if (inLoop) {
        String first = messages.get(messages.size() - 2).at("/content/0/type").stringValue();
        assertThat(first).as(as).isEqualTo("thinking");
      }
    }
    for (JsonNode block : body.path("system")) {
      assertThat(block.path("text").stringValue()).as(as).isNotBlank();
    }
  }
}
