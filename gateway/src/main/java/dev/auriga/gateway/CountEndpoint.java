// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Dialect;
import dev.auriga.engine.Caller;
import dev.auriga.engine.Journey;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Reply;
import java.util.Objects;

/// Says how many tokens a prompt has: what the provider of the deployment counts, else an estimate,
/// marked by the header `x-auriga-estimated`.
final class CountEndpoint implements Endpoint {
  private final Orchestrator orchestrator;
  private final Dialect dialect;
  private final Counting counting;

  /// `dialect` is one that counts.
  CountEndpoint(Orchestrator orchestrator, Dialect dialect) {
    this.orchestrator = orchestrator;
    this.dialect = dialect;
    this.counting = Objects.requireNonNull(dialect.counting());
  }

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    RequestHeaders headers = new RequestHeaders(exchange.headers());
    headers.requireJson();
    ClientRequest question = RequestPath.read(exchange);
    Asked asked = Asked.toCount(dialect, question, headers.passed());
    Journey journey =
        orchestrator.journey(
            asked, caller, headers.hints(caller, orchestrator.policy().regions()), headers.bounds());
    WholeJourney whole = new WholeJourney(exchange, journey, dialect);
    whole.perform(
        orchestrator,
        reply -> {
          if (!(reply instanceof Reply.Counted counted)) {
            throw WholeJourney.strange(reply);
          }
          byte[] body = counting.write(counted.count().tokens());
          if (counted.count().isEstimate()) {
            whole.tellEstimate(body);
          } else {
            whole.tell(body);
          }
        });
  }
}
