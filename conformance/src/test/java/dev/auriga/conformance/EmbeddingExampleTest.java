// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auriga.Answer;
import dev.auriga.AnswerFailed;
import dev.auriga.Orchestrator;
import dev.auriga.consensus.Verdict;
import dev.auriga.sandbox.Sandbox;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the README, as a program would have it.
class EmbeddingExampleTest {
  private static final int THREADS = 64;

  @AutoClose private final Sandbox sandbox = Sandbox.start();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("auriga.yaml");
    Files.writeString(
        file,
        """
        providers:
          foundry: { kind: anthropic-foundry, base-url: "%s/anthropic", api-key: "%s" }
          azure:   { kind: azure-openai, endpoint: "%s", api-key: "%s" }
          google:  { kind: gemini, base-url: "%s", api-key: "%s" }
        deployments:
          claude-sonnet-4-5: { provider: foundry }
          claude-haiku-4-5:  { provider: foundry }
          gpt-4o:            { provider: azure }
          gpt-4o-mini:       { provider: azure }
          gemini-2.5-pro:    { provider: google }
        routes:
          auto:
            classify:
              coding:      [claude-sonnet-4-5, gpt-4o]
              creative:    [gpt-4o, claude-sonnet-4-5]
              analysis:    [claude-sonnet-4-5, gpt-4o]
              simple:      [claude-haiku-4-5, gpt-4o-mini]
              multimodal:  [gemini-2.5-pro, gpt-4o]
              high-volume: [claude-haiku-4-5, gpt-4o-mini]
        """
            .formatted(
                sandbox.address(Simulated.FOUNDRY), sandbox.key(Simulated.FOUNDRY),
                sandbox.address(Simulated.AZURE), sandbox.key(Simulated.AZURE),
                sandbox.address(Simulated.GEMINI), sandbox.key(Simulated.GEMINI)));
  }

  @Test
  void theExampleRuns() {
    try (Orchestrator auriga = Orchestrator.open(file)) {
      Answer answer = auriga.ask("Implement a binary search tree in Python", ask -> ask.thinking(20_000));
      System.out.printf("Response from %s: %s%n", answer.servedBy(), answer.text());

      Verdict verdict =
          auriga.consensus("Is this contract clause enforceable? …", "claude-sonnet-4-5", "gpt-4o");

      assertThat(answer.servedBy()).isEqualTo("claude-sonnet-4-5");
      assertThat(answer.route()).isEqualTo("auto");
      assertThat(answer.text()).isNotBlank();
      assertThat(answer.attempts()).hasSize(1);
      assertThat(answer.usage().reasoning()).isPositive();
      assertThat(answer.cost()).isNotNull();
      assertThat(voices(verdict)).containsExactly("claude-sonnet-4-5", "gpt-4o");
    }
  }

  private static List<String> voices(Verdict verdict) {
    return verdict.groups().stream()
        .flatMap(group -> group.voices().stream())
        .map(Verdict.Voice::member)
        .sorted()
        .toList();
  }

  @Test
  void oneOrchestratorServesManyThreadsAtOnce() throws Exception {
    try (Orchestrator auriga = Orchestrator.open(file);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      CountDownLatch together = new CountDownLatch(THREADS);
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        answers.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return auriga.ask("What is %d + 1000?".formatted(number), ask -> ask.route("claude-sonnet-4-5"));
                }));
      }
      long output = 0;
      for (Future<Answer> each : answers) {
        Answer answer = each.get(30, TimeUnit.SECONDS);
        assertThat(answer.text()).contains("The answer is");
        assertThat(answer.attempts()).hasSize(1);
        output += answer.usage().allOutput();
      }
      assertThat(sandbox.totals().calls()).isEqualTo(THREADS);
      assertThat(output).isEqualTo(sandbox.totals().of("claude-sonnet-4-5-20250929").usage().allOutput());
    }
  }

  @Test
  void closing_endsAnswersUnderWay() throws InterruptedException, TimeoutException {
    int asked = 16;
    sandbox.faults().on(Simulated.FOUNDRY).hang();
    Orchestrator auriga = Orchestrator.open(file);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < asked; i++) {
        answers.add(threads.submit(() -> auriga.ask("Hello", ask -> ask.route("claude-sonnet-4-5"))));
      }
      await().pollInterval(Duration.ofMillis(5)).until(() -> sandbox.calls().size() == asked);
      long started = System.nanoTime();
      auriga.close();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
      for (Future<Answer> answer : answers) {
        try {
          Answer told = answer.get(5, TimeUnit.SECONDS);
          throw new AssertionError("answered: " + told);
        } catch (ExecutionException failed) {
          assertThat(failed.getCause()).isInstanceOf(AnswerFailed.class);
        }
      }
    }
  }
}
