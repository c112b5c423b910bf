// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Problem;
import dev.auriga.engine.Journey;
import dev.auriga.engine.Telling;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.provider.Reply;

/// A journey whose answer is told at once: performs it, tells what went wrong in the client's
/// dialect, and leaves a reply to whoever knows how to write it.
record WholeJourney(Exchange exchange, Journey journey, Dialect dialect) {
  private static final String JSON = "application/json";

  /// Writes a reply that is neither failed nor streaming.
  interface Writing {
    void write(Reply reply) throws InterruptedException;
  }

  void perform(Orchestrator orchestrator, Writing writing) throws InterruptedException {
    Reply reply;
    try {
      reply = orchestrator.complete(journey);
    } catch (Refusal refusal) {
      problem(Problem.of(refusal));
      return;
    }
    switch (reply) {
      case Reply.Failed failed -> problem(Telling.problem(journey, failed.failure()));
      case Reply.Whole _, Reply.Composed _, Reply.Counted _, Reply.Embedded _ -> writing.write(reply);
      case Reply.Streaming _ -> throw new IllegalStateException("a whole answer was asked for");
    }
  }

  void tell(byte[] body) throws InterruptedException {
    exchange.reply(200, headers(), body);
  }

  /// Tells what Auriga has estimated itself, and says so in a header.
  void tellEstimate(byte[] body) throws InterruptedException {
    exchange.reply(200, headers().with("x-auriga-estimated", "true"), body);
  }

  private Headers headers() {
    return Tell.headers(journey, JSON);
  }

  private void problem(Problem problem) throws InterruptedException {
    Tell.problem(exchange, dialect, problem, headers());
  }

  static IllegalStateException strange(Reply reply) {
    return new IllegalStateException("not what was asked for: " + reply.getClass().getSimpleName());
  }
}
