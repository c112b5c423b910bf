// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Requests as clients send them: a conversation that takes turns, tools whose calls are answered in the
/// turn after, and whatever else may be said with it.
public final class RandomRequests {
  private static final RawJson SCHEMA =
      new RawJson(
          "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"where\"}},"
              + "\"required\":[\"city\"],\"additionalProperties\":false}");

  private final Random random;
  private final Words words;
  private int calls;

  private RandomRequests(Random random) {
    this.random = random;
    this.words = new Words(random);
  }

  public static CompletionRequest of(Random random) {
    return new RandomRequests(random).request();
  }

  private CompletionRequest request() {
    List<Tool> tools = tools();
    CompletionRequest.Builder request = CompletionRequest.to("route").streamed(random.nextBoolean());
    if (words.chance(6)) {
      request.message(Message.system(words.text()));
    }
    for (int turns = random.nextInt(4); turns > 0; turns--) {
      request.message(user());
      answer(!tools.isEmpty()).forEach(request::message);
    }
    request.message(user());
    tools.forEach(request::tool);
    if (!tools.isEmpty()) {
      request.toolChoice(
          words.one(List.of(new ToolChoice.Auto(), new ToolChoice.None(), new ToolChoice.Named(name(tools)))));
    }
    request.maxTokens(words.chance(7) ? 1 + random.nextInt(4000) : null);
    request.sampling(sampling());
    request.stopSequences(words.chance(3) ? List.of("END", "STOP") : List.of());
    if (tools.isEmpty() && words.chance(2)) {
      request.format(new AnswerFormat.JsonSchema("answer", SCHEMA, true));
    }
    return request.user(words.chance(3) ? "user-1" : null).build();
  }

  private List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    if (words.chance(5)) {
      tools.add(new Tool.Function("get_weather", words.text(), SCHEMA, null, null));
    }
    if (words.chance(3)) {
      tools.add(new Tool.Function("search-web", null, SCHEMA, words.chance(5) ? true : null, null));
    }
    return tools;
  }

  private String name(List<Tool> tools) {
    return tools.get(random.nextInt(tools.size())) instanceof Tool.Function function ? function.name() : "";
  }

  private Sampling sampling() {
    return new Sampling(
        words.chance(4) ? random.nextInt(11) / 10.0 : null, null, null, null, null, null);
  }

  private Message user() {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.Text.of(words.text()));
    if (words.chance(3)) {
      parts.add(new Part.Image(new Media.Inline("image/png", "iVBORw0KGgo="), null, null));
    }
    if (words.chance(2)) {
      parts.add(Part.Text.of(words.text()));
    }
    return new Message(Role.USER, parts, null);
  }

  /// Words, or words and calls with their results and the words that follow.
  private List<Message> answer(boolean mayCall) {
    if (!mayCall || words.chance(5)) {
      return List.of(Message.assistant(words.text()));
    }
    List<Part> said = new ArrayList<>(List.of(Part.Text.of(words.text())));
    List<Part> results = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      String id = "call_" + calls++ + "a" + random.nextInt(100);
      said.add(Part.ToolCall.of(id, "get_weather", words.arguments()));
      results.add(
          new Part.ToolResult(id, "get_weather", List.of(Part.Text.of(words.text())), false, null));
    }
    return List.of(
        new Message(Role.ASSISTANT, said, null),
        new Message(Role.TOOL, results, null),
        Message.assistant(words.text()));
  }
}
