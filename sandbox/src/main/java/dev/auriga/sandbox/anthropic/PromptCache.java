// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.protocol.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prompt cache: remembers prefixes (tools, then system, then messages) up to a marked block
/// for 5 minutes or an hour from the last use. Prefixes below 1,024 tokens are not cached. Bounded,
/// and guarded by its monitor.
final class PromptCache {
  static final int LEAST_TOKENS = 1024;
  private static final int MOST_PREFIXES = 10_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Map<Long, Long> expiries = new LinkedHashMap<>();

  /// One block of a prompt; `ttlSeconds` is 0 where it is not marked.
  record Block(String content, int tokens, int ttlSeconds) {}

  /// Reads and writes the prefixes of one prompt and says what is billed as what.
  synchronized MessageUsage account(String model, List<Block> blocks, Usage output) {
    long now = System.nanoTime();
    long hash = Dice.hash(0, model);
    long tokens = 0;
    long read = 0;
    long written5m = 0;
    long written1h = 0;
    long accounted = 0;
    for (Block block : blocks) {
      hash = Dice.hash(hash, block.content());
      tokens += block.tokens();
      if (block.ttlSeconds() > 0 && tokens >= LEAST_TOKENS) {
        if (isFresh(expiries.get(hash), now)) {
          read = tokens;
          written5m = 0;
          written1h = 0;
        } else if (block.ttlSeconds() > 300) {
          written1h += tokens - accounted;
        } else {
          written5m += tokens - accounted;
        }
        accounted = tokens;
        remember(hash, now + block.ttlSeconds() * NANOS_PER_SECOND);
      } else if (isFresh(expiries.get(hash), now)) {
        read = tokens;
        accounted = tokens;
      }
    }
    Usage usage =
        new Usage(
            tokens - accounted, read, written5m + written1h, output.output(), output.reasoning());
    return new MessageUsage(usage, written5m, written1h);
  }

  private static boolean isFresh(@Nullable Long expiry, long now) {
    return expiry != null && expiry - now > 0;
  }

  private void remember(long hash, long expiry) {
    expiries.remove(hash);
    expiries.put(hash, expiry);
    if (expiries.size() > MOST_PREFIXES) {
      expiries.remove(expiries.keySet().iterator().next());
    }
  }
}
