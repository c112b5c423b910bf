// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Responses events: numbered without a gap, items and their parts opened before and closed behind
/// their deltas, `done` texts equal to their deltas, one terminal event that repeats every item as
/// it was done, then `[DONE]`.
///
/// Sources: OpenAI OpenAPI document, `ResponseStreamEvent`; Open Responses specification, Streaming.
final class ResponsesGrammar {

  /// One item of the output on its way.
  private static final class Item {
    private final String id;
    private final String type;
    private final Map<String, StringBuilder> open = new HashMap<>();
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable JsonNode done;

    Item(JsonNode item) {
      id = item.path("id").asString("");
      type = item.path("type").stringValue();
    }
  }

  private final List<Item> items = new ArrayList<>();
  private int sequence;
  private boolean ended;

  void check(List<SseEvent> events, boolean failed) {
    boolean marked = events.getLast().data().equals("[DONE]");
    assertThat(marked).as("[DONE] ends what did not fail").isEqualTo(!failed);
    for (SseEvent event : marked ? events.subList(0, events.size() - 1) : events) {
      JsonNode data = Json.read(event.data());
      assertThat(event.name()).isEqualTo(data.path("type").stringValue());
      assertThat(data.path("sequence_number").intValue()).isEqualTo(sequence);
      assertThat(ended).as("nothing behind the terminal event: %s", data).isFalse();
      take(event.name(), data, failed);
      sequence++;
    }
    assertThat(ended).isTrue();
  }

  private void take(String type, JsonNode event, boolean failed) {
    switch (type) {
      case "response.created" -> assertThat(sequence).isZero();
      case "response.in_progress" -> assertThat(sequence).isEqualTo(1);
      case "response.completed", "response.incomplete" -> {
        assertThat(failed).isFalse();
        end(type, event.path("response"));
      }
      case "response.failed" -> {
        assertThat(failed).isTrue();
        assertThat(event.at("/response/error/code").isString()).isTrue();
        ended = true;
      }
      case "response.output_item.added" -> {
        assertThat(event.path("output_index").intValue()).isEqualTo(items.size());
        items.add(new Item(event.path("item")));
      }
      default -> inside(type, event, items.get(event.path("output_index").intValue()));
    }
  }

  private void inside(String type, JsonNode event, Item item) {
    assertThat(item.done).as("%s behind the end of its item", type).isNull();
    if (type.equals("response.output_item.done")) {
      assertThat(item.open).as("open parts of %s", event).isEmpty();
      assertThat(event.at("/item/id").asString("")).isEqualTo(item.id);
      item.done = event.path("item");
      return;
    }
    assertThat(event.path("item_id").stringValue()).isEqualTo(item.id);
    String part = event.path("content_index").asString("") + "/" + event.path("summary_index").asString("");
    switch (type) {
      case "response.content_part.added", "response.reasoning_summary_part.added" ->
          assertThat(item.open.put(part, new StringBuilder())).isNull();
      case "response.output_text.delta", "response.refusal.delta", "response.reasoning_summary_text.delta" ->
          item.open.get(part).append(event.path("delta").stringValue());
      case "response.output_text.annotation.added" -> {
        assertThat(item.open).as("an annotation within its part: %s", event).containsKey(part);
        assertThat(event.path("annotation").isObject()).isTrue();
      }
      case "response.output_text.done", "response.reasoning_summary_text.done" ->
          assertThat(event.path("text").stringValue()).isEqualTo(item.open.get(part).toString());
      case "response.refusal.done" ->
          assertThat(event.path("refusal").stringValue()).isEqualTo(item.open.get(part).toString());
      case "response.content_part.done", "response.reasoning_summary_part.done" ->
          assertThat(item.open.remove(part)).isNotNull();
      case "response.function_call_arguments.delta" -> {
        assertThat(item.type).isEqualTo("function_call");
        item.arguments.append(event.path("delta").stringValue());
      }
      case "response.function_call_arguments.done" -> {
        String told = item.arguments.toString();
        assertThat(event.path("arguments").stringValue()).isEqualTo(told.isBlank() ? "{}" : told);
      }
      default -> throw new AssertionError("an event nobody expects: " + event);
    }
  }

  private void end(String type, JsonNode response) {
    ended = true;
    assertThat("response." + response.path("status").stringValue()).isEqualTo(type);
    List<JsonNode> output = new ArrayList<>(response.path("output").values());
    assertThat(output).hasSameSizeAs(items);
    for (int i = 0; i < output.size(); i++) {
      assertThat(items.get(i).done).as("item %d was done", i).isEqualTo(output.get(i));
    }
  }
}
