// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Wrapping;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.openai.OpenAiUntold;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes a whole answer as a response: the one its stream would have ended with.
final class ResponsesReplyWriter {
  private ResponsesReplyWriter() {}

  /// `now` is in seconds since 1970.
  static Written write(Completion completion, ResponsesEcho echo, long now) {
    ResponsesResource resource =
        new ResponsesResource(completion.id(), completion.model(), now, echo);
    Set<Loss> losses = new LinkedHashSet<>();
    ResponsesItems items =
        new ResponsesItems(resource.stem(), echo.freeForm(), (_, _) -> {}, losses);
    int calls = 0;
    for (int i = 0; i < completion.parts().size(); i++) {
      Part part = completion.parts().get(i);
      String at = "content[%d]".formatted(i);
      if (!tell(part, at, calls, items)) {
        Reason reason =
            part instanceof Part.Unknown ? Reason.FOREIGN_PART : Reason.UNSUPPORTED_PART;
        losses.add(new Loss(reason, at));
      }
      if (part instanceof Part.Declined declined && !declined.logprobs().isEmpty()) {
        losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".logprobs"));
      }
      calls += part instanceof Part.ToolCall ? 1 : 0;
    }
    OpenAiUntold.ofStop(completion.stop(), completion.stopSequence(), losses);
    OpenAiUntold.ofUsage(completion.usage(), losses);
    losses.addAll(completion.unread());
    String incomplete = ResponsesStops.incompleteReason(completion.stop());
    items.endAll(incomplete == null ? ResponsesStops.COMPLETED : ResponsesStops.INCOMPLETE);
    return new Written(
        Json.write(resource.ended(items.output(), incomplete, completion.usage(), now)),
        List.copyOf(losses));
  }

  /// Whether there is a form to tell `part` in.
  private static boolean tell(Part part, String at, int call, ResponsesItems items) {
    switch (part) {
      case Part.Text text -> {
        items.text(text.text(), text.logprobs());
        text.citations().forEach(citation -> items.cite(citation, at));
      }
      case Part.Declined declined -> items.decline(declined.text());
      case Part.Thinking thinking -> {
        if (!thinking.text().isEmpty()) {
          items.think(thinking.text());
        }
        items.seal(ResponsesReasoning.encryptedFor(thinking.signature(), Wrapping.Subject.THOUGHT));
      }
      case Part.RedactedThinking redacted ->
          items.sealed(ResponsesReasoning.encryptedFor(redacted.content(), Wrapping.Subject.REDACTED));
      case Part.ToolCall tool -> {
        sign(tool.signature(), items);
        items.callStart(call, tool.id(), tool.name());
        items.callDelta(call, tool.arguments());
      }
      case Part.Unknown unknown -> {
        return unknown(unknown.dialect(), unknown.raw(), items);
      }
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ -> {
        return false;
      }
    }
    if (part instanceof Part.Text || part instanceof Part.Declined || part instanceof Part.ToolCall) {
      items.endPart();
    }
    return true;
  }

  /// The signature of a call travels in a thought before it.
  static void sign(@Nullable Opaque signature, ResponsesItems items) {
    if (signature != null) {
      items.sealed(ResponsesReasoning.encryptedFor(signature, Wrapping.Subject.CALL));
    }
  }

  /// Tells an item only this dialect knows; false for another's, one without a type, and
  /// an event about no item.
  static boolean unknown(String dialect, RawJson raw, ResponsesItems items) {
    if (dialect.equals(OpenAiResponses.NAME)
        && Json.read(raw) instanceof ObjectNode item
        && item.path("type").isString()
        && !item.has("sequence_number")) {
      items.whole(item);
      return true;
    }
    return false;
  }
}
