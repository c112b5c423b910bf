// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Loss;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Usage;
import dev.auriga.consensus.Verdict;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Members;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.router.RouterTrace;
import dev.auriga.engine.Tries.Try;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import dev.auriga.route.Conversation;
import dev.auriga.route.Decision;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.Hints;
import dev.auriga.route.Policy;
import dev.auriga.route.Question;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
  private final Purse purse;
  private final Time time;
  private final long startedNanos;
  private final Instant startedAt;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Together together;
  private @Nullable String shadowOf;

  private @Nullable Decision decision;
  private @Nullable DecisionRecord decided;
  private Question question;
  private @Nullable Hold hold;
  private final Tries tries;
  private @Nullable Deployment server;
  private @Nullable Try answering;
  private String model = "";
  private volatile List<Loss> losses = List.of();
  private byte @Nullable [] body;
  private Headers limits = Headers.NONE;
  private @Nullable Usage usage;
  private @Nullable Cost cost;
  private @Nullable Duration firstToken;
  private volatile boolean faulted;
  private @Nullable Usage besideUsage;
  private @Nullable Cost besideCost;
  private @Nullable String composers;
  private @Nullable RawJson auriga;
  private @Nullable Verdict verdict;

  /// What a journey shares with all that is performed beside it.
  ///
  /// @param within what it is performed beside, absent for the request itself
  /// @param calls how many were begun by it, and by what is performed beside it
  /// @param shadows how many were sent beside the request
  private record Together(@Nullable Together within, AtomicInteger calls, AtomicInteger shadows) {
    Together() {
      this(null, new AtomicInteger(), new AtomicInteger());
    }

    Together beside() {
      return new Together(this, new AtomicInteger(), shadows);
    }

    void called(int more) {
      for (Together each = this; each != null; each = each.within) {
        each.calls.addAndGet(more);
      }
    }
  }

  public Journey(String id, Asked asked, Caller caller, Hints hints, Purse purse) {
    this(
        id, asked, caller, hints, purse, new Tries(), new Together(), purse.deadline().time().nanos(),
        purse.deadline().time().now());
  }

  private Journey(
      String id,
      Asked asked,
      Caller caller,
      Hints hints,
      Purse purse,
      Tries tries,
      Together together,
      long startedNanos,
      Instant startedAt) {
    this.id = id;
    this.tries = tries;
    this.together = together;
    this.asked = asked;
    this.caller = caller;
    this.hints = hints;
    this.purse = purse;
    this.question = new Question(asked.outline(), asked.bytes(), null, hints).within(caller.allowed());
    this.time = purse.deadline().time();
    this.startedNanos = startedNanos;
    this.startedAt = startedAt;
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
    return question;
  }

  /// The same with the conversation it belongs to, where the caller names one or something depends on it
  /// by `policy`.
  Question question(Policy policy) {
    Conversation conversation =
        hints.session() != null || policy.hasChoice(route())
            ? Conversation.of(caller.name(), hints.session(), asked.outline())
            : null;
    question = question.in(conversation);
    return question;
  }

  /// Where the conversation was before this request; null when that is not known.
  @Nullable Hold hold() {
    return hold;
  }

  void heldBy(@Nullable Hold before) {
    hold = before;
  }

  /// How many messages at the conversation's beginning hold state, if any, that was not made where
  /// `deployment` is.
  int foreignTo(Deployment deployment) {
    Hold before = hold;
    return before == null || !asked.outline().lineage().goesOn() ? 0 : before.foreignTo(deployment.place());
  }

  /// What a router may know the conversation by: the same for every turn, and no text or name can be read
  /// from it. Null where nothing is known.
  @Nullable String session() {
    Conversation conversation = question().conversation();
    return conversation == null ? null : conversation.root();
  }

  Deadline deadline() {
    return purse.deadline();
  }

  Purse purse() {
    return purse;
  }

  /// What was asked for: a route's name, or a deployment's; cut where it is longer than any can be.
  public String route() {
    String name = asked.outline().model();
    return name.length() <= Caller.LONGEST_NAME ? name : name.substring(0, Caller.LONGEST_NAME) + "…";
  }

  /// The decision, null until it has been made.
  public @Nullable Decision decision() {
    return decision;
  }

  /// Every attempt so far, in the order in which they began.
  public List<RequestRecord.Attempt> attempts() {
    return tries.all(startedNanos, time.nanos());
  }

  public int attemptCount() {
    return tries.count();
  }

  /// Whether no call was made for it.
  boolean isUncalled() {
    return together.calls.get() == 0;
  }

  /// A part of this journey that is performed beside it, on another thread.
  Journey beside() {
    Journey part = beside(asked);
    part.question = question;
    return part;
  }

  /// The same that asks something of its own.
  Journey beside(Asked other) {
    Journey part =
        new Journey(id, other, caller, hints, purse, tries, together.beside(), startedNanos, startedAt);
    part.decision = decision;
    part.hold = hold;
    return part;
  }

  /// The journey of a request that is sent beside this one, and whose answer nobody waits for; it has
  /// a purse of its own, because this one's client gets nothing for it.
  Journey shadow() {
    int number = together.shadows.incrementAndGet();
    String name = number == 1 ? id + "-shadow" : id + "-shadow-" + number;
    Journey shadow = new Journey(name, asked, caller, hints, purse.another());
    shadow.decision = decision;
    shadow.question = question;
    shadow.hold = hold;
    shadow.shadowOf = id;
    return shadow;
  }

  /// Whether nobody waits for its answer.
  boolean isShadow() {
    return shadowOf != null;
  }

  /// Makes the answer of `part`, which was performed beside this, the answer of this.
  void follow(Journey part) {
    server = part.server;
    answering = part.answering;
    model = part.model;
    losses = part.losses;
    limits = part.limits;
    firstToken = part.firstToken;
    besideUsage = part.besideUsage;
    besideCost = part.besideCost;
    composers = part.composers;
    auriga = part.auriga;
    verdict = part.verdict;
    usage = part.usage;
    cost = part.cost;
  }

  /// The answer of `part` was used for this one's: what it took is paid for, and what was lost on its way
  /// is lost here.
  void used(Journey part) {
    Try answer = part.answering;
    if (answer != null) {
      tries.used(answer);
    }
    Usage counted = part.usage;
    Cost price = part.cost;
    besideUsage = counted == null ? besideUsage : besideUsage == null ? counted : besideUsage.plus(counted);
    besideCost = price == null ? besideCost : besideCost == null ? price : besideCost.plus(price);
    alsoLost(part.losses);
  }

  /// Several answer: `names` and `models` say who, and `what` is told beside the answer.
  void composed(String names, String models, RawJson what) {
    composers = names;
    model = models;
    auriga = what;
    usage = besideUsage;
    cost = besideCost;
    firstToken = took();
  }

  /// What is told beside the answer; null where nothing is.
  public @Nullable RawJson auriga() {
    return auriga;
  }

  /// What a panel's answers came to; null where one alone was asked.
  public @Nullable Verdict verdict() {
    return verdict;
  }

  void reached(Verdict what) {
    verdict = what;
  }

  /// The answer of `part`, which is still to come, is this one's, and `what` is told beside it.
  void answers(Journey part, RawJson what) {
    server = part.server;
    answering = part.answering;
    model = part.model;
    limits = part.limits;
    firstToken = part.firstToken;
    auriga = what;
    alsoLost(part.losses);
  }

  /// The deployment that answers, null while none does.
  public @Nullable Deployment server() {
    return server;
  }

  /// The model that answers, as its provider names it; empty while unknown.
  public String model() {
    return model;
  }

  /// Who answers, as clients are told: the deployment, or several with commas between them, or for a deployment that is itself a router
  /// the model it chose. Null while nobody does.
  public @Nullable String servedBy() {
    if (composers != null) {
      return composers;
    }
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

  /// Notes how it was decided; throws the refusal where that is what was decided.
  Decision decided(DecisionRecord made) {
    decided = made;
    Decision chosen = made.decision();
    decision = chosen;
    return chosen;
  }

  /// A call to `deployment` begins, with so much held for it by the purse.
  Try begins(Deployment deployment, long nanos, long held) {
    together.called(1);
    return tries.begin(deployment.name(), nanos, held);
  }

  /// A failure is taken to have cost nothing; where it may have, the purse keeps what it held.
  void failed(Try attempt, Failure failure) {
    if (tries.failed(attempt, failure, time.nanos())) {
      purse.settle(attempt.held(), failure.kind().mayBeBilled() ? attempt.held() : 0);
    }
  }

  /// The call was not made after all.
  void unsent(Try attempt) {
    together.called(-1);
    tries.unsent(attempt);
    purse.putBack(attempt.held());
  }

  /// `attempt` is answered by `deployment`.
  void servedBy(
      Deployment deployment, Try attempt, String answeringModel, List<Loss> lost) {
    tries.answered(attempt, time.nanos());
    server = deployment;
    answering = attempt;
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
    return whole.passes() ? whole.body() : words();
  }

  /// What the client is told for `composed`.
  public byte[] body(Reply.Composed composed) {
    SequencedMap<String, byte[]> beside = new LinkedHashMap<>();
    beside.put("auriga", composed.auriga().text().getBytes(StandardCharsets.UTF_8));
    return Members.add(words(), beside);
  }

  private byte[] words() {
    return Objects.requireNonNull(body, "an answer that was not put in words");
  }

  /// Adds what was lost of the answer on its way to the client, before the journey ends.
  public void alsoLost(List<Loss> more) {
    if (!more.isEmpty()) {
      losses = Stream.concat(losses.stream(), more.stream()).distinct().toList();
    }
  }

  /// No provider was asked: we answer ourselves, in a deployment's place.
  void answeredFor(Deployment deployment, List<Loss> lost) {
    server = deployment;
    losses = lost;
    firstToken = took();
  }

  /// How the router behind the answering deployment says it chose; absent where it says nothing.
  void routed(@Nullable RouterTrace trace) {
    Try answer = answering;
    if (answer != null && trace != null) {
      tries.routed(answer, trace);
    }
  }

  void settled(String answeringModel, @Nullable Usage counted, @Nullable Cost price) {
    model = answeringModel.isEmpty() ? model : answeringModel;
    usage = besideUsage == null || counted == null ? counted : counted.plus(besideUsage);
    cost = besideCost == null || price == null ? price : price.plus(besideCost);
    Try answer = answering;
    if (answer != null) {
      tries.cost(answer, price);
      // What is not known to have cost less may have cost what was held.
      purse.settle(answer.held(), price instanceof Cost.Priced known ? known.micros() : answer.held());
    }
  }

  /// Books every call that nobody waited for at what `price` says of its deployment.
  void abandonRest(Function<String, Cost> price) {
    for (Try attempt : tries.abandonAllBut(answering, time.nanos())) {
      Cost estimate = price.apply(attempt.deployment());
      tries.cost(attempt, estimate);
      purse.settle(
          attempt.held(), estimate instanceof Cost.Priced known ? known.micros() : attempt.held());
      cost = cost == null ? estimate : cost.plus(estimate);
    }
  }

  /// A fault of Auriga's own ended the telling of its answer.
  public void faulted() {
    faulted = true;
  }

  boolean isFaulted() {
    return faulted;
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
        asked.outline().streamed(), ending, servedBy(), model, attempts(), usage, cost, losses,
        0, tries.passedOver(), decided,
        took(), firstToken, detail);
  }
}
