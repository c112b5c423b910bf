// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.engine.Caller;
import dev.auriga.engine.Journey;
import dev.auriga.engine.Telling;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Reply;
import java.lang.System.Logger.Level;

/// Serves completions in one dialect: reads the request, has the engine complete it, and tells the
/// reply, whole or streamed.
final class CompletionEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(CompletionEndpoint.class.getName());
  private static final String JSON = "application/json";

  private final Orchestrator orchestrator;
  private final Dialect dialect;

  CompletionEndpoint(Orchestrator orchestrator, Dialect dialect) {
    this.orchestrator = orchestrator;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    RequestHeaders headers = new RequestHeaders(exchange.headers());
    headers.requireJson();
    ClientRequest request = RequestPath.read(exchange);
    Asked asked = Asked.of(dialect, request, headers.passed());
    Journey journey =
        orchestrator.journey(
            asked, caller, headers.hints(caller, orchestrator.policy().regions()), headers.bounds());
    if (asked.outline().streamed()) {
      StreamTeller teller =
          new StreamTeller(exchange, journey, dialect.writeStream(request, asked.outline()));
      teller.keepAlive(orchestrator.config().limits().keepAlive());
      streamed(exchange, journey, teller);
    } else {
      whole(exchange, journey);
    }
  }

  private void whole(Exchange exchange, Journey journey) throws InterruptedException {
    WholeJourney whole = new WholeJourney(exchange, journey, dialect);
    whole.perform(
        orchestrator,
        reply ->
            whole.tell(
                switch (reply) {
                  case Reply.Whole answer -> journey.body(answer);
                  case Reply.Composed composed -> journey.body(composed);
                  case Reply.Streaming _, Reply.Counted _, Reply.Embedded _, Reply.Failed _ ->
                      throw WholeJourney.strange(reply);
                }));
  }

  /// A fault of our own in an answer that has begun ends it as an error of the dialect's; before that
  /// the front door tells it.
  private void streamed(Exchange exchange, Journey journey, StreamTeller teller)
      throws InterruptedException {
    try {
      performed(exchange, journey, teller);
    } catch (RuntimeException fault) {
      if (!exchange.stopKeepAlive()) {
        throw fault;
      }
      LOG.log(Level.ERROR, journey.id() + ": a fault of Auriga's own in a stream", fault);
      teller.fail(Tell.OWN_FAULT);
    }
  }

  private void performed(Exchange exchange, Journey journey, StreamTeller teller)
      throws InterruptedException {
    Reply reply;
    try {
      reply = orchestrator.complete(journey);
    } catch (Refusal refusal) {
      problem(exchange, journey, teller, Problem.of(refusal));
      return;
    }
    switch (reply) {
      case Reply.Streaming streaming -> teller.tell(streaming.stream());
      case Reply.Composed composed -> teller.tell(composed);
      case Reply.Failed failed ->
          problem(exchange, journey, teller, Telling.problem(journey, failed.failure()));
      case Reply.Whole _, Reply.Counted _, Reply.Embedded _ -> throw WholeJourney.strange(reply);
    }
  }

  /// Tells a problem by status and body, or as an event where a sign of life has begun the answer.
  private void problem(Exchange exchange, Journey journey, StreamTeller teller, Problem problem)
      throws InterruptedException {
    if (exchange.stopKeepAlive()) {
      teller.fail(problem);
    } else {
      Tell.problem(exchange, dialect, problem, Tell.headers(journey, JSON));
    }
  }
}
