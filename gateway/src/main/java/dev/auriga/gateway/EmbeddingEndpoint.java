// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Embeddings;
import dev.auriga.completion.TokenCount;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.openai.OpenAiEmbeddings;
import dev.auriga.engine.Caller;
import dev.auriga.engine.Journey;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Reply;

/// Turns texts into vectors, in OpenAI's dialect: `POST /v1/embeddings`.
final class EmbeddingEndpoint implements Endpoint {
  private final Orchestrator orchestrator;
  private final Dialect problems;
  private final OpenAiEmbeddings dialect = new OpenAiEmbeddings();

  /// `problems` is the dialect errors are told in.
  EmbeddingEndpoint(Orchestrator orchestrator, Dialect problems) {
    this.orchestrator = orchestrator;
    this.problems = problems;
  }

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    RequestHeaders headers = new RequestHeaders(exchange.headers());
    headers.requireJson();
    Asked.ToEmbed asked =
        Asked.toEmbed(ClientRequest.of(exchange.body()), headers.passed());
    Journey journey =
        orchestrator.journey(
            asked, caller, headers.hints(caller, orchestrator.policy().regions()), headers.bounds());
    WholeJourney whole = new WholeJourney(exchange, journey, problems);
    whole.perform(
        orchestrator,
        reply -> {
          if (!(reply instanceof Reply.Embedded embedded)) {
            throw WholeJourney.strange(reply);
          }
          tell(embedded, asked, whole);
        });
  }

  private void tell(Reply.Embedded embedded, Asked.ToEmbed asked, WholeJourney whole)
      throws InterruptedException {
    if (embedded.passes()) {
      whole.tell(embedded.body());
      return;
    }
    Embeddings made = embedded.embeddings();
    byte[] body = dialect.writeReply(made, asked.request().encoding());
    TokenCount count = made.inputTokens();
    if (count != null && count.isEstimate()) {
      whole.tellEstimate(body);
    } else {
      whole.tell(body);
    }
  }
}
