// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one caller's answers from one place left in the vault.
///
/// @param place the provider and model that are asked, as in [dev.auriga.completion.Opaque#place]
public record Memory(Vault vault, String caller, String place) {

  /// A request with what was remembered, and what was remembered of another place and left out.
  public record Recalled(CompletionRequest request, List<Loss> losses) {
    public Recalled {
      losses = List.copyOf(losses);
    }
  }

  /// `request` with every answer in it that is known here as its provider gave it: thoughts where they
  /// stood, calls under their own ids and with their signatures.
  public Recalled recall(CompletionRequest request) {
    if (vault.isEmptyFor(caller)) {
      return new Recalled(request, List.of());
    }
    Conversation conversation = new Conversation();
    List<Message> messages = new ArrayList<>(request.messages().size());
    List<Loss> losses = new ArrayList<>();
    Map<String, String> upstreamIds = new HashMap<>();
    for (int i = 0; i < request.messages().size(); i++) {
      Message message = request.messages().get(i);
      Turn turn = find(message, conversation);
      if (turn != null && turn.place().equals(place)) {
        messages.add(Restoring.restored(message, turn, upstreamIds));
      } else {
        if (turn != null) {
          losses.add(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "messages[%d]".formatted(i)));
        }
        Message shown = turn == null ? message : Seals.none(message);
        messages.add(Restoring.renumbered(shown, upstreamIds));
      }
      conversation.add(message);
    }
    return new Recalled(request.toBuilder().messages(messages).build(), losses);
  }

  private @Nullable Turn find(Message message, Conversation conversation) {
    return message.role() == Role.ASSISTANT
        ? vault.find(caller, conversation.nameOf(message.parts()))
        : null;
  }

  /// Forgets every answer in `request` that is known here, because its provider refused what was kept.
  public void forget(CompletionRequest request) {
    Conversation conversation = new Conversation();
    for (Message message : request.messages()) {
      if (message.role() == Role.ASSISTANT) {
        vault.forget(caller, conversation.nameOf(message.parts()), place);
      }
      conversation.add(message);
    }
  }

  /// Keeps what `answer` to `request` holds that its client will not send back.
  ///
  /// @param request as the client sent it
  /// @param answer as the client sees it
  /// @param upstreamIds the ids of its calls upstream, by those the client sees, where they differ
  public void keep(CompletionRequest request, Completion answer, Map<String, String> upstreamIds) {
    Turn turn = Turn.of(place, answer, upstreamIds);
    if (turn == null) {
      return;
    }
    Conversation conversation = new Conversation();
    if (answer.parts().stream().noneMatch(Part.ToolCall.class::isInstance)) {
      request.messages().forEach(conversation::add);
    }
    vault.keep(caller, conversation.nameOf(answer.parts()), turn);
  }
}
