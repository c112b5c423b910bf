// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.laws.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Streams as an upstream of a dialect might send them: what is open at a time, how deltas are cut and
/// which calls interleave is chance; the order of [Chunk]'s contract is kept.
public final class RandomStreams {
  private final Dialect upstream;
  private final Words words;
  private final Random random;
  private final List<Chunk> chunks = new ArrayList<>();
  private int calls;
  private Usage usage = Usage.NONE;

  private RandomStreams(Dialect upstream, Random random) {
    this.upstream = upstream;
    this.random = random;
    this.words = new Words(random);
  }

  /// A stream that ends well.
  public static List<Chunk> from(Dialect upstream, Random random) {
    return new RandomStreams(upstream, random).stream();
  }

  private List<Chunk> stream() {
    chunks.add(new Chunk.Started("id-" + random.nextInt(1000), "model-" + random.nextInt(10)));
    for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
      if (words.chance(2)) {
        count();
      }
      part();
    }
    StopReason stop =
        calls > 0
            ? StopReason.Known.TOOL_CALLS
            : words.one(List.of(StopReason.Known.END, StopReason.Known.MAX_TOKENS, StopReason.Known.FILTERED));
    chunks.add(new Chunk.Stopped(stop, null));
    count();
    return chunks;
  }

  /// Counts are cumulative.
  private void count() {
    usage = usage.plus(words.usage());
    chunks.add(new Chunk.Counted(usage));
  }

  private void part() {
    switch (random.nextInt(6)) {
      case 0, 1 -> deltas(false);
      case 2 -> deltas(true);
      case 3 -> {
        for (int deltas = 1 + random.nextInt(3); deltas > 0; deltas--) {
          chunks.add(new Chunk.DeclinedDelta(words.text()));
        }
      }
      default -> interleavedCalls();
    }
    if (words.chance(7)) {
      chunks.add(new Chunk.PartEnded());
    }
  }

  private void deltas(boolean thinking) {
    int length = 0;
    for (int deltas = 1 + random.nextInt(4); deltas > 0; deltas--) {
      String text = words.text();
      length += text.codePointCount(0, text.length());
      chunks.add(thinking ? new Chunk.ThinkingDelta(text) : new Chunk.TextDelta(text, logprobs(text)));
    }
    for (int cited = random.nextInt(3); !thinking && length > 0 && cited > 0; cited--) {
      chunks.add(new Chunk.Cited(citation(length)));
    }
    if (thinking && upstream != Dialects.CHAT && words.chance(5)) {
      chunks.add(new Chunk.ThinkingSigned(new Opaque(upstream.name(), words.signature())));
    }
  }

  private List<TokenLogprob> logprobs(String text) {
    if (text.isEmpty() || !words.chance(3)) {
      return List.of();
    }
    TokenLogprob likeliest = new TokenLogprob(text, null, -random.nextDouble(), List.of());
    return List.of(new TokenLogprob(text, null, -2 * random.nextDouble(), List.of(likeliest)));
  }

  /// Of each kind of source, as the upstream's own dialect would name it or another would.
  private Citation citation(int length) {
    int from = random.nextInt(length);
    Citation.Source source =
        switch (random.nextInt(4)) {
          case 0 -> new Citation.Source.Document(random.nextInt(3), words.name(), null);
          case 1 -> new Citation.Source.SearchResult(random.nextInt(3), words.name(), null);
          case 2 -> new Citation.Source.File("file-" + random.nextInt(9), words.name(), null);
          default -> new Citation.Source.Web("https://example.com/" + random.nextInt(9), words.name(), null);
        };
    return new Citation.Sourced(
        source,
        words.chance(5) ? words.text() : null,
        words.chance(5) ? new Citation.Place(Citation.Place.Unit.PAGE, 1, 2) : null,
        words.chance(3) ? null : new Citation.Passage(from, from + random.nextInt(length - from + 1)));
  }

  /// Only Chat and Responses interleave the fragments of calls; Gemini sends each call whole.
  private void interleavedCalls() {
    boolean interleaves = upstream == Dialects.CHAT || upstream == Dialects.RESPONSES;
    int together = interleaves ? 1 + random.nextInt(3) : 1;
    List<List<Chunk>> open = new ArrayList<>();
    for (int i = 0; i < together; i++) {
      int call = calls++;
      chunks.add(new Chunk.ToolCallStarted(call, "call_" + call + "_" + random.nextInt(1000), words.name(), null));
      open.add(fragments(call, words.arguments()));
    }
    while (!open.isEmpty()) {
      List<Chunk> next = open.get(random.nextInt(open.size()));
      chunks.add(next.removeFirst());
      open.removeIf(List::isEmpty);
    }
    // Which of several calls has ended is not said, so all of them end before anything else begins.
    for (int i = 0; i < together; i++) {
      chunks.add(new Chunk.PartEnded());
    }
  }

  private List<Chunk> fragments(int call, String arguments) {
    List<Chunk> fragments = new ArrayList<>();
    for (int from = 0; from < arguments.length(); ) {
      int to = arguments.offsetByCodePoints(from, 1);
      while (to < arguments.length() && words.chance(7)) {
        to = arguments.offsetByCodePoints(to, 1);
      }
      fragments.add(new Chunk.ToolCallDelta(call, arguments.substring(from, to)));
      from = to;
    }
    return fragments;
  }
}
