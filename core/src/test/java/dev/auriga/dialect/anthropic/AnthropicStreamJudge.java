// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges a written stream by the grammar of the Messages API and puts its message together, as the
/// official SDKs do: the `event:` line decides, blocks are opened in ascending order one at a time,
/// deltas fit their block, `message_delta` and `message_stop` come last.
public final class AnthropicStreamJudge {
  private final List<String> names = new ArrayList<>();
  private @Nullable ObjectNode message;
  private @Nullable ObjectNode block;
  private final StringBuilder json = new StringBuilder();
  private boolean signed;
  private boolean ended;
  private boolean failed;

  static AnthropicStreamJudge of(byte[] stream) {
    SseReader reader = new SseReader(1 << 20);
    List<SseEvent> events = reader.read(stream);
    assertThat(reader.rest()).as("every event ends in a blank line").isEmpty();
    return of(events);
  }

  public static AnthropicStreamJudge of(List<SseEvent> events) {
    AnthropicStreamJudge judge = new AnthropicStreamJudge();
    events.forEach(judge::take);
    return judge;
  }

  List<String> names() {
    return names;
  }

  /// The whole message; fails when the stream did not end.
  public ObjectNode whole() {
    assertThat(ended).as("message_stop came").isTrue();
    return message();
  }

  ObjectNode message() {
    assertThat(message).as("message_start came").isNotNull();
    return message;
  }

  public boolean hasFailed() {
    return failed;
  }

  private void take(SseEvent event) {
    JsonNode data = Json.read(event.data());
    String name = event.name();
    assertThat(name).as("event line of " + data).isEqualTo(data.path("type").stringValue());
    assertThat(ended || failed).as("nothing after the end: " + data).isFalse();
    names.add(name);
    switch (name) {
      case "message_start" -> {
        assertThat(message).isNull();
        message = (ObjectNode) data.path("message");
        assertThat(message.path("content")).isEqualTo(Json.read("[]"));
        assertThat(message.path("id").stringValue()).matches("msg_[a-zA-Z0-9_-]+");
        assertThat(message.at("/usage/input_tokens").isIntegralNumber()).isTrue();
      }
      case "content_block_start" -> start(data);
      case "content_block_delta" -> delta(data);
      case "content_block_stop" -> stop(data);
      case "message_delta" -> {
        assertThat(block).as("no block is open").isNull();
        message().setAll((ObjectNode) data.path("delta"));
        ((ObjectNode) message().path("usage")).setAll((ObjectNode) data.path("usage"));
      }
      case "message_stop" -> {
        assertThat(message().hasNonNull("stop_reason")).isTrue();
        ended = true;
      }
      case "ping" -> {}
      case "error" -> {
        assertThat(data.at("/error/type").isString()).isTrue();
        failed = true;
      }
      default -> assertThat(message).as("unknown events come inside: " + name).isNotNull();
    }
  }

  private void start(JsonNode data) {
    assertThat(block).as("blocks do not overlap").isNull();
    assertThat(data.path("index").intValue()).isEqualTo(content().size());
    block = (ObjectNode) data.path("content_block");
    json.setLength(0);
    signed = false;
    if (block.path("type").stringValue("").equals("tool_use")) {
      assertThat(block.path("input")).isEqualTo(Json.object());
      assertThat(block.path("id").stringValue()).matches("[a-zA-Z0-9_-]+");
    }
  }

  private ArrayNode content() {
    return (ArrayNode) message().path("content");
  }

  private void delta(JsonNode data) {
    assertThat(block).as("a block is open for " + data).isNotNull();
    assertThat(data.path("index").intValue()).isEqualTo(content().size());
    assertThat(signed).as("the signature is the last delta").isFalse();
    JsonNode delta = data.path("delta");
    String type = delta.path("type").stringValue();
    String of = block.path("type").stringValue();
    switch (type) {
      case "text_delta" -> append(of, "text", delta);
      case "citations_delta" -> {
        assertThat(of).isEqualTo("text");
        block.withArray("citations").add(delta.path("citation"));
      }
      case "thinking_delta" -> append(of, "thinking", delta);
      case "signature_delta" -> {
        assertThat(of).isEqualTo("thinking");
        block.put("signature", delta.path("signature").stringValue());
        signed = true;
      }
      case "input_json_delta" -> {
        assertThat(of).isEqualTo("tool_use");
        json.append(delta.path("partial_json").stringValue());
      }
      default -> throw new AssertionError("unknown delta " + type);
    }
  }

  private void append(String of, String field, JsonNode delta) {
    assertThat(of).isEqualTo(field);
    block.put(field, block.path(field).stringValue() + delta.path(field).stringValue());
  }

  private void stop(JsonNode data) {
    assertThat(block).isNotNull();
    assertThat(data.path("index").intValue()).isEqualTo(content().size());
    if (block.path("type").stringValue().equals("thinking")) {
      assertThat(signed).as("thinking is signed before it stops").isTrue();
    }
    if (!json.isEmpty()) {
      block.set("input", input(json.toString()));
    }
    content().add(block);
    block = null;
  }

  /// A model may write arguments that are no JSON; they are kept as they are.
  private static JsonNode input(String json) {
    try {
      return Json.read(json);
    } catch (JacksonException _) {
      return Json.object().stringNode(json);
    }
  }

  static byte[] bytes(List<byte[]> pieces) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }

  static String text(List<byte[]> pieces) {
    return new String(bytes(pieces), UTF_8);
  }
}
