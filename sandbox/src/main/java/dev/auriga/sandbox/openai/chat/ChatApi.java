// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.chat;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Thought;
import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Ids;
import dev.auriga.sandbox.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The Chat Completions API of one service.
public record ChatApi(Mind mind, Ids ids, OpenAiErrors errors, boolean azure) {

  /// Who is asked: a model, behind a router that drops what the model does not take or by itself.
  public record Asked(ModelCard card, boolean router) {}

  /// The text a router chooses by: the last prompt.
  public String prompt(Fields body) {
    return ChatMessages.read(body, errors).text();
  }

  /// Answers a request, whole or as a stream; `filtered` stops the answers half way.
  public Reply create(Fields body, Asked asked, Map<String, String> headers, boolean filtered) {
    if (asked.card().can(Ability.RESPONSES_ONLY)) {
      return errors.responsesOnly(asked.card().name());
    }
    ChatRequest request = ChatRequest.read(body, asked.card(), asked.router(), errors);
    List<Thought> thoughts = new ArrayList<>();
    for (int choice = 0; choice < request.choices(); choice++) {
      Thought thought = mind.think(asked.card(), request.question().again(choice));
      thoughts.add(filtered ? thought.filtered() : thought);
    }
    ChatWriter writer = new ChatWriter(asked.card(), azure, ids);
    return request.stream()
        ? writer.streamed(request, thoughts, headers)
        : writer.whole(request, thoughts, headers);
  }
}
