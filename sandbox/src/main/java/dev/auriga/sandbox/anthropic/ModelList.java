// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.ModelCard.Vendor;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Reply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/models`, in pages that begin after one model or end before another, and `GET
/// /v1/models/{model}` (Anthropic API reference, Models).
record ModelList(AnthropicErrors errors) {
  static final String PATH = "/v1/models";
  private static final int USUAL_PAGE = 20;
  private static final int LARGEST_PAGE = 1_000;

  Reply answer(String path, Map<String, String> query, Map<String, String> headers) {
    List<ModelCard> cards = Catalogue.of(Vendor.ANTHROPIC);
    if (path.startsWith(PATH + "/")) {
      String name = path.substring(PATH.length() + 1);
      ModelCard card =
          Catalogue.find(Vendor.ANTHROPIC, name)
              .orElseThrow(() -> new Refused(errors.noSuchModel(name)));
      return Json.reply(200, headers, model(card), null);
    }
    int limit = limit(query.get("limit"));
    int from = 0;
    int to = cards.size();
    @Nullable String after = query.get("after_id");
    @Nullable String before = query.get("before_id");
    if (after != null) {
      from = place(cards, after) + 1;
      to = Math.min(to, from + limit);
    } else if (before != null) {
      to = place(cards, before);
      from = Math.max(0, to - limit);
    } else {
      to = Math.min(to, limit);
    }
    boolean backwards = after == null && before != null;
    boolean more = backwards ? from > 0 : to < cards.size();
    return Json.reply(200, headers, page(cards.subList(from, to), more), null);
  }

  private int limit(@Nullable String written) {
    if (written == null) {
      return USUAL_PAGE;
    }
    if (!written.matches("\\d{1,4}")) {
      throw errors.invalid(
          "limit: Input should be a valid integer, unable to parse string as an integer");
    }
    int limit = Integer.parseInt(written);
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw errors.invalid(
          limit < 1
              ? "limit: Input should be greater than or equal to 1"
              : "limit: Input should be less than or equal to 1000");
    }
    return limit;
  }

  private int place(List<ModelCard> cards, String id) {
    for (int index = 0; index < cards.size(); index++) {
      if (cards.get(index).answersTo(id)) {
        return index;
      }
    }
    throw errors.invalid("Invalid cursor: " + id);
  }

  private static ObjectNode page(List<ModelCard> cards, boolean more) {
    ObjectNode page = Json.object();
    ArrayNode data = page.putArray("data");
    cards.forEach(card -> data.add(model(card)));
    return page.put("has_more", more)
        .put("first_id", cards.isEmpty() ? null : cards.getFirst().answersAs())
        .put("last_id", cards.isEmpty() ? null : cards.getLast().answersAs());
  }

  private static ObjectNode model(ModelCard card) {
    ObjectNode model =
        Json.object()
            .put("type", "model")
            .put("id", card.answersAs())
            .put("display_name", card.name())
            .put("created_at", "2025-09-29T00:00:00Z")
            .put("max_input_tokens", card.contextTokens())
            .put("max_tokens", card.maxOutputTokens());
    ObjectNode capabilities = model.putObject("capabilities");
    for (String name : List.of("image_input", "structured_outputs")) {
      capabilities.set(name, supported(true));
    }
    for (String name : List.of("batch", "citations", "code_execution", "context_management", "pdf_input")) {
      capabilities.set(name, supported(false));
    }
    ObjectNode thinking = supported(true);
    ObjectNode types = thinking.putObject("types");
    types.set("adaptive", supported(card.can(Ability.ADAPTIVE_THINKING)));
    types.set("enabled", supported(card.can(Ability.THINKING_BUDGET)));
    capabilities.set("thinking", thinking);
    boolean efforts = card.name().startsWith("claude-opus");
    ObjectNode effort = supported(efforts);
    for (String level : List.of("low", "medium", "high", "xhigh", "max")) {
      effort.set(level, supported(efforts));
    }
    capabilities.set("effort", effort);
    return model;
  }

  private static ObjectNode supported(boolean supported) {
    return Json.object().put("supported", supported);
  }
}
