// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.SealedText;
import dev.auriga.sandbox.protocol.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Responses API of one service, with its memory of what it answered.
public final class ResponsesApi {
  private final Mind mind;
  private final Ids ids;
  private final OpenAiErrors errors;
  private final boolean azure;
  private final SealedText seal;
  private final Shelf shelf = new Shelf();

  public ResponsesApi(Mind mind, Ids ids, OpenAiErrors errors, boolean azure) {
    this.mind = mind;
    this.ids = ids;
    this.errors = errors;
    this.azure = azure;
    this.seal = new SealedText(mind.seed(), azure ? "azure" : "openai", "gAAAAA");
  }

  /// Who is asked: a model, behind a router that drops what the model does not take or by itself.
  public record Asked(ModelCard card, boolean router) {}

  /// The text a router chooses by: the last prompt.
  public String prompt(Fields body) {
    InputState state = state();
    return new InputItems(state, errors).read(state.items(body)).text();
  }

  /// Answers a request, whole or as a stream; `filtered` stops the answer half way.
  public Reply create(Fields body, Asked asked, Map<String, String> headers, boolean filtered) {
    ResponsesRequest request = ResponsesRequest.answered(body, settings(asked), state());
    Thought thought = mind.think(asked.card(), request.question());
    if (filtered) {
      thought = thought.filtered();
    }
    List<ObjectNode> output = new OutputItems(ids, seal, request.shown()).of(thought);
    Usage usage =
        new Usage(request.promptTokens(), 0, 0, thought.visibleTokens(), thought.reasoningTokens());
    long created = System.currentTimeMillis() / 1000;
    ResponseResource resource =
        new ResponseResource(ids.hex("resp_", 50), created, asked.card(), azure, request.body());
    keep(resource.id(), request, output);
    ObjectNode ended = resource.ended(thought, output, usage);
    Reply.Served served = new Reply.Served(asked.card(), usage);
    if (!request.stream()) {
      return Json.reply(200, headers, ended, served);
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("content-type", "text/event-stream; charset=utf-8");
    var events = new ResponsesWriter(request.obfuscates()).events(resource.begun(), ended);
    return new Reply.Streamed(all, events, served);
  }

  /// Counts the tokens a request would have as its input.
  public Reply count(Fields body, ModelCard card, Map<String, String> headers) {
    ResponsesRequest request =
        ResponsesRequest.counted(body, settings(new Asked(card, false)), state());
    ObjectNode count =
        Json.object()
            .put("object", "response.input_tokens")
            .put("input_tokens", request.promptTokens());
    return Json.reply(200, headers, count, null);
  }

  private void keep(String id, ResponsesRequest request, List<ObjectNode> output) {
    shelf.note(output);
    if (request.stores()) {
      List<JsonNode> conversation = new ArrayList<>(request.conversation());
      conversation.addAll(output);
      shelf.store(id, conversation);
    }
  }

  private ResponsesSettings settings(Asked asked) {
    return new ResponsesSettings(asked.card(), asked.router(), errors);
  }

  private InputState state() {
    return new InputState(shelf, seal, errors);
  }
}
