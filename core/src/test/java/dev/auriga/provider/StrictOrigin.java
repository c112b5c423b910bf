// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A provider that signs what it says and refuses a history that is not, turn for turn, what it said.
///
/// It answers each user message with a step of calls, and each result with words. In memory, and a
/// transport at the same time. For one thread.
abstract class StrictOrigin implements Transport {
  /// Every turn it said, as it said it.
  final Set<JsonNode> said = new HashSet<>();
  final List<JsonNode> asked = new ArrayList<>();
  final List<Integer> statuses = new ArrayList<>();
  final Random random;
  private int issued;

  StrictOrigin(Random random) {
    this.random = random;
  }

  /// An answer to `body`; null where its history is not what was said.
  abstract @Nullable Answer answer(JsonNode body);

  abstract String refusal();

  /// The answer's whole body, and the events that tell it.
  record Answer(JsonNode whole, List<JsonNode> events) {}

  /// Something only this origin can have written.
  String secret() {
    return "c2ln" + Long.toString(random.nextLong() >>> 1, 36) + "+/" + issued++ + "==";
  }

  String number() {
    return Integer.toString(issued++);
  }

  /// How many of the turns in the last request are, state and all, turns that were said.
  abstract long turnsAsSaid();

  @Override
  public Inbound send(Outbound outbound) {
    JsonNode body = Json.read(outbound.body());
    asked.add(body);
    Answer answer = answer(body);
    statuses.add(answer == null ? 400 : 200);
    if (answer == null) {
      return new Told(400, "application/json", refusal());
    }
    if (outbound.shape() == Shape.WHOLE) {
      return new Told(200, "application/json", Json.raw(answer.whole).text());
    }
    StringBuilder events = new StringBuilder();
    for (JsonNode event : answer.events) {
      String type = event.path("type").asString("");
      events.append(type.isEmpty() ? "" : "event: " + type + "\n");
      events.append("data: ").append(Json.raw(event).text()).append("\n\n");
    }
    return new Told(200, "text/event-stream", events.toString());
  }

  @Override
  public void close() {}

  private static final class Told implements Inbound {
    private final int status;
    private final String type;
    private byte @Nullable [] body;

    Told(int status, String type, String body) {
      this.status = status;
      this.type = type;
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Headers headers() {
      return Headers.of("content-type", type);
    }

    @Override
    public byte @Nullable [] read(Duration idle) {
      byte[] all = body;
      body = null;
      return all;
    }

    @Override
    public void close() {}
  }

  static ObjectNode object(String json) {
    return (ObjectNode) Json.read(json.replace('\'', '"'));
  }

  /// Claude, thinking between its calls: every assistant turn must be, block for block, one it said.
  static final class Claude extends StrictOrigin {
    Claude(Random random) {
      super(random);
    }

    @Override
    String refusal() {
      return "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
          + "\"messages.1.content.0: Invalid `signature` in `thinking` block\"}}";
    }

    @Override
    @Nullable Answer answer(JsonNode body) {
      boolean thinks = body.path("thinking").path("type").asString("").equals("enabled");
      for (JsonNode message : body.path("messages")) {
        boolean signs = message.path("content").valueStream().anyMatch(Claude::isThought);
        if (signs && !said.contains(message.path("content"))) {
          return null;
        }
      }
      JsonNode messages = body.path("messages");
      JsonNode last = messages.path(messages.size() - 1).path("content");
      boolean answered = last.path(0).path("type").asString("").equals("tool_result");
      JsonNode before = messages.path(messages.size() - 2).path("content");
      if (thinks && answered && !isThought(before.path(0))) {
        return null;
      }
      ArrayNode content = content(answered, thinks, body.path("tools"));
      said.add(content);
      return told(content, answered ? "end_turn" : "tool_use");
    }

    private static boolean isThought(JsonNode block) {
      String type = block.path("type").asString("");
      return type.equals("thinking") || type.equals("redacted_thinking");
    }

    private ArrayNode content(boolean answered, boolean thinks, JsonNode tools) {
      ArrayNode content = Json.object().arrayNode();
      thought(content, thinks);
      if (answered) {
        content.addObject().put("type", "text").put("text", "Done with " + number() + ".");
        return content;
      }
      if (random.nextBoolean()) {
        content.addObject().put("type", "text").put("text", "I look it up: ");
      }
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        content
            .addObject()
            .put("type", "tool_use")
            .put("id", "toolu_" + number())
            .put("name", tools.path(0).path("name").asString())
            .putObject("input")
            .put("step", number());
        if (i > 1) {
          thought(content, thinks);
        }
      }
      return content;
    }

    private void thought(ArrayNode content, boolean thinks) {
      if (thinks && random.nextInt(4) == 0) {
        content.addObject().put("type", "redacted_thinking").put("data", secret());
      } else if (thinks) {
        String text = random.nextBoolean() ? "" : "Step \"" + number() + "\"\n🙂 ";
        content.addObject().put("type", "thinking").put("thinking", text).put("signature", secret());
      }
    }

    private static Answer told(ArrayNode content, String stop) {
      ObjectNode message =
          object(
              "{'id':'msg_1','type':'message','role':'assistant','model':'claude',"
                  + "'usage':{'input_tokens':1,'output_tokens':2}}");
      List<JsonNode> events = new ArrayList<>();
      ObjectNode start = object("{'type':'message_start'}");
      start.set("message", message.deepCopy().set("content", Json.object().arrayNode()));
      events.add(start);
      for (int i = 0; i < content.size(); i++) {
        tell(content.get(i), i, events);
      }
      ObjectNode delta = object("{'type':'message_delta','delta':{},'usage':{'output_tokens':2}}");
      ((ObjectNode) delta.path("delta")).put("stop_reason", stop);
      events.add(delta);
      events.add(object("{'type':'message_stop'}"));
      message.set("content", content);
      message.put("stop_reason", stop);
      return new Answer(message, events);
    }

    private static void tell(JsonNode block, int index, List<JsonNode> events) {
      ObjectNode opened = (ObjectNode) block.deepCopy();
      List<ObjectNode> deltas = new ArrayList<>();
      switch (block.path("type").asString()) {
        case "text" -> {
          opened.put("text", "");
          deltas.add(object("{'type':'text_delta'}").put("text", block.path("text").asString()));
        }
        case "thinking" -> {
          opened.put("thinking", "").put("signature", "");
          deltas.add(object("{'type':'thinking_delta'}").put("thinking", block.path("thinking").asString()));
          deltas.add(object("{'type':'signature_delta'}").put("signature", block.path("signature").asString()));
        }
        case "tool_use" -> {
          opened.set("input", Json.object());
          deltas.add(
              object("{'type':'input_json_delta'}").put("partial_json", Json.raw(block.path("input")).text()));
        }
        default -> {}
      }
      events.add(object("{'type':'content_block_start'}").put("index", index).set("content_block", opened));
      for (ObjectNode delta : deltas) {
        events.add(object("{'type':'content_block_delta'}").put("index", index).set("delta", delta));
      }
      events.add(object("{'type':'content_block_stop'}").put("index", index));
    }

    @Override
    long turnsAsSaid() {
      return asked.getLast().path("messages").valueStream()
          .map(message -> message.path("content"))
          .filter(said::contains)
          .filter(content -> content.valueStream().anyMatch(Claude::isThought))
          .count();
    }
  }

  /// Gemini 3: a call's signature goes back on that call, a text's on that text.
  static final class Gemini extends StrictOrigin {
    Gemini(Random random) {
      super(random);
    }

    @Override
    String refusal() {
      return "{\"error\":{\"code\":400,\"message\":\"Corrupted thought signature.\","
          + "\"status\":\"INVALID_ARGUMENT\"}}";
    }

    @Override
    @Nullable Answer answer(JsonNode body) {
      JsonNode contents = body.path("contents");
      for (JsonNode content : contents) {
        String stand = content.at("/parts/0/thoughtSignature").asString("");
        boolean needsOne = content.at("/parts/0").has("functionCall") || !stand.isEmpty();
        if (content.path("role").asString("").equals("model")
            && needsOne
            && !stand.equals("skip_thought_signature_validator")
            && !said.contains(content.path("parts"))) {
          return null;
        }
      }
      boolean answered = contents.path(contents.size() - 1).at("/parts/0").has("functionResponse");
      ArrayNode parts = Json.object().arrayNode();
      if (answered) {
        parts.addObject().put("text", "Done with " + number() + ".").put("thoughtSignature", secret());
      } else {
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
          ObjectNode call = parts.addObject();
          call.putObject("functionCall")
              .put("name", body.at("/tools/0/functionDeclarations/0/name").asString())
              .putObject("args")
              .put("step", number());
          if (parts.size() == 1) {
            call.put("thoughtSignature", secret());
          }
        }
      }
      said.add(parts);
      ObjectNode reply = object("{'candidates':[{'content':{'role':'model'},'finishReason':'STOP','index':0}],"
          + "'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':2},'modelVersion':'gemini-3'}");
      reply.put("responseId", "r" + number());
      ((ObjectNode) reply.at("/candidates/0/content")).set("parts", parts);
      return new Answer(reply, List.of(reply));
    }

    @Override
    long turnsAsSaid() {
      return asked.getLast().path("contents").valueStream().filter(turn -> said.contains(turn.path("parts"))).count();
    }
  }

  /// GPT over Responses: reasoning goes back, encrypted as it came, before what it led to.
  static final class Gpt extends StrictOrigin {
    Gpt(Random random) {
      super(random);
    }

    @Override
    String refusal() {
      return "{\"error\":{\"message\":\"The encrypted content gAAA could not be verified.\","
          + "\"type\":\"invalid_request_error\",\"code\":\"invalid_encrypted_content\"}}";
    }

    @Override
    @Nullable Answer answer(JsonNode body) {
      for (JsonNode item : body.path("input")) {
        if (item.path("type").asString("").equals("reasoning") && !said.contains(item)) {
          return null;
        }
      }
      JsonNode last = body.path("input").path(body.path("input").size() - 1);
      boolean answered = last.path("type").asString("").equals("function_call_output");
      ArrayNode output = Json.object().arrayNode();
      ObjectNode reasoning = output.addObject().put("type", "reasoning").put("id", "rs_" + number());
      reasoning.putArray("summary");
      reasoning.put("encrypted_content", secret());
      said.add(reasoning);
      if (answered) {
        ObjectNode message = output.addObject().put("type", "message").put("id", "msg_" + number());
        message.put("role", "assistant").put("status", "completed");
        message.putArray("content").addObject().put("type", "output_text").put("text", "Done with " + number() + ".");
      } else {
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
          output.addObject().put("type", "function_call").put("id", "fc_" + number()).put("call_id", "call_" + number())
              .put("name", body.at("/tools/0/name").asString()).put("arguments", "{\"step\":" + number() + "}");
        }
      }
      return told(output);
    }

    private static Answer told(ArrayNode output) {
      ObjectNode response =
          object(
              "{'id':'resp_1','object':'response','model':'gpt-6-sol','status':'completed','usage':{"
                  + "'input_tokens':1,'output_tokens':2,'total_tokens':3,'input_tokens_details':{'cached_tokens':0},"
                  + "'output_tokens_details':{'reasoning_tokens':1}}}");
      List<JsonNode> events = new ArrayList<>();
      events.add(object("{'type':'response.created'}").set("response", response));
      for (int i = 0; i < output.size(); i++) {
        events.add(object("{'type':'response.output_item.done'}").put("output_index", i).set("item", output.get(i)));
      }
      ObjectNode whole = response.deepCopy();
      whole.set("output", output);
      events.add(object("{'type':'response.completed'}").set("response", whole));
      return new Answer(whole, events);
    }

    @Override
    long turnsAsSaid() {
      return asked.getLast().path("input").valueStream().filter(said::contains).count();
    }
  }
}
