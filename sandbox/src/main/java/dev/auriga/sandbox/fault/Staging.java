// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Errors;
import dev.auriga.sandbox.protocol.Event;
import dev.auriga.sandbox.protocol.Provider;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.serve.Performance;
import dev.auriga.sandbox.serve.Performance.Ending;
import dev.auriga.sandbox.serve.Performance.Head;
import dev.auriga.sandbox.serve.Performance.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a request, the provider's reply to it and a fault into a performance.
public final class Staging {
  private final Provider provider;
  private final Pace pace;

  public Staging(Provider provider, Pace pace) {
    this.provider = provider;
    this.pace = pace;
  }

  /// A performance, and the reply behind it; the reply is null when there never was one.
  public record Staged(@Nullable Reply reply, Performance performance) {}

  /// Stages the answer to a request, bent by the fault if there is one.
  public Staged stage(Ask ask, @Nullable Fault fault) {
    Errors errors = provider.errors();
    return switch (fault) {
      case null -> told(ask, provider.answer(ask, false), null);
      case Fault.Reset _ -> new Staged(null, Performance.without(Ending.RESET));
      case Fault.Hang _ -> new Staged(null, Performance.without(Ending.SILENCE));
      case Fault.Status status ->
          told(ask, errors.status(status.status(), status.retryAfter()), null);
      case Fault.QuotaExhausted _ -> told(ask, errors.quotaExhausted(), null);
      case Fault.ContextTooLong _ -> told(ask, errors.contextTooLong(210_000, 200_000), null);
      case Fault.ContentFilter filter ->
          told(
              ask,
              filter.inAnswer() ? provider.answer(ask, true) : errors.promptFiltered(ask),
              null);
      case Fault.Scripted scripted ->
          told(
              ask,
              new Reply.Whole(
                  scripted.status(),
                  scripted.headers(),
                  scripted.body().getBytes(StandardCharsets.UTF_8),
                  null),
              null);
      case Fault.SlowFirstToken _,
          Fault.CutAfter _,
          Fault.CutBody _,
          Fault.WithoutTerminal _,
          Fault.MalformedAfter _,
          Fault.ErrorEventAfter _,
          Fault.StallAfter _ ->
          told(ask, provider.answer(ask, false), fault);
    };
  }

  private Staged told(Ask ask, Reply reply, @Nullable Fault fault) {
    return switch (reply) {
      case Reply.Whole whole when fault instanceof Fault.ErrorEventAfter && whole.status() == 200 ->
          told(ask, provider.errors().status(503, null), null);
      case Reply.Whole whole ->
          new Staged(reply, whole(whole, whole.status() == 200 ? fault : null));
      case Reply.Streamed streamed -> new Staged(reply, streamed(ask, streamed, fault));
    };
  }

  private Performance whole(Reply.Whole reply, @Nullable Fault fault) {
    byte[] body = reply.body();
    double wait = wholeWait(reply);
    if (fault instanceof Fault.SlowFirstToken slow) {
      wait += slow.delay().toMillis();
    }
    byte[] half = Arrays.copyOf(body, body.length / 2);
    Head head = new Head(reply.status(), reply.headers(), body.length, wait);
    return switch (fault) {
      case Fault.CutAfter _, Fault.CutBody _, Fault.WithoutTerminal _ ->
          new Performance(head, List.of(new Piece(0, half)), Ending.CLOSE, outcome -> {});
      case Fault.StallAfter(int _, var pause) when pause == null ->
          new Performance(head, List.of(new Piece(0, half)), Ending.SILENCE, outcome -> {});
      case Fault.StallAfter stall -> stalledBody(head, body, stall);
      case Fault.MalformedAfter _ ->
          new Performance(
              new Head(reply.status(), reply.headers(), half.length, wait),
              List.of(new Piece(0, half)),
              Ending.COMPLETE,
              outcome -> {});
      case null, default ->
          new Performance(head, List.of(new Piece(0, body)), Ending.COMPLETE, outcome -> {});
    };
  }

  private static Performance stalledBody(Head head, byte[] body, Fault.StallAfter stall) {
    int middle = body.length / 2;
    double pause = stall.pause() == null ? 0 : stall.pause().toMillis();
    List<Piece> pieces =
        List.of(
            new Piece(0, Arrays.copyOf(body, middle)),
            new Piece(pause, Arrays.copyOfRange(body, middle, body.length)));
    return new Performance(head, pieces, Ending.COMPLETE, outcome -> {});
  }

  private double wholeWait(Reply.Whole reply) {
    Reply.Served served = reply.served();
    if (served == null) {
      return 0;
    }
    Pace.Waits waits = pace.next(served.card());
    return waits.first(served.usage().input() + served.usage().cacheWrite())
        + waits.hidden(served.usage().allOutput());
  }

  private Performance streamed(Ask ask, Reply.Streamed reply, @Nullable Fault fault) {
    Reply.Served served = reply.served();
    Pace.Waits waits = pace.next(served.card());
    long shown = reply.events().stream().mapToLong(Event::tokens).sum();
    double first =
        waits.first(served.usage().input() + served.usage().cacheWrite())
            + waits.hidden(Math.max(0, served.usage().allOutput() - shown));
    double extra = fault instanceof Fault.SlowFirstToken slow ? slow.delay().toMillis() : 0;
    List<Piece> pieces = new ArrayList<>();
    boolean begun = false;
    for (Event event : reply.events()) {
      boolean opening = event.part() == Event.Part.OPENING;
      double wait = opening ? 0 : waits.between(event.tokens());
      if (!opening && !begun) {
        wait = extra;
        begun = true;
      }
      pieces.add(new Piece(wait, event.bytes()));
    }
    Head head = new Head(200, reply.headers(), -1, first);
    Performance smooth = new Performance(head, pieces, Ending.COMPLETE, outcome -> {});
    return bent(smooth, ask, reply.events(), fault);
  }

  private Performance bent(
      Performance smooth, Ask ask, List<Event> events, @Nullable Fault fault) {
    List<Piece> pieces = new ArrayList<>(smooth.pieces());
    Ending ending = Ending.COMPLETE;
    switch (fault) {
      case Fault.CutAfter(int after) -> {
        cut(pieces, after);
        ending = Ending.CLOSE;
      }
      case Fault.CutBody _ -> {
        cut(pieces, pieces.size() / 2);
        ending = Ending.CLOSE;
      }
      case Fault.WithoutTerminal _ -> {
        for (int index = events.size() - 1; index >= 0; index--) {
          if (events.get(index).part() == Event.Part.TERMINAL) {
            pieces.remove(index);
          }
        }
      }
      case Fault.MalformedAfter(int after) ->
          pieces.add(
              Math.min(after, pieces.size()),
              new Piece(0, provider.errors().malformed(ask).bytes()));
      case Fault.ErrorEventAfter(int after) -> {
        cut(pieces, after);
        List<Event> sent = events.subList(0, pieces.size());
        pieces.add(new Piece(0, provider.errors().inStream(ask, sent).bytes()));
      }
      case Fault.StallAfter(int after, var pause) when pause == null -> {
        cut(pieces, after);
        ending = Ending.SILENCE;
      }
      case Fault.StallAfter(int after, var pause) when after < pieces.size() -> {
        Piece late = pieces.get(after);
        pieces.set(after, new Piece(late.waitMillis() + pause.toMillis(), late.bytes()));
      }
      case null, default -> {}
    }
    return new Performance(smooth.head(), pieces, ending, outcome -> {});
  }

  private static void cut(List<Piece> pieces, int after) {
    if (after < pieces.size()) {
      pieces.subList(after, pieces.size()).clear();
    }
  }
}
