// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.router.OpenRouter;
import dev.auriga.dialect.router.Routed;
import dev.auriga.dialect.router.Router;
import dev.auriga.dialect.router.RouterTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.provider.ReplyStream.Step;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.FakeTime;
import dev.auriga.resilience.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyStreamTest {
  private static final String HELLO =
      "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n";
  private static final String STOP =
      "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  private final FakeTime time = new FakeTime();
  private @Nullable Router router;

  /// Gives its pieces one by one, each after `pace`, and then ends; for ever where it is told to.
  private final class Pieces implements Transport.Inbound {
    private final Queue<String> pieces;
    private final Duration pace;
    private String forEver = "";

    Pieces(Duration pace, String... pieces) {
      this.pace = pace;
      this.pieces = new ArrayDeque<>(List.of(pieces));
    }

    Pieces thenForEver(String piece) {
      forEver = piece;
      return this;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Headers headers() {
      return Headers.NONE;
    }

    @Override
    public byte[] read(Duration idle) throws TransportFailure {
      if (pace.compareTo(idle) > 0) {
        throw new TransportFailure(TransportFailure.Kind.IDLE, "nothing came for " + idle);
      }
      time.pass(pace);
      String next = pieces.poll();
      if (next == null) {
        return forEver.isEmpty() ? null : forEver.getBytes(StandardCharsets.UTF_8);
      }
      return next.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {}
  }

  private ReplyStream stream(Transport.Inbound inbound, Dialect dialect) {
    Limits limits = new Limits(
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(10)),
        1 << 20, 1 << 20, Limits.USUAL.slots());
    Deployment deployment =
        new Deployment("m", "p", Targets.openAi("m", 4000, 10_000), "m", router, limits, _ -> {
          throw new AssertionError("nothing is sent");
        });
    return new ReplyStream(inbound, dialect, null, deployment, in(Duration.ofMinutes(10)));
  }

  private ReplyStream stream(String... pieces) {
    return stream(new Pieces(Duration.ofMillis(1), pieces), OpenAiChat.strict());
  }

  /// OpenRouter tells its choice with the last chunk and its cost with the usage; what is escaped in the
  /// answer's own text is not read.
  @Test
  void aRoutersWord_isReadWhereItStands() throws Exception {
    router = new OpenRouter("openrouter/auto", List.of(), null, null);
    String quoting =
        "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
            + "\"{\\\"usage\\\":{\\\"cost\\\":7}}\"}}]}\n\n";
    String last =
        "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,"
            + "\"completion_tokens\":2,\"cost\":0.00042},\"openrouter_metadata\":{\"strategy\":\"direct\","
            + "\"attempts\":[{\"model\":\"a/b\",\"provider\":\"A\",\"status\":200}]}}\n\n";
    ReplyStream stream = stream(HELLO, quoting, STOP, last, "data: [DONE]\n\n");
    assertThat(stream.open(in(Duration.ofMinutes(1)))).isNull();
    assertThat(stream.routed()).isEqualTo(Routed.NOTHING);
    while (stream.next() instanceof Step.Events) {}
    assertThat(stream.routed().charge()).isEqualTo(new Routed.Charge(420, "openrouter/usage.cost"));
    assertThat(stream.routed().trace())
        .isEqualTo(new RouterTrace("direct", "", List.of(new RouterTrace.Step("a/b", "A", 200, ""))));
  }

  private Deadline in(Duration limit) {
    return Deadline.in(limit, time);
  }

  /// What the client of a stream that is passed on gets, and how it ended.
  private record Told(String text, Step end) {}

  private Told told(ReplyStream stream) throws InterruptedException {
    assertThat(stream.open(in(Duration.ofSeconds(60)))).isNull();
    StringBuilder text = new StringBuilder();
    while (true) {
      Step step = stream.next();
      if (!(step instanceof Step.Events events)) {
        return new Told(text.toString(), step);
      }
      text.append(events.events().stream().map(SseEvent::toString).collect(Collectors.joining()));
    }
  }

  private static FailureKind kind(Step end) {
    return ((Step.Broken) end).failure().kind();
  }

  @Test
  void aMarkerWithoutAFinishReason_isABreak_andNoEnd() throws InterruptedException {
    Told told = told(stream(HELLO, "data: [DONE]\n\n"));
    assertThat(told.end()).isInstanceOf(Step.Broken.class);
    assertThat(kind(told.end())).isEqualTo(FailureKind.BROKEN_STREAM);
    assertThat(told.text()).isEqualTo(HELLO);
  }

  @Test
  void whatFollowsGeminisFinishReason_isPassedOn_andCounted() throws InterruptedException {
    String last =
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\"finishReason\":\"STOP\"}],"
            + "\"modelVersion\":\"m\"}\n\n";
    String usage =
        "data: {\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3,\"totalTokenCount\":10},"
            + "\"modelVersion\":\"m\"}\n\n";
    ReplyStream stream = stream(new Pieces(Duration.ofMillis(1), last, usage), new Gemini());
    Told told = told(stream);
    assertThat(told.end()).isInstanceOf(Step.Ended.class);
    assertThat(told.text()).isEqualTo(last + usage);
    assertThat(stream.usage()).isEqualTo(new Usage(7, 0, 0, 0, 3, 0));
  }

  @Test
  void halfAnEventAtTheEnd_isNotHandedOn() throws InterruptedException {
    Told told = told(stream(HELLO, "data: {\"id\":\"c\",\"choi"));
    assertThat(kind(told.end())).isEqualTo(FailureKind.BROKEN_STREAM);
    assertThat(told.text()).isEqualTo(HELLO);
  }

  @Test
  void aLastEventWithoutItsBlankLine_getsOne() throws InterruptedException {
    Told told = told(stream(HELLO, STOP, "data: [DONE]"));
    assertThat(told.end()).isInstanceOf(Step.Ended.class);
    assertThat(told.text()).isEqualTo(HELLO + STOP + "data: [DONE]\n\n");
  }

  @Test
  void anEventThatComesByteByByte_doesNotOutlastTheDeadline() throws InterruptedException {
    ReplyStream stream =
        stream(new Pieces(Duration.ofSeconds(9), HELLO).thenForEver("x"), OpenAiChat.strict());
    Told told = told(stream);
    assertThat(kind(told.end())).isEqualTo(FailureKind.TIMED_OUT);
    assertThat(Duration.ofNanos(time.nanos())).isLessThanOrEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aFirstEventThatComesByteByByte_doesNotOutlastItsLimit() throws InterruptedException {
    ReplyStream stream =
        stream(new Pieces(Duration.ofSeconds(9)).thenForEver("x"), OpenAiChat.strict());
    assertThat(stream.open(in(Duration.ofSeconds(60))).kind()).isEqualTo(FailureKind.TIMED_OUT);
    assertThat(Duration.ofNanos(time.nanos())).isLessThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void bytesWithoutEnd_behindTheTerminalEvent_areNotAwaited() throws InterruptedException {
    Pieces endless =
        new Pieces(Duration.ofMillis(10), HELLO, STOP, "data: [DONE]\n\n").thenForEver(": more\n\n");
    Told told = told(stream(endless, OpenAiChat.strict()));
    assertThat(told.end()).isInstanceOf(Step.Ended.class);
    assertThat(time.nanos()).isLessThan(Duration.ofSeconds(1).toNanos());
  }
}
