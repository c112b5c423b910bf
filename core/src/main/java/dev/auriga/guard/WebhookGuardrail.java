// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import dev.auriga.completion.Secret;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Asks a service of the operator's about each text: a POST of
/// `{"direction": "request" | "answer", "text": …}`, answered as [WebhookReply] reads it.
///
/// The address comes from the configuration alone, redirects are not followed, and one deadline
/// covers everything. A service that fails, in whatever way, has the stated consequence, with a note.
public final class WebhookGuardrail implements Guardrail {
  private static final int MOST_BYTES = 1024 * 1024;

  /// What becomes of a text when the service cannot be asked.
  public enum OnFailure {
    DENY,
    ALLOW
  }

  /// Where and how the service is asked.
  ///
  /// @param bearer sent as `authorization: Bearer …`; null for none
  /// @param timeout for the whole exchange
  public record Settings(
      String name, URI address, @Nullable Secret bearer, Duration timeout, OnFailure onFailure) {
    public Settings {
      if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
        throw new IllegalArgumentException("a webhook is asked over http or https: " + address.getScheme());
      }
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("a timeout is longer than nothing: " + timeout);
      }
    }
  }

  private final Settings settings;
  private final Transport transport;
  private final Time time;

  public WebhookGuardrail(Settings settings, Transport transport, Time time) {
    this.settings = settings;
    this.transport = transport;
    this.time = time;
  }

  @Override
  public Ruling check(Passage passage) throws InterruptedException {
    try {
      return WebhookReply.ruling(settings.name(), answer(passage), passage.text());
    } catch (TransportFailure failure) {
      return failed(failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    } catch (WebhookReply.Unusable unusable) {
      return failed(String.valueOf(unusable.getMessage()));
    }
  }

  private byte[] answer(Passage passage)
      throws TransportFailure, InterruptedException, WebhookReply.Unusable {
    Deadline deadline = Deadline.in(settings.timeout(), time);
    byte[] body =
        Json.write(Json.object().put("direction", passage.direction().token()).put("text", passage.text()));
    Headers headers = Headers.of("content-type", "application/json", "accept", "application/json");
    Secret bearer = settings.bearer();
    Transport.Outbound outbound =
        new Transport.Outbound(
            "POST",
            settings.address(),
            bearer == null ? headers : headers.with("authorization", "Bearer " + bearer.reveal()),
            body,
            Transport.Shape.WHOLE,
            deadline.left(),
            deadline.left());
    try (Transport.Inbound inbound = transport.send(outbound)) {
      if (inbound.status() != 200) {
        throw new WebhookReply.Unusable("status " + inbound.status());
      }
      return whole(inbound, deadline);
    }
  }

  private static byte[] whole(Transport.Inbound inbound, Deadline deadline)
      throws TransportFailure, InterruptedException, WebhookReply.Unusable {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] piece = inbound.read(deadline.left()); piece != null; piece = inbound.read(deadline.left())) {
      body.writeBytes(piece);
      if (body.size() > MOST_BYTES) {
        throw new WebhookReply.Unusable("an answer over %d bytes".formatted(MOST_BYTES));
      }
      if (deadline.hasPassed()) {
        throw new WebhookReply.Unusable("no whole answer in time");
      }
    }
    return body.toByteArray();
  }

  private Ruling failed(String why) {
    String note = "%s could not be asked (%s)".formatted(settings.name(), why);
    return switch (settings.onFailure()) {
      case ALLOW -> new Ruling.Allow(List.of(note + ", so it was let pass"));
      case DENY ->
          new Ruling.Deny(
              "guardrail-unavailable",
              "the guardrail \"%s\" could not be asked, and nothing passes without it".formatted(settings.name()),
              List.of(note));
    };
  }
}
