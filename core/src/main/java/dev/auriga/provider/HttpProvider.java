// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.completion.TokenCount;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.EmbeddingDialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.RateLimits;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.router.Routed;
import dev.auriga.reasoning.Vault;
import dev.auriga.resilience.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A provider reached over HTTP: a dialect, an endpoint, a credential and a transport.
///
/// The client's bytes go through when the client speaks this provider's dialect; else the request
/// is translated afresh from the neutral one at every attempt.
public final class HttpProvider implements Provider {
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

  @Override
  public boolean does(Operation operation) {
    return switch (operation) {
      case COMPLETION -> true;
      case COUNT -> endpoint.countUri("") != null;
      case EMBEDDING -> endpoint.embedding("") != null;
    };
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    Call bounded =
        call.within(within(call.deadline(), call.deployment().limits().timeouts().total()));
    return switch (call.asked()) {
      case Asked.ToComplete asked -> complete(asked, bounded);
      case Asked.ToCount asked -> count(asked, bounded);
      case Asked.ToEmbed asked -> embed(asked, bounded);
    };
  }

  /// A deployment's own total bounds each attempt, so that there is time left for a fallback.
  private static Deadline within(Deadline deadline, Duration total) {
    return Deadline.in(deadline.atMost(total), deadline.time());
  }

  private Reply complete(Asked.ToComplete asked, Call call) throws InterruptedException {
    Guidance guidance = Guidance.of(call);
    Outgoing plain = outgoing(asked, call);
    Outgoing out = plain.guided(guidance);
    keepFaith(call, out.losses());
    boolean streamed = asked.outline().streamed();
    Deadline firstEvent = firstEvent(call, streamed);
    Post post =
        new Post(
            uri(call.deployment().target().model(), streamed),
            out.body(),
            out.headers(),
            streamed ? Transport.Shape.STREAMED : Transport.Shape.WHOLE,
            out.body().length > plain.body().length ? guidance : guidance.withoutFields());
    return exchange(
        post,
        call,
        firstEvent,
        inbound -> streamed ? streaming(inbound, call, firstEvent, out) : whole(inbound, call, out));
  }

  private static void keepFaith(Call call, List<Loss> losses) {
    if (call.fidelity() == Fidelity.STRICT && !losses.isEmpty()) {
      throw new LossyRequest(call.deployment().name(), losses);
    }
  }

  private Outgoing outgoing(Asked.ToComplete asked, Call call) {
    Scan.Passage passage = asked.passageTo(dialect);
    return passage != null
        ? Outgoing.of(passage, call, endpoint.passes().of(asked.passed()))
        : Outgoing.of(new Translation(asked, call, dialect, vault));
  }

  private Reply count(Asked.ToCount asked, Call call) throws InterruptedException {
    Counting counting = dialect.counting();
    Target target = call.deployment().target();
    URI uri = endpoint.countUri(target.model());
    if (counting == null || uri == null) {
      return offered("no counting of tokens");
    }
    Scan.Passage passage = asked.passageTo(dialect);
    Outgoing out =
        passage != null
            ? Outgoing.of(passage, call, endpoint.passes().of(asked.passed()))
            : Outgoing.of(new Translation(asked.prompt(), call, dialect, vault));
    keepFaith(call, out.losses());
    byte[] body = out.passes() ? out.body() : counting.ask(out.body(), target.model());
    return exchange(
        Post.whole(uri, body, out.headers()),
        call,
        call.deadline(),
        inbound -> {
          byte[] answer = collect(inbound, call.deadline(), call);
          Long tokens = counting.read(answer);
          return tokens == null
              ? new Reply.Failed(dialect.readFailure(200, Headers.NONE, answer))
              : new Reply.Counted(TokenCount.counted(tokens), out.losses());
        });
  }

  private Reply embed(Asked.ToEmbed asked, Call call) throws InterruptedException {
    Target target = call.deployment().target();
    Endpoint.Embedding embedding = endpoint.embedding(target.model());
    if (embedding == null) {
      return offered("no embeddings");
    }
    EmbeddingDialect format = embedding.dialect();
    Scan.Passage passage = asked.passageTo(format.name());
    if (passage != null) {
      Outgoing out = Outgoing.of(passage, call, endpoint.passes().of(asked.passed()));
      return exchange(
          Post.whole(embedding.uri(), out.body(), out.headers()),
          call,
          call.deadline(),
          inbound -> {
            byte[] answer = collect(inbound, call.deadline(), call);
            return new Reply.Embedded(
                answer, format.glance(answer), Reply.Passing.UNCHANGED, out.losses());
          });
    }
    Written written = format.write(asked.request(), target);
    keepFaith(call, written.losses());
    return exchange(
        Post.whole(embedding.uri(), written.body(), Headers.NONE),
        call,
        call.deadline(),
        inbound -> {
          byte[] answer = collect(inbound, call.deadline(), call);
          return new Reply.Embedded(
              answer,
              named(format.read(answer), target),
              Reply.Passing.TRANSLATED,
              written.losses());
        });
  }

  /// A provider that does not say who answered answers by the model it was asked for.
  private static Embeddings named(Embeddings embeddings, Target target) {
    return embeddings.model().isEmpty() ? embeddings.withModel(target.model()) : embeddings;
  }

  private static Reply offered(String lack) {
    return new Reply.Failed(Failure.of(FailureKind.NOT_FOUND, "the provider offers " + lack));
  }

  /// A request in the provider's dialect, and the translation it is where it is one.
  ///
  /// @param headers the client's own; they mean something in its dialect alone
  private record Outgoing(
      byte[] body, Headers headers, List<Loss> losses, @Nullable Translation translation) {
    static Outgoing of(Scan.Passage passage, Call call, PassedHeaders.Passed passed) {
      Target target = call.deployment().target();
      List<Loss> losses = new ArrayList<>(passed.losses());
      Written written =
          switch (call.state()) {
            case KEPT -> call.foreign() == 0 ? passage.to(target) : ownState(passage, call);
            case DROPPED -> {
              losses.add(new Loss(Loss.Reason.REFUSED_SIGNATURE, "messages"));
              Written bare = passage.withoutState(target, Integer.MAX_VALUE);
              yield new Written(bare.body(), bare.losses().stream().filter(loss -> !isForeign(loss)).toList());
            }
          };
      losses.addAll(written.losses());
      return new Outgoing(written.body(), passed.headers(), losses, null);
    }

    /// Without what was made elsewhere; the client's own bytes where there is nothing of it in them.
    private static Written ownState(Scan.Passage passage, Call call) {
      Target target = call.deployment().target();
      Written bare = passage.withoutState(target, call.foreign());
      return bare.losses().stream().anyMatch(Outgoing::isForeign) ? bare : passage.to(target);
    }

    private static boolean isForeign(Loss loss) {
      return loss.reason() == Loss.Reason.FOREIGN_SIGNATURE;
    }

    static Outgoing of(Translation translation) {
      Written written = translation.written();
      return new Outgoing(written.body(), Headers.NONE, written.losses(), translation);
    }

    /// The same with what a router is told.
    Outgoing guided(Guidance guidance) {
      List<Loss> all = new ArrayList<>(losses);
      all.addAll(guidance.losses());
      return new Outgoing(guidance.in(body), headers, all, translation);
    }

    boolean passes() {
      return translation == null;
    }

    @Nullable Dialect client() {
      return translation == null ? null : translation.client();
    }
  }

  /// What is sent, and where; `passed` are the client's own headers, `guidance` is what the body tells a
  /// router.
  private record Post(
      URI uri, byte[] body, Headers passed, Transport.Shape shape, Guidance guidance) {
    static Post whole(URI uri, byte[] body, Headers passed) {
      return new Post(uri, body, passed, Transport.Shape.WHOLE, Guidance.NONE);
    }
  }

  /// Reads an answer with a status of success.
  private interface Reading {
    Reply read(Transport.Inbound inbound) throws TransportFailure, InterruptedException;
  }

  private Reply exchange(Post post, Call call, Deadline head, Reading reading)
      throws InterruptedException {
    try {
      Headers.Field key = credential == null ? null : credential.header();
      Transport.Inbound inbound = transport.send(outbound(post, call, head, key));
      try {
        return inbound.status() / 100 == 2
            ? reading.read(inbound)
            : refused(inbound, head, call, post.guidance, key);
      } catch (TransportFailure | InterruptedException | RuntimeException lost) {
        inbound.close();
        throw lost;
      }
    } catch (TransportFailure failure) {
      return new Reply.Failed(Failures.of(failure));
    } catch (BadReply bad) {
      return new Reply.Failed(bad.failure());
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
      Post post, Call call, Deadline head, Headers.@Nullable Field key) {
    Headers headers = endpoint.headers();
    if (key != null) {
      headers = headers.with(key.name(), key.value());
    }
    return new Transport.Outbound(
        "POST",
        post.uri,
        post.passed.over(post.guidance.headers()).over(headers),
        post.body,
        post.shape,
        call.deadline().atMost(call.deployment().limits().timeouts().connect()),
        head.left());
  }

  /// Addresses are put together once for each model: there are as many as deployments.
  private URI uri(String model, boolean streamed) {
    return (streamed ? streamedUris : wholeUris)
        .computeIfAbsent(model, name -> endpoint.uri(name, streamed));
  }

  private Reply refused(
      Transport.Inbound inbound,
      Deadline until,
      Call call,
      Guidance guidance,
      Headers.@Nullable Field key)
      throws TransportFailure, InterruptedException {
    byte[] body = ReplyBody.without(key, collect(inbound, until, call));
    Failure failure =
        guidance.judged(dialect.readFailure(inbound.status(), inbound.headers(), body), body);
    return credential == null || key == null
        ? new Reply.Failed(failure)
        : new Reply.Failed(failure, credential.failed(key, failure));
  }

  /// What is to be translated is read here, so that a reply that cannot be read is a failed attempt;
  /// whether one without tokens counted any, only a glance tells.
  private Reply whole(Transport.Inbound inbound, Call call, Outgoing out)
      throws TransportFailure, InterruptedException {
    byte[] body = collect(inbound, call.deadline(), call);
    Translation translation = out.translation();
    Completion read = translation == null ? null : dialect.readReply(body);
    Glance glance =
        read == null || read.usage().equals(Usage.NONE) ? dialect.glance(body) : Glance.of(read);
    return new Reply.Whole(
        dialect,
        body,
        glance,
        translation == null || read == null ? null : translation.inward(read),
        out.losses(),
        limits(inbound, out),
        Routed.in(body, call.deployment().router()));
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
            inbound, dialect, out.translation(), call.deployment(), call.deadline());
    Failure failure = stream.open(firstEvent);
    if (failure != null) {
      stream.close();
      return new Reply.Failed(failure);
    }
    return new Reply.Streaming(stream, out.losses(), limits(inbound, out));
  }

  /// What the answer says about limits, in the client's dialect: as it came where that is the
  /// provider's, renamed where it is another, nothing for a Java caller.
  private Headers limits(Transport.Inbound inbound, Outgoing out) {
    Headers said = RateLimits.fields(inbound.headers());
    if (out.passes() || said.fields().isEmpty()) {
      return said;
    }
    Dialect client = out.client();
    return client == null ? Headers.NONE : client.writeLimits(dialect.readLimits(said));
  }

  private static byte[] collect(Transport.Inbound inbound, Deadline until, Call call)
      throws TransportFailure, InterruptedException {
    return ReplyBody.collect(inbound, until, call.deployment().limits().replyBytes());
  }
}
