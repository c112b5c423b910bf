// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A simulated provider of OpenAI's chat dialect in virtual time: how fast it is, when it is down, how
/// often it fails, how many calls it bears, and what it would charge for.
final class Service {
  private static final Pattern REQUEST = Pattern.compile("request (\\d+)\\.");
  private static final Pattern MOST = Pattern.compile("\"max_(?:completion_)?tokens\":(\\d+)");
  private static final int CHUNKS = 4;
  private static final Duration ON_THE_WAY = Duration.ofMillis(20);

  private final String name;
  private final World world;
  private final Traits traits;
  private final Weather weather;
  private final SplittableRandom random;
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Long> billed = new HashMap<>();
  private final List<Long> failures = new ArrayList<>();
  private int active;
  private int sparing;

  /// How a service answers while it is up.
  ///
  /// @param firstToken draws the time to the first token, in seconds
  /// @param secondsPerToken between tokens
  /// @param errors the share of calls answered with 500 or 529
  /// @param resets the share whose connection is lost before an answer
  /// @param cuts the share of streams that end in the middle
  /// @param capacity calls at a time; more are refused with 529
  /// @param refusals the share of calls answered with 401 or 404, which say nothing about its health
  /// @param exhaustive the share of answers that are as long as they may be
  record Traits(
      Latency firstToken,
      double secondsPerToken,
      double errors,
      double resets,
      double cuts,
      int capacity,
      double refusals,
      double exhaustive) {

    static final Traits PERFECT = new Traits(_ -> 0.3, 0.01, 0, 0, 0, Integer.MAX_VALUE, 0, 0);

    Traits waiting(Latency latency) {
      return new Traits(latency, secondsPerToken, errors, resets, cuts, capacity, refusals, exhaustive);
    }

    Traits failing(double someErrors, double someResets, double someCuts) {
      return new Traits(
          firstToken, secondsPerToken, someErrors, someResets, someCuts, capacity, refusals, exhaustive);
    }

    Traits bearing(int most) {
      return new Traits(firstToken, secondsPerToken, errors, resets, cuts, most, refusals, exhaustive);
    }

    Traits refusing(double some) {
      return new Traits(firstToken, secondsPerToken, errors, resets, cuts, capacity, some, exhaustive);
    }

    Traits exhausting(double some) {
      return new Traits(firstToken, secondsPerToken, errors, resets, cuts, capacity, refusals, some);
    }
  }

  /// Draws a time in seconds.
  interface Latency {
    double draw(SplittableRandom random);
  }

  /// One call that reached the service.
  record Call(String request, String service, long at) {}

  Service(String name, World world, Traits traits, Weather weather, long seed) {
    this.name = name;
    this.world = world;
    this.traits = traits;
    this.weather = weather;
    this.random = new SplittableRandom(seed);
  }

  String name() {
    return name;
  }

  List<Call> calls() {
    return calls;
  }

  /// Tokens it would charge each request for, by the request's number: input plus a million times
  /// output.
  Map<String, Long> billed() {
    return billed;
  }

  int active() {
    return active;
  }

  /// Whether it had failed to answer a call as it should by that moment, for a reason of its own or for
  /// the request's.
  boolean hadFailed(long nanos) {
    return sparing > 0 || failures.stream().anyMatch(at -> at <= nanos);
  }

  /// Whether it ever failed in a way that says something about its health.
  boolean isSuspect() {
    return !failures.isEmpty();
  }

  Transport.Inbound answer(Transport.Outbound outbound) throws TransportFailure, InterruptedException {
    String body = new String(outbound.body(), StandardCharsets.UTF_8);
    String request = found(REQUEST, body, "?");
    calls.add(new Call(request, name, world.nanos()));
    Weather.Trouble trouble = weather.at(world.nanos(), random);
    if (trouble == Weather.Trouble.REFUSED || random.nextDouble() < traits.resets) {
      fails();
      throw new TransportFailure(TransportFailure.Kind.NOT_CONNECTED, name + " refuses connections");
    }
    if (trouble == Weather.Trouble.SILENT) {
      throw silent(outbound.headTimeout());
    }
    if (outbound.headTimeout().compareTo(ON_THE_WAY) < 0) {
      throw silent(outbound.headTimeout());
    }
    world.sleep(ON_THE_WAY);
    Duration patience = outbound.headTimeout().minus(ON_THE_WAY);
    if (random.nextDouble() < traits.refusals) {
      sparing++;
      return random.nextBoolean() ? refused(401, "no such key") : refused(404, "no such model");
    }
    if (trouble == Weather.Trouble.ERRORS) {
      return refusal(503, "the service is unavailable");
    }
    if (trouble == Weather.Trouble.RATE_LIMITED) {
      return refusal(429, "rate limit reached");
    }
    if (random.nextDouble() < traits.errors) {
      return random.nextBoolean() ? refusal(500, "internal error") : refusal(529, "overloaded");
    }
    if (active >= traits.capacity) {
      return refusal(529, "overloaded");
    }
    long input = outbound.body().length / 4;
    long most = Long.parseLong(found(MOST, body, "100"));
    long output =
        random.nextDouble() < traits.exhaustive ? most : Math.min(most, 1 + random.nextLong(1, 40));
    bill(request, input, 0);
    active++;
    Answer answer = new Answer(request, input, output, outbound.shape() == Transport.Shape.STREAMED);
    try {
      answer.open(patience);
    } catch (TransportFailure | InterruptedException gone) {
      answer.close();
      throw gone;
    }
    return answer;
  }

  private TransportFailure silent(Duration patience) throws InterruptedException {
    fails();
    world.sleep(patience);
    return new TransportFailure(TransportFailure.Kind.NO_HEAD_IN_TIME, name + " says nothing");
  }

  private void fails() {
    failures.add(world.nanos());
  }

  private void bill(String request, long input, long output) {
    billed.merge(request, input + output * 1_000_000, Long::sum);
  }

  private static String found(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  private Transport.Inbound refusal(int status, String message) {
    fails();
    return refused(status, message);
  }

  private static Transport.Inbound refused(int status, String message) {
    return new Answered(
        status, "{\"error\":{\"message\":\"%s\",\"type\":\"x\",\"code\":null}}".formatted(message));
  }

  /// A body that is there at once.
  private static final class Answered implements Transport.Inbound {
    private final int status;
    private byte @Nullable [] body;

    Answered(int status, String body) {
      this.status = status;
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Headers headers() {
      return Headers.of("content-type", "application/json");
    }

    @Override
    public byte @Nullable [] read(Duration idle) {
      byte[] whole = body;
      body = null;
      return whole;
    }

    @Override
    public void close() {}
  }

  /// An answer that is being made; the head comes with the first token of a stream, and with the last of
  /// a whole answer.
  private final class Answer implements Transport.Inbound {
    private final String request;
    private final long input;
    private final long output;
    private final boolean streamed;
    private final long speaksAt;
    private final int cutAfter;
    private int said;
    private boolean closed;

    Answer(String request, long input, long output, boolean streamed) {
      this.request = request;
      this.input = input;
      this.output = output;
      this.streamed = streamed;
      this.speaksAt = world.nanos() + nanos(traits.firstToken.draw(random));
      this.cutAfter = random.nextDouble() < traits.cuts ? random.nextInt(1, CHUNKS) : Integer.MAX_VALUE;
    }

    void open(Duration patience) throws TransportFailure, InterruptedException {
      long head = streamed ? speaksAt : speaksAt + nanos(output * traits.secondsPerToken);
      long left = head - world.nanos();
      if (left > patience.toNanos()) {
        // What nobody waits for is written all the same.
        bill(request, 0, streamed ? 0 : output);
        throw silent(patience);
      }
      world.sleep(Duration.ofNanos(left));
      if (!streamed) {
        bill(request, 0, output);
      }
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Headers headers() {
      return Headers.of("content-type", streamed ? "text/event-stream" : "application/json");
    }

    @Override
    public byte @Nullable [] read(Duration idle) throws TransportFailure, InterruptedException {
      if (closed) {
        throw new TransportFailure(TransportFailure.Kind.CLOSED, "closed");
      }
      if (!streamed) {
        return said++ == 0 ? bytes(Wording.whole(name, input, output)) : null;
      }
      if (said > CHUNKS) {
        return null;
      }
      long due = speaksAt + nanos(output * traits.secondsPerToken * said / CHUNKS);
      long left = due - world.nanos();
      if (left > idle.toNanos()) {
        fails();
        world.sleep(idle);
        throw new TransportFailure(TransportFailure.Kind.IDLE, name + " says nothing more");
      }
      world.sleep(Duration.ofNanos(Math.max(0, left)));
      if (said >= cutAfter) {
        fails();
        close();
        throw new TransportFailure(TransportFailure.Kind.CUT, name + " cut the connection");
      }
      if (said < CHUNKS) {
        bill(request, 0, output / CHUNKS + (said == 0 ? output % CHUNKS : 0));
      }
      return bytes(
          said++ < CHUNKS ? Wording.chunk(name) : Wording.last(name, input, output));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        active--;
      }
    }
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
