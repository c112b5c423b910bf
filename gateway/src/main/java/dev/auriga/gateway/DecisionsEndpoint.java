// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import dev.auriga.engine.Caller;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.RecordJson;

/// Tells how a request was decided and what became of it: `GET /api/decisions/{id}`, by the id that came
/// with the answer as `x-auriga-request`.
///
/// A key sees its own requests, an admin's key any; what it may not see is not there.
record DecisionsEndpoint(Orchestrator orchestrator) implements Endpoint {
  static final String PATH = "/api/decisions/";

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    String id = exchange.path().substring(PATH.length());
    RequestRecord record = orchestrator.records().of(id);
    if (record == null || !caller.owns(record.caller())) {
      throw new Refusal(
          Refusal.Kind.NOT_FOUND,
          "there is no record of a request \"%s\"; the newest %d that have ended are kept"
              .formatted(id, orchestrator.config().records().memory()),
          "request");
    }
    exchange.reply(
        200, Tell.aside(orchestrator.newId(), record.route()), Json.write(RecordJson.write(record)));
  }
}
