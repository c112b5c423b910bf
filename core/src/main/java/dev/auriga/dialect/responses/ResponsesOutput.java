// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads output items one after another as the parts they are; for one answer.
///
/// Source: OpenAI OpenAPI document, `OutputItem`.
final class ResponsesOutput {
  private final Set<Loss> unread = new LinkedHashSet<>();
  private @Nullable Opaque signatureForCall;

  List<Part> parts(JsonNode item) {
    return switch (item.path("type").asString("")) {
      case "message" -> message(item);
      case "reasoning" -> {
        signatureForCall = ResponsesReasoning.forNextCall(item);
        Part thought = ResponsesReasoning.part(item);
        yield thought == null ? List.of() : List.of(thought);
      }
      case "function_call" -> List.of(call(item));
      default -> List.of(new Part.Unknown(OpenAiResponses.NAME, Json.raw(item)));
    };
  }

  /// What the items so far said that nobody else can be told, each thing once.
  List<Loss> unread() {
    return List.copyOf(unread);
  }

  /// Notes what a part or its event carries beside the text.
  void note(JsonNode text) {
    if (!text.path("annotations").isEmpty() || text.has("annotation")) {
      unread.add(new Loss(Loss.Reason.FOREIGN_FIELD, "content.citations"));
    }
    if (!text.path("logprobs").isEmpty()) {
      unread.add(new Loss(Loss.Reason.FOREIGN_FIELD, "content.logprobs"));
    }
  }

  private List<Part> message(JsonNode item) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : item.path("content").values()) {
      switch (part.path("type").asString("")) {
        case "output_text" -> {
          note(part);
          String text = part.path("text").asString("");
          if (!text.isEmpty()) {
            parts.add(Part.Text.of(text));
          }
        }
        case "refusal" -> parts.add(new Part.Declined(part.path("refusal").asString("")));
        default -> {
          if (part instanceof ObjectNode unknown) {
            ObjectNode kept = ResponsesItemReader.kept("assistant", unknown);
            parts.add(new Part.Unknown(OpenAiResponses.NAME, Json.raw(kept)));
          }
        }
      }
    }
    return parts;
  }

  private Part call(JsonNode item) {
    return new Part.ToolCall(
        callId(item), item.path("name").asString(""), arguments(item), takeSignature(), null);
  }

  /// The signature for the call that comes now.
  @Nullable Opaque takeSignature() {
    Opaque signature = signatureForCall;
    signatureForCall = null;
    return signature;
  }

  static String callId(JsonNode item) {
    String id = item.path("call_id").asString("");
    return id.isEmpty() ? item.path("id").asString("call") : id;
  }

  private static String arguments(JsonNode item) {
    String arguments = item.path("arguments").asString("");
    return arguments.isBlank() ? "{}" : arguments;
  }
}
