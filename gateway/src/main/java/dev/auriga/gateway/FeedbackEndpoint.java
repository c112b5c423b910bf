// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import dev.auriga.engine.Caller;
import dev.auriga.gateway.transport.Exchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Learns how an answer came out, for routes that choose the best.
///
/// Takes `{"request": "req_…", "score": 1}`: the id that came with the answer as `x-auriga-request`,
/// and from 0 (bad) to 1 (good). An outcome is told once; requests whose route learns nothing and
/// those of long ago are not waiting for one. A key scores its own requests, an admin's key any.
final class FeedbackEndpoint implements Endpoint {
  private final Orchestrator orchestrator;

  FeedbackEndpoint(Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
  }

  @Override
  public void handle(Exchange exchange, Caller caller) throws InterruptedException {
    new RequestHeaders(exchange.headers()).requireJson();
    ObjectNode body = Json.readClient(exchange.body());
    JsonNode request = body.path("request");
    if (!request.isString()) {
      throw Json.wrong("request", "the id that came with the answer as x-auriga-request");
    }
    JsonNode score = body.path("score");
    if (!score.isNumber() || score.doubleValue() < 0 || score.doubleValue() > 1) {
      throw Json.wrong("score", "a number from 0 (bad) to 1 (good)");
    }
    if (!orchestrator.cameOut(request.stringValue(), caller, score.doubleValue())) {
      throw new Refusal(
          Refusal.Kind.NOT_FOUND,
          "no request \"%s\" of this key's is waiting for its outcome".formatted(request.stringValue()),
          "request");
    }
    exchange.reply(
        200, Tell.aside(orchestrator.newId()), Json.write(Json.object().put("learned", true)));
  }
}
