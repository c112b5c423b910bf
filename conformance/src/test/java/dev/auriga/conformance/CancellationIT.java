// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Faults;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A client that leaves cancels upstream at once and still gets its record.
class CancellationIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running = rig.serve(rig.config().build());
  }

  @AfterAll
  static void stop() {
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
    running.records().rest();
  }

  /// When the client leaves.
  private enum Moment {
    IN_MID_STREAM(true, on -> on.stallAfter(8)),
    BEFORE_THE_FIRST_TOKEN(true, Faults.On::hang),
    BEFORE_A_PLAIN_ANSWER(false, Faults.On::hang);

    private final boolean streamed;
    private final Consumer<Faults.On> fault;

    Moment(boolean streamed, Consumer<Faults.On> fault) {
      this.streamed = streamed;
      this.fault = fault;
    }
  }

  private record Leaving(Wire client, Simulated provider, String deployment, Moment moment) {
    @Override
    public String toString() {
      return "%s client of %s leaves %s".formatted(client, deployment, moment);
    }
  }

  static Stream<Leaving> leavings() {
    List<Leaving> all = new ArrayList<>();
    for (Wire client : Wire.values()) {
      for (Moment moment : Moment.values()) {
        all.add(new Leaving(client, Simulated.FOUNDRY, "claude-sonnet-4-5", moment));
        all.add(new Leaving(client, Simulated.AZURE, "gpt-4o", moment));
        all.add(new Leaving(client, Simulated.AZURE, "gpt-4o-responses", moment));
        all.add(new Leaving(client, Simulated.GEMINI, "gemini-2.5-pro", moment));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leavings")
  void upstreamIsAbortedAtOnce(Leaving leaving) throws IOException, InterruptedException {
    leaving.moment().fault.accept(rig.sandbox().faults().on(leaving.provider()));
    Instant left;
    try (Socket socket = asking(leaving)) {
      if (leaving.moment() == Moment.IN_MID_STREAM) {
        readUntilText(socket.getInputStream(), leaving.client());
      } else {
        await().pollInterval(Duration.ofMillis(2)).until(() -> !rig.sandbox().calls().isEmpty());
      }
      left = Instant.now();
    }
    List<Call> calls = rig.callsWhenQuiet();

    assertThat(calls).extracting(Call::ending).containsExactly(Call.Ending.ABANDONED);
    Duration took = Duration.between(left, calls.getFirst().endedAt());
    System.out.printf("%s: upstream saw it after %.1f ms%n", leaving, took.toNanos() / 1e6);
    assertThat(took).isLessThanOrEqualTo(AT_ONCE);
    RequestRecord record = running.records().next();
    assertThat(record.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(running.records().rest()).isEmpty();
  }

  /// A connection on which the request has been sent.
  private static Socket asking(Leaving leaving) throws IOException {
    URI gateway = running.address();
    Wire client = leaving.client();
    boolean streamed = leaving.moment().streamed;
    byte[] body =
        client
            .body(leaving.deployment(), "Describe the history of lighthouses.", streamed)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    String head =
        ("POST %s HTTP/1.1\r\nhost: %s\r\nauthorization: Bearer %s\r\n"
                + "content-type: application/json\r\ncontent-length: %d\r\n\r\n")
            .formatted(
                client.path(leaving.deployment(), streamed),
                gateway.getAuthority(),
                Rig.KEY,
                body.length);
    Socket socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  private static void readUntilText(InputStream answer, Wire client) throws IOException {
    String sign =
        switch (client) {
          case OPENAI -> "\"content\":\"";
          case ANTHROPIC -> "text_delta";
          case GEMINI -> "\"text\":";
          case RESPONSES -> "output_text.delta";
        };
    StringBuilder read = new StringBuilder();
    while (read.indexOf(sign) < 0) {
      int next = answer.read();
      assertThat(next).as("the stream ended: %s", read).isNotNegative();
      read.append((char) next);
    }
  }
}
