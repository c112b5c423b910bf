// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.responses;

import dev.auriga.sandbox.openai.rules.OpenAiErrors;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.SealedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a request's items mean to the service's memory: references to stored items, reasoning that
/// comes back sealed or by its id, conversations that go on.
record InputState(Shelf shelf, SealedText seal, OpenAiErrors errors) {

  /// The items of a request, those of the response it continues before them.
  List<Fields> items(Fields body) {
    List<Fields> items = new ArrayList<>();
    @Nullable String previous = body.optionalText("previous_response_id");
    if (previous != null) {
      List<JsonNode> earlier = shelf.conversation(previous);
      if (earlier == null) {
        throw errors.invalid(
            "Previous response with id '" + previous + "' not found.",
            "previous_response_id",
            "previous_response_not_found");
      }
      earlier.forEach(item -> items.add(Fields.of(item, "input", body.wording())));
    }
    if (body.raw("input").isString()) {
      JsonNode message =
          Json.object()
              .put("type", "message")
              .put("role", "user")
              .put("content", body.text("input"));
      items.add(Fields.of(message, "input", body.wording()));
    } else {
      items.addAll(body.items("input"));
    }
    return items;
  }

  /// The item itself, or the stored one it refers to.
  Fields resolved(Fields item) {
    boolean reference =
        item.has("type") ? item.text("type").equals("item_reference") : isBareId(item);
    if (!reference) {
      return item;
    }
    String id = item.text("id");
    JsonNode stored = shelf.item(id);
    if (stored == null) {
      throw notFound(id);
    }
    return Fields.of(stored, item.path(), item.wording());
  }

  private static boolean isBareId(Fields item) {
    return item.has("id") && !item.has("role");
  }

  /// Refuses reasoning that the service neither stored nor sealed.
  void checkReasoning(String id, Fields item) {
    @Nullable String encrypted = item.optionalText("encrypted_content");
    if (encrypted == null) {
      if (shelf.item(id) == null) {
        throw notFound(id);
      }
    } else if (!seal.opens(encrypted)) {
      throw errors.invalid(
          "The encrypted content for item "
              + id
              + " could not be verified. Reason: Encrypted content could not be decrypted or"
              + " parsed.",
          null,
          "invalid_encrypted_content");
    }
  }

  @Nullable String reasoningOf(String item) {
    return shelf.reasoningOf(item);
  }

  private Refused notFound(String id) {
    return new Refused(
        errors.error(
            404,
            "invalid_request_error",
            null,
            "input",
            "Item with id '"
                + id
                + "' not found. Items are not persisted when `store` is set to false. Try again"
                + " with `store` set to true, or remove this item from your input."));
  }
}
