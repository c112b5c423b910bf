// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Written;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import dev.auriga.route.Conversation;
import dev.auriga.route.Decision;
import dev.auriga.route.Hints;
import dev.auriga.route.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One request on its way: who asked what, and what has come of it so far.
///
/// Belongs to the thread that performs the request; written by the engine, read by the endpoint
/// that tells the client. Only [#ends] may be raced, and the first ending wins. What is performed
/// beside it has a journey of its own, [#beside], whose attempts count as this one's.
public final class Journey {
  private final String id;
  private final Asked asked;
  private final Caller caller;
  private final Hints hints;
  private final Deadline deadline;
  private final Time time;
  private final long startedNanos;
  private final Instant startedAt;
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable String shadowOf;

  private boolean isShadow;
  private @Nullable Decision decision;
  private final Tries tries;
  private @Nullable Deployment server;
  private long servedSince;
  private String model = "";
  private volatile List<Loss> losses = List.of();
  private byte @Nullable [] body;
  private Headers limits = Headers.NONE;
  private @Nullable Usage usage;
  private @Nullable Cost cost;
  private @Nullable Duration firstToken;

  public Journey(String id, Asked asked, Caller caller, Hints hints, Deadline deadline) {
    this(id, asked, caller, hints, deadline, new Tries());
  }

  private Journey(
      String id, Asked asked, Caller caller, Hints hints, Deadline deadline, Tries tries) {
    this.id = id;
    this.tries = tries;
    this.asked = asked;
    this.caller = caller;
    this.hints = hints;
    this.deadline = deadline;
    this.time = deadline.time();
    this.startedNanos = time.nanos();
    this.startedAt = time.now();
  }

  public String id() {
    return id;
  }

  public Asked asked() {
    return asked;
  }

  public Caller caller() {
    return caller;
  }

  /// What decisions know of the request.
  Question question() {
    Conversation conversation = Conversation.of(caller.name(), hints.session(), asked.outline());
    return new Question(asked.outline(), asked.bytes(), conversation, hints, caller.allowed());
  }

  Deadline deadline() {
    return deadline;
  }

  /// What was asked for: a route's name, or a deployment's.
  public String route() {
    return asked.outline().model();
  }

  /// The decision, null until it has been made.
  public @Nullable Decision decision() {
    return decision;
  }

  /// Every attempt so far, in the order in which they ended.
  public List<RequestRecord.Attempt> attempts() {
    return tries.all();
  }

  public int attemptCount() {
    return tries.count();
  }

  /// A part of this journey that is performed beside it, on another thread.
  Journey beside() {
    Journey part = new Journey(id, asked, caller, hints, deadline, tries);
    part.decision = decision;
    return part;
  }

  /// The journey of a request that is sent beside this one and whose answer nobody waits for.
  Journey shadow() {
    Journey shadow = new Journey(id + "-shadow", asked, caller, hints, deadline);
    shadow.isShadow = true;
    shadow.decision = decision;
    shadow.shadowOf = id;
    return shadow;
  }

  /// Whether nobody waits for its answer.
  boolean isShadow() {
    return isShadow;
  }

  /// Makes the answer of `part`, which was performed beside this, the answer of this.
  void follow(Journey part) {
    server = part.server;
    servedSince = part.servedSince;
    model = part.model;
    losses = part.losses;
    limits = part.limits;
    firstToken = part.firstToken;
  }

  /// The deployment that answers, null while none does.
  public @Nullable Deployment server() {
    return server;
  }

  /// When the call that answers was made, by the journey's clock.
  long servedSince() {
    return servedSince;
  }

  /// The model that answers, as its provider names it; empty while unknown.
  public String model() {
    return model;
  }

  /// Who answers, as clients are told: the deployment, or for a deployment that is itself a router
  /// the model it chose. Null while nobody does.
  public @Nullable String servedBy() {
    Deployment known = server;
    if (known == null) {
      return null;
    }
    return known.isRouter() && !model.isEmpty() ? model : known.name();
  }

  /// What the answering attempt's request could not carry and, once it is told, the answer.
  public List<Loss> losses() {
    return losses;
  }

  /// What the answering provider says about its limits, as headers of the client's dialect.
  public Headers limits() {
    return limits;
  }

  /// The usage so far; null when no provider has counted any.
  public @Nullable Usage usage() {
    return usage;
  }

  /// What it cost; null until it is settled.
  public @Nullable Cost cost() {
    return cost;
  }

  public Duration took() {
    return Duration.ofNanos(time.nanos() - startedNanos);
  }

  /// From the start to the first meaningful event; null while there was none.
  public @Nullable Duration firstToken() {
    return firstToken;
  }

  /// Whether deployments may be asked that would lose something of the request.
  public Fidelity fidelity() {
    Decision made = decision;
    return made == null ? hints.fidelity() : made.fidelity();
  }

  /// The deployments that were not asked because they would lose something, in order.
  List<RequestRecord.PassedOver> passedOver() {
    return tries.passedOver();
  }

  void passedOver(String deployment, List<Loss> wouldLose) {
    tries.passedOver(new RequestRecord.PassedOver(deployment, wouldLose));
  }

  void decided(Decision made) {
    decision = made;
  }

  void attempted(Deployment deployment, long sinceNanos, @Nullable Failure failure) {
    tries.add(deployment.name(), Duration.ofNanos(time.nanos() - sinceNanos), failure);
  }

  void servedBy(
      Deployment deployment, long sinceNanos, String answeringModel, List<Loss> lost) {
    server = deployment;
    servedSince = sinceNanos;
    model = answeringModel;
    losses = lost;
    firstToken = took();
  }

  void limited(Headers said) {
    limits = said;
  }

  /// The answer in the client's words where they are a translation; null for a Java caller.
  void told(@Nullable Written words) {
    if (words != null) {
      body = words.body();
      alsoLost(words.losses());
    }
  }

  /// What the client is told for `whole`: the provider's own bytes, or their translation.
  public byte[] body(Reply.Whole whole) {
    return whole.passes() ? whole.body() : Objects.requireNonNull(body, "an answer that was not put in words");
  }

  /// Adds what was lost of the answer on its way to the client, before the journey ends.
  public void alsoLost(List<Loss> more) {
    if (!more.isEmpty()) {
      losses = Stream.concat(losses.stream(), more.stream()).distinct().toList();
    }
  }

  void settled(String answeringModel, @Nullable Usage counted, @Nullable Cost price) {
    model = answeringModel.isEmpty() ? model : answeringModel;
    usage = counted;
    cost = price;
  }

  /// The record of this journey if it ends here and now; null when it has ended before.
  @Nullable RequestRecord ends(RequestRecord.Ending ending, @Nullable String detail) {
    if (!ended.compareAndSet(false, true)) {
      return null;
    }
    Decision made = decision;
    return new RequestRecord(
        id, shadowOf, startedAt, caller.name(), asked.operation(), route(),
        made == null || made.task() == null ? null : made.task().token(),
        asked.outline().streamed(), ending, servedBy(), model, tries.all(), usage, cost, losses,
        tries.passedOver(),
        took(), firstToken, detail);
  }
}
