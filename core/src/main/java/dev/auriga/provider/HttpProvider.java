// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Written;
import dev.auriga.reasoning.Vault;
import dev.auriga.resilience.Deadline;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A provider reached over HTTP: a dialect, an endpoint, a credential and a transport.
///
/// The client's bytes go through when the client speaks this provider's dialect; else the request
/// is translated afresh from the neutral one at every attempt.
public final class HttpProvider implements Provider {
  /// What is shorter is found by chance in any text.
  private static final int SHORTEST_SECRET = 8;

  private final Dialect dialect;
  private final Endpoint endpoint;
  private final @Nullable Credential credential;
  private final Transport transport;
  private final Vault vault;
  private final Map<String, URI> wholeUris = new ConcurrentHashMap<>();
  private final Map<String, URI> streamedUris = new ConcurrentHashMap<>();

  /// `credential` is absent for servers that ask for none; `vault` keeps the reasoning state that
  /// clients of other dialects do not hand back.
  public HttpProvider(
      Endpoint endpoint, @Nullable Credential credential, Transport transport, Vault vault) {
    this.dialect = endpoint.dialect();
    this.endpoint = endpoint;
    this.credential = credential;
    this.transport = transport;
    this.vault = vault;
  }

  /// What is sent, and the translation it is where it is one.
  private record Outgoing(byte[] body, List<Loss> losses, @Nullable Translation translation) {
    static Outgoing of(Translation translation) {
      Written written = translation.written();
      return new Outgoing(written.body(), written.losses(), translation);
    }
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    return sendWithin(
        call.within(within(call.deadline(), call.deployment().limits().timeouts().total())));
  }

  /// A deployment's own total bounds each attempt, so that there is time left for a fallback.
  private static Deadline within(Deadline deadline, Duration total) {
    return Deadline.in(deadline.atMost(total), deadline.time());
  }

  private Reply sendWithin(Call call) throws InterruptedException {
    Scan.Passage passage = call.asked().passageTo(dialect);
    Outgoing out =
        passage != null
            ? new Outgoing(passage.to(call.deployment().target()), List.of(), null)
            : Outgoing.of(new Translation(call, dialect, vault));
    boolean streamed = call.asked().outline().streamed();
    Deadline firstEvent = firstEvent(call, streamed);
    try {
      Headers.Field key = credential == null ? null : credential.header();
      Transport.Inbound inbound = transport.send(outbound(call, out.body(), firstEvent, key));
      try {
        if (inbound.status() / 100 != 2) {
          return refused(inbound, firstEvent, call, key);
        }
        return streamed
            ? streaming(inbound, call, firstEvent, out)
            : whole(inbound, call, out);
      } catch (TransportFailure | InterruptedException | RuntimeException lost) {
        inbound.close();
        throw lost;
      }
    } catch (TransportFailure failure) {
      return new Reply.Failed(Failures.of(failure));
    } catch (CredentialFailure failure) {
      return new Reply.Failed(
          Failure.of(FailureKind.UNAUTHORISED, String.valueOf(failure.getMessage())));
    }
  }

  /// A whole answer may take as long as the attempt may; a stream has to begin sooner.
  private static Deadline firstEvent(Call call, boolean streamed) {
    Deadline deadline = call.deadline();
    Duration limit = call.deployment().limits().timeouts().firstEvent();
    return streamed ? within(deadline, limit) : deadline;
  }

  private Transport.Outbound outbound(
      Call call, byte[] body, Deadline firstEvent, Headers.@Nullable Field key) {
    boolean streamed = call.asked().outline().streamed();
    Headers headers = endpoint.headers();
    if (key != null) {
      headers = headers.with(key.name(), key.value());
    }
    if (call.asked().passageTo(dialect) != null) {
      headers = headers.and(call.asked().passed());
    }
    return new Transport.Outbound(
        "POST",
        uri(call.deployment().target().model(), streamed),
        headers,
        body,
        streamed ? Transport.Shape.STREAMED : Transport.Shape.WHOLE,
        call.deadline().atMost(call.deployment().limits().timeouts().connect()),
        firstEvent.left());
  }

  /// Addresses are put together once for each model: there are as many as deployments.
  private URI uri(String model, boolean streamed) {
    return (streamed ? streamedUris : wholeUris)
        .computeIfAbsent(model, name -> endpoint.uri(name, streamed));
  }

  private Reply refused(
      Transport.Inbound inbound, Deadline until, Call call, Headers.@Nullable Field key)
      throws TransportFailure, InterruptedException {
    byte[] body = masked(collect(inbound, until, call), key);
    Failure failure = dialect.readFailure(inbound.status(), inbound.headers(), body);
    if (failure.kind() == FailureKind.UNAUTHORISED && credential != null && credential.refused()) {
      return new Reply.Failed(failure.withRetryAfter(Duration.ZERO));
    }
    return new Reply.Failed(failure);
  }

  /// What is to be translated is read here, so that a reply that cannot be read is a failed attempt.
  /// An error's body without the credential, should the provider repeat it: clients are told what
  /// the provider said.
  private static byte[] masked(byte[] body, Headers.@Nullable Field key) {
    if (key == null) {
      return body;
    }
    String secret = key.value().substring(key.value().lastIndexOf(' ') + 1);
    String text = new String(body, StandardCharsets.UTF_8);
    return secret.length() >= SHORTEST_SECRET && text.contains(secret)
        ? text.replace(secret, "…").getBytes(StandardCharsets.UTF_8)
        : body;
  }

  private Reply whole(Transport.Inbound inbound, Call call, Outgoing out)
      throws TransportFailure, InterruptedException {
    byte[] body = collect(inbound, call.deadline(), call);
    Translation translation = out.translation();
    try {
      Glance glance = dialect.glance(body);
      return new Reply.Whole(
          dialect,
          body,
          glance,
          translation == null ? null : translation.inward(dialect.readReply(body)),
          out.losses());
    } catch (BadReply bad) {
      return new Reply.Failed(bad.failure());
    }
  }

  private Reply streaming(
      Transport.Inbound inbound, Call call, Deadline firstEvent, Outgoing out)
      throws TransportFailure, InterruptedException {
    String type = String.valueOf(inbound.headers().first("content-type"));
    if (type.startsWith("application/json")) {
      byte[] body = collect(inbound, firstEvent, call);
      return new Reply.Failed(dialect.readFailure(inbound.status(), inbound.headers(), body));
    }
    ReplyStream stream =
        new ReplyStream(
            inbound, dialect, out.translation(), call.deployment().limits(), call.deadline());
    Failure failure = stream.open(firstEvent);
    if (failure != null) {
      stream.close();
      return new Reply.Failed(failure);
    }
    return new Reply.Streaming(stream, out.losses());
  }

  /// The whole body; over the limit it is a failure, so that a provider cannot exhaust memory.
  private static byte[] collect(Transport.Inbound inbound, Deadline until, Call call)
      throws TransportFailure, InterruptedException {
    int most = call.deployment().limits().replyBytes();
    byte[] first = inbound.read(until.left());
    if (first == null) {
      inbound.close();
      return new byte[0];
    }
    ByteArrayOutputStream rest = null;
    for (byte[] more = inbound.read(until.left());
        more != null;
        more = inbound.read(until.left())) {
      if (rest == null) {
        rest = new ByteArrayOutputStream(first.length + more.length);
        rest.writeBytes(first);
      }
      rest.writeBytes(more);
      if (rest.size() > most) {
        throw new TransportFailure(
            TransportFailure.Kind.UNREADABLE, "the reply is over %d bytes".formatted(most));
      }
    }
    inbound.close();
    return rest == null ? first : rest.toByteArray();
  }
}
