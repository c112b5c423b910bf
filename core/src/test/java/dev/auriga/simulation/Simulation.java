// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.engine.Attempts;
import dev.auriga.engine.Caller;
import dev.auriga.engine.Engine;
import dev.auriga.engine.Fleet;
import dev.auriga.engine.Journey;
import dev.auriga.engine.Purse;
import dev.auriga.observe.RequestRecord;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.HttpProvider;
import dev.auriga.provider.Limits;
import dev.auriga.provider.OpenAiEndpoint;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.provider.ReplyStream;
import dev.auriga.reasoning.Vault;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import dev.auriga.resilience.Timeouts;
import dev.auriga.resilience.Room;
import dev.auriga.route.Decision;
import dev.auriga.route.Hints;
import dev.auriga.route.Keywords;
import dev.auriga.route.Policy;
import dev.auriga.route.Route;
import dev.auriga.tokens.Estimates;
import dev.auriga.tokens.PlainEstimator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The engine, whole, in a [World] of simulated services.
final class Simulation {
  private static final Estimates ESTIMATES =
      new Estimates(new PlainEstimator(), Time.SYSTEM);

  private final World world;
  private final Map<String, Service> services;
  private final Fleet fleet;
  private final Engine engine;
  private final List<RequestRecord> records = new ArrayList<>();

  /// What one client asks for.
  ///
  /// @param micros the most it may cost, in millionths of a US dollar
  record Wish(
      boolean streamed,
      Duration deadline,
      int attempts,
      @Nullable Long micros,
      int maxTokens,
      @Nullable String session) {
    static final Wish USUAL = new Wish(true, Duration.ofMinutes(2), 6, null, 100, null);

    Wish within(Duration limit) {
      return new Wish(streamed, limit, attempts, micros, maxTokens, session);
    }
  }

  /// How it ended, as the client saw it.
  enum Seen {
    ANSWERED,
    FAILED,
    BROKEN,
    LEFT,
    REFUSED
  }

  /// What became of one request.
  ///
  /// @param startedAt by the world's clock
  /// @param waited to the first word, or to the end where there was none
  /// @param firstWordAt by the world's clock, negative where there was none
  record Told(
      int number,
      Wish wish,
      Purse purse,
      @Nullable Decision decision,
      Seen seen,
      long startedAt,
      Duration waited,
      long firstWordAt) {}

  /// `how` changes one service's limits; streams' first events have 10 seconds where nothing is said.
  Simulation(World world, List<Service> services, Map<String, Route> routes, long seed, Timeouts timeouts) {
    this.world = world;
    this.services = new LinkedHashMap<>();
    services.forEach(service -> this.services.put(service.name(), service));
    ServiceTransport transport = new ServiceTransport(this.services);
    List<Deployment> deployments =
        services.stream().map(service -> deployment(service.name(), transport, timeouts)).toList();
    this.fleet = new Fleet(deployments, new CircuitBreaker.Settings(3, Duration.ofSeconds(30)), world);
    Random random = new Random(seed);
    Crew.Maker crews =
        new Crew.Maker() {
          @Override
          public <T> Crew<T> crew(Consumer<? super T> leftovers) {
            return new WorldCrew<>(world, leftovers);
          }
        };
    this.engine =
        new Engine(
            Policy.of(routes, this.services.keySet().stream().collect(Collectors.toSet()), new Keywords()),
            fleet,
            Attempts.Settings.USUAL,
            new Engine.Surroundings(world, () -> random, crews, new Room(1 << 20)),
            ESTIMATES,
            List.of(records::add));
  }

  static Timeouts timeouts(Duration firstEvent) {
    return new Timeouts(Duration.ofSeconds(5), firstEvent, Duration.ofSeconds(30), Duration.ofMinutes(10));
  }

  private Deployment deployment(String name, ServiceTransport transport, Timeouts timeouts) {
    Provider provider =
        new HttpProvider(
            OpenAiEndpoint.at(URI.create("http://" + name + "/v1"), OpenAiChat.strict(), Headers.NONE),
            null, transport, new Vault(Vault.Bounds.USUAL, world::now));
    return new Deployment(
        name, name, Targets.openAi(name, 4000, 10_000), name, null,
        new Limits(timeouts, Limits.USUAL.replyBytes(), Limits.USUAL.eventBytes(), Limits.USUAL.slots()), provider);
  }

  Fleet fleet() {
    return fleet;
  }

  Instant now() {
    return world.now();
  }

  List<RequestRecord> records() {
    return records;
  }

  Service service(String name) {
    return Objects.requireNonNull(services.get(name));
  }

  List<Service> services() {
    return List.copyOf(services.values());
  }

  /// Asks `route`, in the running task, and reads the answer to its end.
  Told ask(int number, String route, Wish wish) {
    Asked asked =
        Asked.of(
            CompletionRequest.to(route)
                .message(Message.user("This is request %d. Answer with yes or no.".formatted(number)))
                .maxTokens(wish.maxTokens())
                .streamed(wish.streamed())
                .build());
    Hints hints = new Hints(null, false).within(wish.micros()).inSession(wish.session());
    Purse purse = new Purse(Deadline.in(wish.deadline(), world), wish.attempts(), wish.micros());
    Journey journey = new Journey("r" + number, asked, Caller.PROGRAM, hints, purse);
    long started = world.nanos();
    long firstWord = -1;
    Seen seen;
    try {
      Reply reply = engine.complete(journey);
      if (!(reply instanceof Reply.Failed)) {
        firstWord = world.nanos();
      }
      seen =
          switch (reply) {
            case Reply.Streaming streaming -> read(streaming.stream());
            case Reply.Failed _ -> Seen.FAILED;
            case Reply.Whole _, Reply.Composed _, Reply.Counted _, Reply.Embedded _ -> Seen.ANSWERED;
          };
    } catch (InterruptedException left) {
      seen = Seen.LEFT;
    } catch (Refusal refused) {
      seen = Seen.REFUSED;
    }
    long waited = (firstWord < 0 ? world.nanos() : firstWord) - started;
    return new Told(number, wish, purse, journey.decision(), seen, started, Duration.ofNanos(waited), firstWord);
  }

  private static Seen read(ReplyStream stream) throws InterruptedException {
    try (stream) {
      while (true) {
        switch (stream.next()) {
          case ReplyStream.Step.Events _ -> {}
          case ReplyStream.Step.Ended _ -> {
            return Seen.ANSWERED;
          }
          case ReplyStream.Step.Broken _ -> {
            return Seen.BROKEN;
          }
        }
      }
    }
  }
}
