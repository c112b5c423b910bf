// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.mind.Thought.ToolCall;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.SealedText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Puts a thought into output items: the reasoning first, then the message, then the calls (OpenAI
/// OpenAPI document, `OutputItem`).
record OutputItems(Ids ids, SealedText seal, ResponsesRequest.Shown shown) {
  private static final int ID = 50;

  List<ObjectNode> of(Thought thought) {
    List<ObjectNode> items = new ArrayList<>();
    if (!thought.reasoning().isEmpty()) {
      items.add(reasoning(thought.reasoning()));
    }
    if (!thought.text().isEmpty() || (thought.calls().isEmpty() && items.isEmpty())) {
      items.add(message(thought));
    }
    thought.calls().forEach(call -> items.add(call(call)));
    return items;
  }

  private ObjectNode reasoning(String text) {
    ObjectNode item = Json.object().put("id", ids.hex("rs_", ID)).put("type", "reasoning");
    if (shown.encrypted()) {
      item.put("encrypted_content", seal.seal(text));
    }
    var summary = item.putArray("summary");
    if (shown.summary()) {
      summary.add(Json.object().put("type", "summary_text").put("text", text));
    }
    return item;
  }

  private ObjectNode message(Thought thought) {
    boolean cut = thought.stop() == Thought.Stop.LENGTH || thought.stop() == Thought.Stop.FILTERED;
    ObjectNode item =
        Json.object()
            .put("id", ids.hex("msg_", ID))
            .put("type", "message")
            .put("status", cut ? "incomplete" : "completed");
    item.putArray("content").add(text(thought.text()));
    return item.put("role", "assistant");
  }

  /// A part of a message that says this.
  static ObjectNode text(String text) {
    ObjectNode part = Json.object().put("type", "output_text");
    part.putArray("annotations");
    part.putArray("logprobs");
    return part.put("text", text);
  }

  private ObjectNode call(ToolCall call) {
    return Json.object()
        .put("id", ids.hex("fc_", ID))
        .put("type", "function_call")
        .put("status", "completed")
        .put("arguments", call.arguments().toString())
        .put("call_id", ids.next("call_", 24))
        .put("name", call.name());
  }
}
