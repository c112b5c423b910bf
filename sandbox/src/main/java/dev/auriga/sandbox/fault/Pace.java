// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.mind.ModelCard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How long one provider's models take, by distributions fitted to published measurements.
///
/// Time to first token = 40 ms of network + lognormal (median by model, sigma 0.12, the median
/// drifting over minutes) + 10 µs for each uncached prompt token + with probability 2 % a stall of
/// exponential length, mean 8 s. Between tokens: gamma with coefficient of variation 0.5, pairs
/// coalesced one time in five. All times are multiplied by the time scale; 0 means no waiting.
public final class Pace {
  private static final double NETWORK_MILLIS = 40;
  private static final double SIGMA = 0.12;
  private static final double MILLIS_PER_PROMPT_TOKEN = 0.01;
  private static final double STALL_CHANCE = 0.02;
  private static final double STALL_MEAN_MILLIS = 8_000;
  private static final double COALESCED = 0.2;
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final long seed;
  private final double timeScale;
  private final String provider;
  private final long began = System.nanoTime();
  private final AtomicLong calls = new AtomicLong();
  private final Map<String, Drift> drifts = new ConcurrentHashMap<>();

  public Pace(long seed, double timeScale, String provider) {
    this.seed = seed;
    this.timeScale = timeScale;
    this.provider = provider;
  }

  /// The waits of the next call.
  public Waits next(ModelCard card) {
    Dice dice = Dice.of(seed, provider, "pace", Long.toString(calls.getAndIncrement()));
    Drift drift =
        drifts.computeIfAbsent(
            card.name(), name -> new Drift(Dice.of(seed, provider, "drift", name)));
    long minute = (System.nanoTime() - began) / NANOS_PER_MINUTE;
    return new Waits(card, dice, timeScale, timeScale == 0 ? 1 : drift.factor(minute));
  }

  /// The waits of one call.
  public static final class Waits {
    private final ModelCard card;
    private final Dice dice;
    private final double timeScale;
    private final double drift;
    private boolean paired;

    private Waits(ModelCard card, Dice dice, double timeScale, double drift) {
      this.card = card;
      this.dice = dice;
      this.timeScale = timeScale;
      this.drift = drift;
    }

    /// Milliseconds to the first token of an answer to so many uncached prompt tokens.
    public double first(long uncachedTokens) {
      if (timeScale == 0) {
        return 0;
      }
      double median = card.speed().ttftMedianMillis() * drift;
      double stall = dice.chance(STALL_CHANCE) ? dice.exponential(STALL_MEAN_MILLIS) : 0;
      double thinking = median * Math.exp(SIGMA * dice.gaussian());
      return timeScale
          * (NETWORK_MILLIS + thinking + MILLIS_PER_PROMPT_TOKEN * uncachedTokens + stall);
    }

    /// Milliseconds before an event that carries so many tokens; nothing for half of a pair.
    public double between(int tokens) {
      if (timeScale == 0 || tokens == 0) {
        return 0;
      }
      paired = !paired && dice.chance(COALESCED);
      return paired ? 0 : hidden(tokens);
    }

    /// Milliseconds to make so many tokens that nobody sees one by one.
    public double hidden(long tokens) {
      return timeScale == 0
          ? 0
          : timeScale * dice.gamma(1_000 / card.speed().tokensPerSecond()) * tokens;
    }
  }
}
