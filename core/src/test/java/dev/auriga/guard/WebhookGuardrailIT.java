// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.auriga.completion.Secret;
import dev.auriga.dialect.Headers;
import dev.auriga.guard.Passage.Direction;
import dev.auriga.guard.WebhookGuardrail.OnFailure;
import dev.auriga.provider.JdkTransport;
import dev.auriga.provider.RawUpstream;
import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import dev.auriga.resilience.FakeTime;
import dev.auriga.resilience.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookGuardrailIT {
  private static final Passage PASSAGE = new Passage(Direction.REQUEST, "Hi 🙂 Jane Doe!");

  private final RawUpstream upstream = new RawUpstream();
  private final JdkTransport transport = new JdkTransport();

  @AfterEach
  void close() throws Exception {
    transport.close();
    upstream.close();
  }

  private WebhookGuardrail guardrail(Duration timeout, OnFailure onFailure) {
    return new WebhookGuardrail(
        new WebhookGuardrail.Settings(
            "dlp", upstream.uri("/check"), new Secret("hook-secret"), timeout, onFailure),
        transport,
        Time.SYSTEM);
  }

  private static void answer(RawUpstream.Peer peer, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    peer.send("HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n".formatted(status, bytes.length));
    peer.send(bytes);
  }

  private Ruling ruling(String reply) throws InterruptedException {
    upstream.on("/check", peer -> answer(peer, 200, reply));
    return guardrail(Duration.ofSeconds(20), OnFailure.DENY).check(PASSAGE);
  }

  @Test
  void text_isSentAndTheAnswerObeyed() throws InterruptedException {
    AtomicReference<String> asked = new AtomicReference<>();
    upstream.on(
        "/check",
        peer -> {
          asked.set(peer.head() + new String(peer.body(), StandardCharsets.UTF_8));
          answer(peer, 200, "{\"action\":\"allow\",\"notes\":[\"seen\"]}");
        });

    assertThat(guardrail(Duration.ofSeconds(20), OnFailure.DENY).check(PASSAGE))
        .isEqualTo(new Ruling.Allow(List.of("dlp: seen")));
    assertThat(asked.get())
        .startsWith("POST /check")
        .containsIgnoringCase("authorization: Bearer hook-secret")
        .endsWith("{\"direction\":\"request\",\"text\":\"Hi 🙂 Jane Doe!\"}");
  }

  @Test
  void denial_hasItsReason() throws InterruptedException {
    assertThat(ruling("{\"action\":\"deny\",\"token\":\"names\",\"reason\":\"no names, please\"}"))
        .isEqualTo(new Ruling.Deny("names", "no names, please", List.of()));
    assertThat(ruling("{\"action\":\"deny\"}"))
        .isEqualTo(new Ruling.Deny("denied", "denied by the guardrail \"dlp\"", List.of()));
  }

  @Test
  void redaction_countsCharactersNotUnits() throws InterruptedException {
    Ruling ruling = ruling("{\"action\":\"redact\",\"hits\":[{\"token\":\"name\",\"from\":5,\"to\":13}]}");
    assertThat(((Ruling.Redact) ruling).apply(PASSAGE.text())).isEqualTo("Hi 🙂 [redacted:name]!");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          500 | {"action":"allow"}                                        | status 500
          302 | {"action":"allow"}                                        | status 302
          200 | allow                                                     | an answer that is not JSON
          200 | {"action":"Allow"}                                        | an answer without a known action
          200 | []                                                        | an answer without a known action
          200 | {"action":"redact"}                                       | a redaction without hits
          200 | {"action":"redact","hits":[{"from":5,"to":99}]}           | a hit outside the text
          200 | {"action":"redact","hits":[{"from":-1,"to":2}]}           | a hit outside the text
          200 | {"action":"deny","token":"Not a token"}                   | a token that is not a word of small letters, digits and hyphens
          """)
  void badAnswer_isAFailureWithTheStatedConsequence(int status, String body, String why) throws InterruptedException {
    upstream.on("/check", peer -> answer(peer, status, body));

    assertThat(guardrail(Duration.ofSeconds(20), OnFailure.DENY).check(PASSAGE))
        .isEqualTo(
            new Ruling.Deny(
                "guardrail-unavailable",
                "the guardrail \"dlp\" could not be asked, and nothing passes without it",
                List.of("dlp could not be asked (%s)".formatted(why))));
    assertThat(guardrail(Duration.ofSeconds(20), OnFailure.ALLOW).check(PASSAGE))
        .isEqualTo(new Ruling.Allow(List.of("dlp could not be asked (%s), so it was let pass".formatted(why))));
  }

  @Test
  void silentService_isGivenUp() throws InterruptedException {
    upstream.on("/check", RawUpstream.Peer::hang);
    assertThat(guardrail(Duration.ofMillis(50), OnFailure.ALLOW).check(PASSAGE))
        .isEqualTo(new Ruling.Allow(List.of("dlp could not be asked (no head in time), so it was let pass")));
  }

  @Test
  void serviceThatIsNotThere_isAFailure() throws Exception {
    WebhookGuardrail guardrail = guardrail(Duration.ofSeconds(20), OnFailure.DENY);
    upstream.close();
    assertThat(guardrail.check(PASSAGE).notes()).containsExactly("dlp could not be asked (not connected)");
  }

  /// A body that drips outlives no deadline: time passes with every piece.
  @Test
  void drippingAnswer_endsAtTheDeadline() throws InterruptedException {
    FakeTime time = new FakeTime();
    Transport dripping = new Dripping(time);
    WebhookGuardrail guardrail =
        new WebhookGuardrail(
            new WebhookGuardrail.Settings(
                "dlp", URI.create("https://hook.test/"), null, Duration.ofSeconds(2), OnFailure.ALLOW),
            dripping,
            time);
    assertThat(guardrail.check(PASSAGE).notes())
        .containsExactly("dlp could not be asked (no whole answer in time), so it was let pass");
  }

  private record Dripping(FakeTime time) implements Transport {
    @Override
    public Inbound send(Outbound outbound) {
      return new Inbound() {
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
          if (idle.isZero()) {
            throw new AssertionError("read on after the deadline");
          }
          time.pass(Duration.ofMillis(300));
          return new byte[] {' '};
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  @Test
  void settings_areChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("ftp://x.test/", Duration.ofSeconds(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> settings("https://x.test/", Duration.ZERO));
    assertThat(settings("https://x.test/", Duration.ofSeconds(1)).toString()).doesNotContain("hook-secret");
  }

  private static WebhookGuardrail.Settings settings(String address, Duration timeout) {
    return new WebhookGuardrail.Settings("dlp", URI.create(address), new Secret("hook-secret"), timeout, OnFailure.DENY);
  }
}
