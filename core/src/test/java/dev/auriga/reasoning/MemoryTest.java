// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CacheMark;
import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final String PLACE = "foundry/claude-sonnet-4-5";
  private static final Part THOUGHT =
      new Part.Thinking("Let me see.", new Opaque("anthropic-messages", PLACE, "c2ln"));
  private static final Part REDACTED =
      new Part.RedactedThinking(new Opaque("anthropic-messages", PLACE, "ZW5j"));
  private static final Part CALL = Part.ToolCall.of("toolu_1", "weather", "{\"city\":\"Oslo\"}");

  private final Vault vault = new Vault(Vault.Bounds.USUAL, InstantSource.system());
  private final Memory memory = new Memory(vault, "key", PLACE);

  private static Completion answer(List<Part> parts) {
    return new Completion("1", "m", parts, StopReason.Known.END, null, Usage.NONE);
  }

  private static CompletionRequest asking(Message... messages) {
    CompletionRequest.Builder request = CompletionRequest.to("m");
    List.of(messages).forEach(request::message);
    return request.build();
  }

  private static Message result(String id) {
    return Message.of(Role.TOOL, new Part.ToolResult(id, null, List.of(Part.Text.of("rain")), false, null));
  }

  private void answered(CompletionRequest request, Part... parts) {
    memory.keep(request, answer(List.of(parts)), Map.of());
  }

  private static List<Part> recalled(Memory memory, Message... history) {
    return memory.recall(asking(history)).request().messages().stream()
        .filter(message -> message.role() == Role.ASSISTANT)
        .toList()
        .getLast()
        .parts();
  }

  @Test
  void thoughts_standAgainWhereTheyStood() {
    Part later = new Part.Thinking("", new Opaque("anthropic-messages", PLACE, "bGF0ZXI="));
    Part second = Part.ToolCall.of("toolu_2", "weather", "{}");
    answered(
        asking(Message.user("q")),
        THOUGHT, REDACTED, Part.Text.of("I look "), Part.Text.of("it up."), CALL, later, second);

    List<Part> again =
        recalled(
            memory,
            Message.user("q"),
            Message.of(Role.ASSISTANT, Part.Text.of("I look it up."), CALL, second),
            result("toolu_1"));

    assertThat(again)
        .containsExactly(
            THOUGHT, REDACTED, Part.Text.of("I look "), Part.Text.of("it up."), CALL, later, second);
  }

  @Test
  void callsKeepTheirSignatures_andTheIdsTheyHaveUpstream() {
    Part signed =
        new Part.ToolCall("call_1", "weather", "{}", new Opaque("gemini", PLACE, "c2ln"), null);
    memory.keep(asking(Message.user("q")), answer(List.of(signed)), Map.of("call_1", "up.1"));

    List<Message> again =
        memory
            .recall(
                asking(
                    Message.user("q"),
                    Message.of(Role.ASSISTANT, Part.ToolCall.of("call_1", "weather", "{}")),
                    result("call_1")))
            .request()
            .messages();

    assertThat(again.get(1).parts())
        .containsExactly(
            new Part.ToolCall("up.1", "weather", "{}", new Opaque("gemini", PLACE, "c2ln"), null));
    assertThat(((Part.ToolResult) again.get(2).parts().getFirst()).callId()).isEqualTo("up.1");
  }

  @Test
  void anAnswerWithoutCalls_isKnownByItsTextAndWhatWentBefore() {
    answered(asking(Message.system("It is 10:00."), Message.user("q")), THOUGHT, Part.Text.of("Hello."));

    assertThat(
            recalled(
                memory, Message.system("It is 10:01."), Message.user("q"), Message.assistant("Hello."),
                Message.user("and?")))
        .containsExactly(THOUGHT, Part.Text.of("Hello."));
    assertThat(
            recalled(memory, Message.user("another"), Message.assistant("Hello."), Message.user("and?")))
        .containsExactly(Part.Text.of("Hello."));
    assertThat(recalled(memory, Message.user("q"), Message.assistant("Hi."), Message.user("and?")))
        .containsExactly(Part.Text.of("Hi."));
  }

  @Test
  void anAnswerWithCalls_isKnownAlsoWhereItsBeginningWasCutOff() {
    answered(asking(Message.user("q"), Message.assistant("a"), Message.user("r")), THOUGHT, CALL);

    assertThat(recalled(memory, Message.user("r"), Message.of(Role.ASSISTANT, CALL), result("toolu_1")))
        .containsExactly(THOUGHT, CALL);
  }

  @Test
  void textThatWasChanged_standsWhereTheFirstOneStood() {
    answered(asking(Message.user("q")), THOUGHT, Part.Text.of("I look "), Part.Text.of("it up."), CALL);

    assertThat(
            recalled(
                memory, Message.user("q"), Message.of(Role.ASSISTANT, Part.Text.of("Looking."), CALL)))
        .containsExactly(THOUGHT, Part.Text.of("Looking."), CALL);
  }

  @Test
  void whatTheClientKeptItself_isNotThereTwice() {
    answered(asking(Message.user("q")), THOUGHT, CALL);
    Part shown = new Part.Thinking("Let me see.", null);

    assertThat(recalled(memory, Message.user("q"), Message.of(Role.ASSISTANT, shown, CALL)))
        .containsExactly(THOUGHT, CALL);
  }

  @Test
  void aCacheMark_staysAtTheEndOfTheText() {
    CacheMark mark = new CacheMark("1h");
    answered(asking(Message.user("q")), THOUGHT, Part.Text.of("ab"), Part.Text.of("c"), CALL);

    assertThat(
            recalled(
                memory,
                Message.user("q"),
                Message.of(Role.ASSISTANT, new Part.Text("abc", mark), CALL)))
        .containsExactly(THOUGHT, Part.Text.of("ab"), new Part.Text("c", mark), CALL);
  }

  @Test
  void partsOnlyTheProviderKnows_areKeptWithTheThoughtsAroundThem() {
    Part search = new Part.Unknown("anthropic-messages", new RawJson("{\"type\":\"server_tool_use\"}"));
    answered(asking(Message.user("q")), THOUGHT, search, Part.Text.of("Found."));

    assertThat(recalled(memory, Message.user("q"), Message.assistant("Found."), Message.user("and?")))
        .containsExactly(THOUGHT, search, Part.Text.of("Found."));
  }

  @Test
  void anotherKey_getsNothing() {
    answered(asking(Message.user("q")), THOUGHT, CALL);

    assertThat(
            recalled(
                new Memory(vault, "other key", PLACE),
                Message.user("q"), Message.of(Role.ASSISTANT, CALL), result("toolu_1")))
        .containsExactly(CALL);
  }

  @Test
  void anotherPlace_getsNothing_andThatIsTold() {
    answered(asking(Message.user("q")), THOUGHT, CALL);
    Part carried =
        new Part.ToolCall("toolu_1", "weather", "{}", new Opaque("gemini", "from the client"), null);

    Memory.Recalled recalled =
        new Memory(vault, "key", "foundry/claude-opus-4-5")
            .recall(asking(Message.user("q"), Message.of(Role.ASSISTANT, carried), result("toolu_1")));

    assertThat(recalled.request().messages().get(1).parts())
        .containsExactly(Part.ToolCall.of("toolu_1", "weather", "{}"));
    assertThat(recalled.losses()).containsExactly(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "messages[1]"));
  }

  /// Claude refuses a turn that ends in a thought.
  @Test
  void thoughtsThatLedToNothing_stayOut() {
    answered(asking(Message.user("q")), THOUGHT);

    assertThat(recalled(memory, Message.user("q"), Message.assistant(""), Message.user("and?")))
        .containsExactly(Part.Text.of(""));
  }

  @Test
  void anAnswerWithoutState_isNotKept() {
    answered(asking(Message.user("q")), new Part.Thinking("open thought", null), Part.Text.of("Hi."), CALL);

    assertThat(vault.bytes()).isZero();
  }

  /// Any answer, told as any client of ours would send it back, is again what it was.
  @Test
  void anyAnswer_isTheSameAgain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Part> parts = parts(random, round);
      Message[] before =
          random.nextBoolean()
              ? new Message[] {Message.user("q" + round)}
              : new Message[] {Message.user("q"), Message.assistant("a" + round), Message.user("r")};
      memory.keep(asking(before), answer(parts), Map.of());

      List<Message> history = new ArrayList<>(List.of(before));
      history.add(new Message(Role.ASSISTANT, shown(parts), null));
      history.add(Message.user("next"));

      assertThat(recalled(memory, history.toArray(Message[]::new)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(parts);
    }
  }

  /// Thoughts, texts and calls in any order, at least one of them signed.
  private static List<Part> parts(Random random, int round) {
    List<Part> parts = new ArrayList<>(List.of(THOUGHT));
    for (int i = random.nextInt(6); i > 0; i--) {
      parts.add(
          switch (random.nextInt(4)) {
            case 0 -> new Part.Thinking("t" + i, new Opaque("anthropic-messages", PLACE, "s" + i));
            case 1 -> REDACTED;
            case 2 -> Part.Text.of("text " + i);
            default -> Part.ToolCall.of("toolu_" + round + "_" + i, "f", "{}");
          });
    }
    parts.add(Part.Text.of("End."));
    return parts;
  }

  /// As Chat Completions shows an answer: one text, then the calls.
  private static List<Part> shown(List<Part> parts) {
    List<Part> shown = new ArrayList<>();
    String text = Turn.textOf(parts);
    if (!text.isEmpty()) {
      shown.add(Part.Text.of(text));
    }
    parts.stream().filter(Part.ToolCall.class::isInstance).forEach(shown::add);
    return shown;
  }
}
