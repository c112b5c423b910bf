// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whatever history comes, Gemini gets one it accepts.
class GeminiTurnsTest {
  private static final List<String> NAMES = List.of("f", "g", "mcp/read file", "9", "x".repeat(90));

  @Test
  void anyHistory_isWrittenLegally() {
    for (long seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      CompletionRequest.Builder request = CompletionRequest.to("m").message(Message.user("start"));
      for (int turns = random.nextInt(8); turns > 0; turns--) {
        request.message(message(random));
      }
      String model = random.nextBoolean() ? "gemini-2.5-pro" : "gemini-3-pro-preview";
      Target target = Targets.gemini(model, 100, 100);

      Written written = new Gemini().writeRequest(request.build(), target);

      assertLegal(Json.read(written.body()).path("contents"), model.contains("-3-"), seed);
    }
  }

  private static Message message(Random random) {
    List<Part> parts = new ArrayList<>();
    int count = random.nextInt(4);
    return switch (random.nextInt(5)) {
      case 0 -> Message.system(random.nextBoolean() ? "rule" : "");
      case 1 -> Message.user(random.nextBoolean() ? "hi" : "");
      case 2, 3 -> {
        parts.add(Part.Text.of(random.nextBoolean() ? "ok" : ""));
        if (random.nextBoolean()) {
          parts.add(new Part.Thinking(random.nextBoolean() ? "hm" : "", signature(random)));
        }
        for (int i = 0; i < count; i++) {
          String arguments = List.of("{}", "", "{\"a\":1}", "{\"a\"", "[1]").get(random.nextInt(5));
          parts.add(new Part.ToolCall(id(random), name(random), arguments, signature(random), null));
        }
        yield new Message(Role.ASSISTANT, parts, null);
      }
      default -> {
        for (int i = 0; i < count; i++) {
          String text = List.of("", "text", "{\"$ref\":1}", "[]").get(random.nextInt(4));
          parts.add(
              new Part.ToolResult(
                  id(random), null, List.of(Part.Text.of(text)), random.nextBoolean(), null));
        }
        yield new Message(Role.TOOL, parts, null);
      }
    };
  }

  private static String id(Random random) {
    return "call_" + random.nextInt(4);
  }

  private static String name(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static Opaque signature(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> new Opaque("gemini", "c2ln");
      default -> new Opaque("anthropic-messages", "foreign");
    };
  }

  private static void assertLegal(JsonNode contents, boolean wantsSignatures, long seed) {
    assertThat(contents.toString()).as("seed %d", seed).doesNotContain("foreign", "\"$ref\"", "call_");
    for (int i = 0; i < contents.size(); i++) {
      String place = "seed %d, content %d of %s".formatted(seed, i, contents);
      JsonNode content = contents.path(i);
      assertThat(content.path("parts").size()).as(place).isPositive();
      boolean isModel = content.path("role").stringValue().equals("model");
      List<JsonNode> calls = named(content, "functionCall");
      if (isModel) {
        assertThat(contents.path(i + 1).path("role").asString("user")).as(place).isEqualTo("user");
        List<JsonNode> responses = named(contents.path(i + 1), "functionResponse");
        assertThat(responses.stream().map(response -> response.path("name")))
            .as(place)
            .containsExactlyElementsOf(calls.stream().map(call -> call.path("name")).toList());
      } else {
        assertThat(calls).as(place).isEmpty();
      }
      if (!named(content, "functionResponse").isEmpty()) {
        assertThat(named(contents.path(i - 1), "functionCall")).as(place).isNotEmpty();
      }
      for (JsonNode call : calls) {
        assertThat(call.path("name").stringValue()).as(place).matches("[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}");
        assertThat(call.path("args").isObject()).as(place).isTrue();
      }
      if (!calls.isEmpty() && wantsSignatures) {
        assertThat(content.toString()).as(place).contains("thoughtSignature");
      }
    }
  }

  private static List<JsonNode> named(JsonNode content, String kind) {
    return content.path("parts").valueStream()
        .filter(part -> part.has(kind))
        .map(part -> part.path(kind))
        .toList();
  }
}
