// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Unfolding;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import dev.auriga.consensus.Agreement;
import dev.auriga.consensus.Verdict;
import dev.auriga.engine.Caller;
import dev.auriga.engine.Engine;
import dev.auriga.engine.Fleet;
import dev.auriga.engine.Journey;
import dev.auriga.engine.Purse;
import dev.auriga.engine.Telling;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Reply;
import dev.auriga.provider.ReplyStream;
import dev.auriga.records.Records;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Room;
import dev.auriga.resilience.Time;
import dev.auriga.route.Decision;
import dev.auriga.route.Hints;
import dev.auriga.route.Policy;
import dev.auriga.tokens.Estimates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives many language models as one: decides who serves, calls, falls back, and says what it did.
///
/// Thread-safe: one instance serves a whole program. A thread that is interrupted while it waits
/// for an answer cancels the call upstream and gets a [CancellationException], its interrupt flag
/// set again. Closing gives up the connections; answers under way fail.
public final class Orchestrator implements AutoCloseable {
  private final Config config;
  private final Policy policy;
  private final Fleet fleet;
  private final Engine engine;
  private final Time time;
  private final Providers providers;
  private final Discovery discovery;
  private final Estimates estimates;
  private final Records records;
  private final Room bodies;
  private final String idPrefix;
  private final AtomicLong requests = new AtomicLong();

  Orchestrator(Assembler.Assembled assembled) {
    this.config = assembled.config();
    this.policy = assembled.policy();
    this.fleet = assembled.fleet();
    this.engine = assembled.engine();
    this.time = assembled.time();
    this.providers = assembled.providers();
    this.discovery = assembled.discovery();
    this.estimates = assembled.estimates();
    this.records = assembled.records();
    this.bodies = assembled.bodies();
    this.idPrefix = "req_" + Long.toString(time.now().toEpochMilli(), 36) + "_";
  }

  /// Reads `file` and builds what it says.
  ///
  /// Throws [dev.auriga.config.ConfigProblems] with every problem of the file.
  public static Orchestrator open(Path file) {
    return of(ConfigFile.read(file, System.getenv()));
  }

  /// Builds what `config` says, over the JDK's HTTP client and with a log line for each request.
  public static Orchestrator of(Config config) {
    return of(config, Assembler.Parts.usual());
  }

  /// Builds what `config` says from the given parts.
  public static Orchestrator of(Config config, Assembler.Parts parts) {
    Orchestrator orchestrator = new Orchestrator(new Assembler(config, parts).assemble());
    orchestrator.discovery.start();
    return orchestrator;
  }

  /// Asks route `auto`.
  public Answer ask(String prompt) {
    return ask(prompt, _ -> {});
  }

  /// Asks; `wishes` says what beside the text.
  ///
  /// Throws [AnswerFailed] when no deployment answered or the answer broke off,
  /// [dev.auriga.completion.Refusal] when Auriga itself says no.
  public Answer ask(String prompt, Consumer<Ask> wishes) {
    Ask ask = new Ask(prompt);
    wishes.accept(ask);
    Journey journey =
        journey(
            Asked.of(ask.request(config.defaults().maxTokens())),
            Caller.PROGRAM,
            ask.hints(),
            ask.bounds());
    try {
      return answer(complete(journey), journey, ask.listener());
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + journey.route());
    }
  }

  /// Asks every one of `members` (routes or deployments) the same and compares what they say.
  ///
  /// Members are asked at once; one that fails is absent from the verdict, with the reason.
  public Verdict consensus(String prompt, String... members) {
    return Panel.of(this, prompt, members).verdict(Agreement.USUAL);
  }

  /// The decision for a request as of now, without calling anything.
  public Decision explain(Asked asked, Caller caller, Hints hints) {
    return engine.explain(journey(asked, caller, hints, Bounds.USUAL));
  }

  /// The decision for a question to route `auto`, without calling anything.
  public Decision explain(String prompt, Consumer<Ask> wishes) {
    Ask ask = new Ask(prompt);
    wishes.accept(ask);
    return explain(
        Asked.of(ask.request(config.defaults().maxTokens())), Caller.PROGRAM, ask.hints());
  }

  /// A journey for a request that comes in now, within `bounds` and never beyond the configured ones.
  public Journey journey(Asked asked, Caller caller, Hints hints, Bounds bounds) {
    Duration total = config.timeouts().total();
    Duration deadline = bounds.deadline();
    Duration limit = deadline == null || deadline.compareTo(total) > 0 ? total : deadline;
    int most = config.retries().attemptsPerRequest();
    Integer attempts = bounds.attempts();
    return new Journey(
        newId(), asked, caller, hints,
        new Purse(
            Deadline.in(limit, time),
            attempts == null ? most : Math.min(attempts, most),
            hints.maxCost()));
  }

  /// What a caller allows a request to take; what it costs is limited by the hints.
  ///
  /// @param deadline the most time, absent for the configured one
  /// @param attempts the most calls upstream, at least 1; absent for the configured number
  public record Bounds(@Nullable Duration deadline, @Nullable Integer attempts) {
    /// The configured ones.
    public static final Bounds USUAL = new Bounds(null, null);

    public Bounds {
      if (attempts != null && attempts < 1) {
        throw new IllegalArgumentException("at least one attempt, not " + attempts);
      }
    }
  }

  /// The id of one more request, unique in this instance.
  public String newId() {
    return idPrefix + Long.toString(requests.incrementAndGet(), 36);
  }

  /// Takes a journey through the engine; whoever calls tells the reply and closes its stream.
  public Reply complete(Journey journey) throws InterruptedException {
    return engine.complete(journey);
  }

  /// Learns how the answer to request `id` came out, 1 for well and 0 for badly, for routes that choose
  /// the best. False when no such request is waiting for its outcome; throws
  /// [IllegalArgumentException] for another score.
  public boolean cameOut(String id, double score) {
    return cameOut(id, Caller.PROGRAM, score);
  }

  /// The same, told by `by`: false also when the request was another caller's, unless they are an admin.
  public boolean cameOut(String id, Caller by, double score) {
    return engine.cameOut(id, by, score);
  }

  /// What this instance was built from.
  public Config config() {
    return config;
  }

  /// The routes and deployments there are.
  public Policy policy() {
    return policy;
  }

  /// The deployments and their state.
  public Fleet fleet() {
    return fleet;
  }

  /// The room for the bodies of all requests in flight, and of what is sent beside them.
  public Room bodies() {
    return bodies;
  }

  /// What became of requests, and how they were decided.
  public Records records() {
    return records;
  }

  private static Answer answer(
      Reply reply, Journey journey, @Nullable Consumer<? super Chunk> listener)
      throws InterruptedException {
    return switch (reply) {
      case Reply.Whole whole -> Answer.of(journey, whole.completion());
      case Reply.Streaming streaming ->
          Answer.of(journey, folded(streaming.stream(), journey, listener));
      case Reply.Composed composed -> {
        if (listener != null) {
          Unfolding.of(composed.completion()).forEach(listener);
        }
        yield Answer.of(journey, composed.completion());
      }
      case Reply.Counted _, Reply.Embedded _ ->
          throw new IllegalStateException("a completion was asked for");
      case Reply.Failed failed ->
          throw new AnswerFailed(
              Telling.problem(journey, failed.failure()).message(),
              failed.failure(),
              journey.attempts());
    };
  }

  /// Pulls the stream to its end, telling `listener` each chunk.
  private static Completion folded(
      ReplyStream stream, Journey journey, @Nullable Consumer<? super Chunk> listener)
      throws InterruptedException {
    ChunkFold fold = new ChunkFold();
    try (stream) {
      while (true) {
        switch (stream.next()) {
          case ReplyStream.Step.Events events ->
              events
                  .chunks()
                  .forEach(
                      chunk -> {
                        fold.add(chunk);
                        if (listener != null) {
                          listener.accept(chunk);
                        }
                      });
          case ReplyStream.Step.Ended _ -> {
            return fold.completion();
          }
          case ReplyStream.Step.Broken broken ->
              throw new AnswerFailed(
                  Telling.brokenOff(journey, broken.failure()).message(),
                  broken.failure(),
                  journey.attempts());
        }
      }
    }
  }

  @Override
  public void close() {
    discovery.close();
    estimates.close();
    providers.close();
    records.close();
  }
}
