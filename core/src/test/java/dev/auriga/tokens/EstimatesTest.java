// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.EmbeddingRequest.Input;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Tool;
import dev.auriga.resilience.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EstimatesTest {
  private final FakeTime time = new FakeTime();
  private final AtomicInteger counted = new AtomicInteger();
  /// A token for each word.
  private final Estimates estimates =
      new Estimates(
          text -> {
            counted.incrementAndGet();
            return text.isBlank() ? 0 : text.split(" ").length;
          },
          time);

  @AfterEach
  void close() {
    estimates.close();
  }

  private static CompletionRequest saying(String text) {
    return CompletionRequest.to("m").message(Message.user(text)).build();
  }

  private long of(CompletionRequest request) throws InterruptedException {
    return estimates.of(request, "claude-sonnet-4-5").tokens();
  }

  private static CompletionRequest words(int count) {
    return saying("word ".repeat(count).strip());
  }

  /// Until what was given to learn has been learned: estimates are counted in turn.
  private void learn(long actual, CompletionRequest request) throws InterruptedException {
    estimates.learn("claude-sonnet-4-5", () -> request, actual);
    time.pass(Duration.ofSeconds(3));
    of(request);
  }

  @Test
  void everythingAModelReads_isCounted() throws InterruptedException {
    long bare = of(saying("one two"));
    CompletionRequest more =
        CompletionRequest.to("m")
            .message(Message.system("three four five"))
            .message(Message.user("one two"))
            .message(Message.of(Role.ASSISTANT, Part.ToolCall.of("c1", "find", "{} {}")))
            .message(
                Message.of(Role.TOOL, new Part.ToolResult("c1", null, List.of(Part.Text.of("six")), false, null)))
            .tool(new Tool.Function("find", "finds it", new RawJson("{ }"), null, null))
            .build();
    // 3 words of instructions, 3 of the call, 1 of its result, 5 of the tool; and the framing.
    assertThat(of(more) - bare).isEqualTo(3 + 3 + 1 + 5 + 3 * 4 + 4 + 2 * 8);
  }

  @Test
  void anImage_costsByItsSize_andByWhoseModelReadsIt() throws InterruptedException {
    byte[] png = new byte[24];
    System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 0, png, 0, 4);
    png[18] = 3; // 768
    png[22] = 3;
    Media media = new Media.Inline("image/png", Base64.getEncoder().encodeToString(png));
    CompletionRequest seen =
        CompletionRequest.to("m")
            .message(Message.of(Role.USER, new Part.Image(media, null, null)))
            .build();
    assertThat(estimates.of(seen, "claude-sonnet-4-5").tokens()).isEqualTo(768 * 768 / 750 + 7);
    assertThat(estimates.of(seen, "gemini-2.5-pro").tokens()).isEqualTo(258 + 7);
    assertThat(estimates.of(seen, "gpt-4o").tokens()).isEqualTo(85 + 4 * 170 + 7);
  }

  @Test
  void aTextDocument_isCountedAsItsText() throws InterruptedException {
    String base64 = Base64.getEncoder().encodeToString("a b c d e".getBytes(StandardCharsets.UTF_8));
    CompletionRequest read =
        CompletionRequest.to("m")
            .message(
                Message.of(Role.USER, new Part.Document(new Media.Inline("text/plain", base64), null, null)))
            .build();
    assertThat(of(read)).isEqualTo(5 + 7);
  }

  @Test
  void whatAProviderCounts_correctsLaterEstimates_withinBounds() throws InterruptedException {
    CompletionRequest request = words(93); // 100 with its framing
    assertThat(of(request)).isEqualTo(100);
    learn(150, request);
    assertThat(of(request)).as("one observation and the beginning weigh alike").isEqualTo(125);
    for (int i = 0; i < 60; i++) {
      learn(150, request);
    }
    assertThat((double) of(request)).isCloseTo(150, within(2.0));
    for (int i = 0; i < 60; i++) {
      learn(100_000, request);
    }
    assertThat((double) of(request)).as("beyond all reason").isCloseTo(250, within(2.0));
    assertThat(estimates.of(request, "gpt-4o").tokens()).as("another model's").isEqualTo(100);
  }

  @Test
  void nothingIsRead_beforeAnEstimateWasWanted_norTooOften() throws InterruptedException {
    CompletionRequest request = words(93);
    estimates.learn("claude-sonnet-4-5", () -> request, 150);
    assertThat(of(request)).isEqualTo(100);
    assertThat(counted).hasValue(1);
    learn(150, request);
    int before = counted.get();
    estimates.learn("claude-sonnet-4-5", () -> request, 150);
    estimates.learn("claude-sonnet-4-5", () -> request, 150);
    of(request);
    assertThat(counted.get() - before).as("one observation and one estimate").isEqualTo(2);
  }

  @Test
  void aRequestThatCannotBeRead_teachesNothing() throws InterruptedException {
    of(words(93));
    estimates.learn(
        "claude-sonnet-4-5",
        () -> {
          throw new Refusal(Refusal.Kind.INVALID, "unreadable");
        },
        150);
    assertThat(of(words(93))).isEqualTo(100);
  }

  @Test
  void tokensToEmbed_countThemselves() throws InterruptedException {
    EmbeddingRequest request =
        new EmbeddingRequest(
            "m", List.of(new Input.Text("a b"), new Input.Tokens(List.of(1, 2, 3))), null,
            EmbeddingRequest.Encoding.FLOATS, null);
    assertThat(estimates.of(request).tokens()).isEqualTo(5);
    assertThat(estimates.of(request).isEstimate()).isTrue();
  }

  @Test
  void anInterrupt_endsTheWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (Estimates stuck =
        new Estimates(
            _ -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
              }
              return 1;
            },
            time)) {
      CountDownLatch left = new CountDownLatch(1);
      Thread waiting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      stuck.of(saying("x"), "m");
                    } catch (InterruptedException gone) {
                      left.countDown();
                    }
                  });
      begun.await();
      waiting.interrupt();
      left.await();
    }
    assertThat(never.getCount()).isOne();
  }
}
