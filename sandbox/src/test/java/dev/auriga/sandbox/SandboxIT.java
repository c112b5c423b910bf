// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.sandbox.Caller.Answer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SandboxIT {
  private final Sandbox sandbox = Sandbox.start();
  private final Caller caller = new Caller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void answersASum_wholeAndStreamedAlike(Simulated provider) {
    Answer whole = caller.ask(provider, "What is 17 * 23?", false);
    Answer streamed = caller.ask(provider, "What is 17 * 23?", true);
    assertThat(whole.status()).as(whole.body()).isEqualTo(200);
    assertThat(streamed.status()).isEqualTo(200);
    assertThat(Caller.text(provider, whole.json())).contains("391");
    assertThat(Caller.text(provider, streamed.chunks()))
        .isEqualTo(Caller.text(provider, whole.json()));
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void sameSeedAndPrompt_giveTheSameAnswer(Simulated provider) {
    String prompt = "Compare rivers and mountains for a travel magazine";
    String first = Caller.text(provider, caller.ask(provider, prompt, false).json());
    try (Sandbox same = Sandbox.start();
        Sandbox other = Sandbox.start(SandboxSettings.forTests().withSeed(99))) {
      assertThat(Caller.text(provider, new Caller(same).ask(provider, prompt, false).json()))
          .isEqualTo(first);
      assertThat(Caller.text(provider, new Caller(other).ask(provider, prompt, false).json()))
          .isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void providerThatIsDown_refusesConnections_andComesBackOnItsPort(Simulated provider) {
    URI address = sandbox.address(provider);
    assertThat(caller.ask(provider, "hello there", false).status()).isEqualTo(200);
    sandbox.down(provider);
    assertThat(sandbox.isUp(provider)).isFalse();
    assertThatThrownBy(() -> new Socket("127.0.0.1", address.getPort()).close())
        .isInstanceOf(ConnectException.class);
    sandbox.up(provider);
    assertThat(sandbox.address(provider)).isEqualTo(address);
    try (HttpClient fresh = HttpClient.newHttpClient()) {
      assertThat(Caller.send(fresh, caller.asking(provider, "hello there", false)).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Simulated.class)
  void oddBodies_areRefused_neverABug(Simulated provider) {
    String good = Caller.simple(provider, "hello", false);
    List<String> odd =
        new ArrayList<>(List.of("", "{", "[]", "null", "1", "\"x\"", "{}", "[".repeat(5_000)));
    for (String member :
        List.of("model", "messages", "contents", "max_tokens", "tools", "generationConfig")) {
      for (String value :
          List.of(
              "[]", "{}", "[1]", "[[]]", "[{}]", "-1", "1.5", "true", "\"x\"", "[{\"a\":null}]")) {
        odd.add(good.substring(0, good.length() - 1) + ",\"" + member + "\":" + value + "}");
        odd.add("{\"" + member + "\":" + value + "}");
      }
    }
    for (String body : odd) {
      Answer answer =
          caller.post(provider, caller.path(provider, Caller.model(provider), false), body);
      assertThat(answer.header("x-sandbox-bug")).as(body).isEmpty();
      assertThat(answer.status()).as(body).isIn(200, 400, 404);
      assertThat(answer.json().isObject()).isTrue();
    }
  }

  @Test
  void slowReader_getsTheWholeStreamInOrder() throws Exception {
    String body =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":64000,\"stream\":true,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":63999},\"messages\":[{\"role\":\"user\",\"content\":\"Describe"
            + " rivers\"}]}";
    StringBuilder request =
        new StringBuilder("POST /v1/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
    caller
        .credentials(Simulated.ANTHROPIC)
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("content-length: ").append(body.length()).append("\r\n\r\n").append(body);
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(8 * 1024);
      socket.connect(
          new java.net.InetSocketAddress(
              "127.0.0.1", sandbox.address(Simulated.ANTHROPIC).getPort()));
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      StringBuilder events = new StringBuilder();
      try (var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          events.append(line.startsWith("event: ") ? line.substring(7) + "\n" : "");
        }
      }
      assertThat(events.toString())
          .startsWith("message_start\n")
          .endsWith("message_delta\nmessage_stop\n");
      assertThat(events.toString().lines()).hasSizeGreaterThan(2_000);
      assertThat(events.toString().lines().filter("message_stop"::equals)).hasSize(1);
    }
  }

  @Test
  void manyPacedStreams_allFinishInOrder() throws Exception {
    try (Sandbox paced = Sandbox.start(SandboxSettings.forTests().withTimeScale(0.1));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Caller many = new Caller(paced);
      List<Future<Answer>> answers = new ArrayList<>();
      for (int number = 0; number < 300; number++) {
        String prompt = "Describe harbour number " + number;
        answers.add(threads.submit(() -> many.ask(Simulated.OPENAI, prompt, true)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().data().getLast()).isEqualTo("[DONE]");
      }
      assertThat(paced.calls()).hasSize(300);
    }
  }

  @Test
  void fixedBasePort_givesConsecutivePorts() throws Exception {
    int base;
    try (var probe = new java.net.ServerSocket(0)) {
      base = probe.getLocalPort();
    }
    // Seven ports from a free one on; skipped over when a neighbour is taken by someone else.
    for (int tries = 0; tries < 20; tries++) {
      try (Sandbox fixed =
          Sandbox.start(SandboxSettings.forTests().withBasePort(base + tries * 8))) {
        int first = fixed.address(Simulated.ANTHROPIC).getPort();
        assertThat(fixed.address(Simulated.GEMINI).getPort()).isEqualTo(first + 4);
        assertThat(fixed.controlAddress().getPort()).isEqualTo(first + 6);
        return;
      } catch (IllegalStateException _) {
        // taken
      }
    }
    throw new AssertionError("no seven consecutive free ports found");
  }
}
