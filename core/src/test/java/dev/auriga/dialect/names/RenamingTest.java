// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenamingTest {
  private static final NameRule RULE =
      new NameRule(NameRule.Words.of("-", 64), NameRule.Words.of("-", 40));

  /// Letters that make trouble: dots, slashes, blanks, an accent, half of a pair, a long one.
  private static final String[] STUFF = {
    "a", "B", "7", "_", "-", ".", "/", ":", " ", "é", "\ud83d\ude00", "\n", "\"", "weather",
    "mcp__server__", "x".repeat(60)
  };

  static Stream<Dialect> dialects() {
    return Stream.of(new AnthropicMessages(), OpenAiChat.strict(), new OpenAiResponses(), new Gemini());
  }

  private static Tool.Function tool(String name) {
    return new Tool.Function(name, null, new RawJson("{}"), null, null);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      word.append(STUFF[random.nextInt(STUFF.length)]);
    }
    return word.toString();
  }

  private static CompletionRequest request(List<String> names, List<String> ids) {
    CompletionRequest.Builder request = CompletionRequest.to("m").message(Message.user("q"));
    for (int i = 0; i < names.size(); i++) {
      request.tool(tool(names.get(i)));
      request.message(Message.of(Role.ASSISTANT, Part.ToolCall.of(ids.get(i), names.get(i), "{}")));
      request.message(
          Message.of(Role.TOOL, new Part.ToolResult(ids.get(i), names.get(i), List.of(), false, null)));
    }
    return request.toolChoice(new ToolChoice.Named(names.getFirst())).build();
  }

  private static Completion answer(Part... parts) {
    return new Completion("1", "m", List.of(parts), StopReason.Known.TOOL_CALLS, null, Usage.NONE);
  }

  @Test
  void whatIsAllowed_staysTheVerySame() {
    CompletionRequest request = request(List.of("get_weather"), List.of("toolu_01-x"));

    assertThat(Renaming.of(request, RULE)).isSameAs(Renaming.NONE);
    assertThat(Renaming.NONE.outward(request)).isSameAs(request);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anyNamesAndIds_areAllowedOutside_apart_theSameEachTurn_andComeBack(Dialect dialect) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Set<String> names = new HashSet<>();
      Set<String> ids = new HashSet<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        names.add(word(random));
      }
      while (ids.size() < names.size()) {
        ids.add(word(random));
      }
      List<String> listed = new ArrayList<>(names);
      CompletionRequest request = request(listed, new ArrayList<>(ids));
      Renaming renaming = Renaming.of(request, dialect.names());
      CompletionRequest outward = renaming.outward(request);

      Set<String> said = new HashSet<>();
      for (int i = 0; i < listed.size(); i++) {
        String name = ((Tool.Function) outward.tools().get(i)).name();
        assertThat(dialect.names().tool().allows(name)).as("seed %d: %s", seed, name).isTrue();
        said.add(name);
        Part.ToolCall call = (Part.ToolCall) outward.messages().get(1 + 2 * i).parts().getFirst();
        Part.ToolResult result = (Part.ToolResult) outward.messages().get(2 + 2 * i).parts().getFirst();
        assertThat(dialect.names().call().allows(call.id())).as("seed %d: %s", seed, call.id()).isTrue();
        assertThat(call.name()).isEqualTo(name).isEqualTo(result.name());
        assertThat(result.callId()).isEqualTo(call.id());
        Chunk back = renaming.inward(new Chunk.ToolCallStarted(0, "id", name, null));
        assertThat(back).as("seed %d", seed).isEqualTo(new Chunk.ToolCallStarted(0, "id", listed.get(i), null));
        assertThat(renaming.inward(answer(Part.ToolCall.of("id", name, "{}"))).parts())
            .containsExactly(Part.ToolCall.of("id", listed.get(i), "{}"));
      }
      assertThat(said).as("seed %d", seed).hasSameSizeAs(names);
      assertThat(outward.toolChoice())
          .isEqualTo(new ToolChoice.Named(((Tool.Function) outward.tools().getFirst()).name()));
      assertThat(Renaming.of(request, dialect.names()).outward(request)).isEqualTo(outward);
    }
  }

  /// A tool may bear the very name another one would be given.
  @Test
  void aNameThatIsTaken_isNotGivenAgain() {
    String stand = RULE.tool().allowed("get.weather");
    CompletionRequest request = request(List.of("get.weather", stand), List.of("a", "b"));
    Renaming renaming = Renaming.of(request, RULE);
    CompletionRequest outward = renaming.outward(request);

    assertThat(((Tool.Function) outward.tools().get(1)).name()).isEqualTo(stand);
    String other = ((Tool.Function) outward.tools().getFirst()).name();
    assertThat(other).isNotEqualTo(stand).matches("[a-zA-Z0-9_-]{1,64}");
    assertThat(renaming.inward(answer(Part.ToolCall.of("1", other, "{}"), Part.ToolCall.of("2", stand, "{}"))).parts())
        .containsExactly(
            Part.ToolCall.of("1", "get.weather", "{}"), Part.ToolCall.of("2", stand, "{}"));
  }

  @Test
  void theIdOfACall_isTheSame_whateverElseIsSaid() {
    CompletionRequest one = request(List.of("f"), List.of("functions.f:0"));
    CompletionRequest more = request(List.of("f", "g"), List.of("functions.f:0", "functions.g:1"));

    Part there = Renaming.of(more, RULE).outward(more).messages().get(1).parts().getFirst();
    assertThat(Renaming.of(one, RULE).outward(one).messages().get(1).parts().getFirst()).isEqualTo(there);
  }

  @Test
  void aHostedTool_keepsItsName() {
    CompletionRequest request =
        CompletionRequest.to("m")
            .message(Message.user("q"))
            .tool(tool("a.b"))
            .tool(new Tool.Hosted("openai-responses", "web.search", new RawJson("{}")))
            .toolChoice(new ToolChoice.Named("web.search"))
            .build();

    assertThat(Renaming.of(request, RULE).outward(request).toolChoice())
        .isEqualTo(new ToolChoice.Named("web.search"));
  }

  @Test
  void aNameTheModelMadeUp_isTheClientsToJudge() {
    CompletionRequest request = request(List.of("a.b"), List.of("1"));

    assertThat(Renaming.of(request, RULE).inward(answer(Part.ToolCall.of("1", "nobody", "{}"))).parts())
        .containsExactly(Part.ToolCall.of("1", "nobody", "{}"));
  }
}
