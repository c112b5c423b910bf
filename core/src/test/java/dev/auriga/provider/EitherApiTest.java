// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Message;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EitherApiTest {
  private final List<String> called = new ArrayList<>();

  private Provider recording(String api) {
    return _ -> {
      called.add(api);
      return new Reply.Failed(Failure.of(FailureKind.UNKNOWN, "asked"));
    };
  }

  private static Asked asked(String client, boolean tools) {
    String carried = tools ? ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]" : "";
    return switch (client) {
      case "chat" ->
          Asked.of(
              OpenAiChat.strict(),
              bytes("{\"model\":\"r\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]" + carried + "}"),
              Headers.NONE);
      case "responses" ->
          Asked.of(
              new OpenAiResponses(), bytes("{\"model\":\"r\",\"input\":\"x\"" + carried + "}"), Headers.NONE);
      default -> Asked.of(CompletionRequest.to("r").message(Message.user("x")).build());
    };
  }

  private static ClientRequest bytes(String body) {
    return ClientRequest.of(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "chat, false, gpt-4o, chat", "chat, true, gpt-4o, chat",
    "chat, true, gpt-5.2, chat", "chat, false, gpt-6-sol, chat",
    "chat, true, gpt-6-sol, responses", "chat, true, gpt-5.6-terra, responses",
    "chat, true, my-deployment, chat", "responses, false, gpt-4o, responses",
    "responses, true, my-deployment, responses", "java, false, gpt-4o, chat",
    "java, false, gpt-6-sol, responses", "chat, false, gpt-5-codex, responses",
    "chat, false, gpt-5.1-codex-max, responses", "chat, true, gpt-5.5-pro, responses",
    "chat, false, o3-pro-2025-06-10, responses", "chat, false, codex-mini-latest, responses",
    "chat, false, o3, chat", "java, false, o1-pro, responses",
  })
  void apiIsChosenForEachCall(String client, boolean tools, String model, String api)
      throws InterruptedException {
    Provider either = new EitherApi(recording("chat"), recording("responses"));
    Deployment deployment =
        new Deployment(
            "d", "p", Targets.openAi(model, 4000, 10_000), model, null, Limits.USUAL, either);

    either.send(
        new Provider.Call(
            asked(client, tools), deployment, Deadline.in(Duration.ofSeconds(1), Time.SYSTEM), "tester",
            Provider.State.KEPT));

    assertThat(called).containsExactly(api);
  }
}
