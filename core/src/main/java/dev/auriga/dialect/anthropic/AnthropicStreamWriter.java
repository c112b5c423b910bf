// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes a Messages stream: `message_start`, blocks one after another, `message_delta`,
/// `message_stop`.
///
/// `message_start` waits for the first chunk that says something, so that a count that comes before
/// it is in it. The stop reason and the last count are told in one `message_delta` at the end, with
/// the input tokens, because other providers count only there.
/// Source: Anthropic API reference, Streaming; the official SDKs dispatch on the `event:` line.
final class AnthropicStreamWriter implements StreamWriter {
  private static final byte[] PING =
      "event: ping\ndata: {\"type\":\"ping\"}\n\n".getBytes(StandardCharsets.UTF_8);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final AnthropicStreamBlocks blocks = new AnthropicStreamBlocks(this::event);
  private final Set<Loss> losses = new LinkedHashSet<>();
  private final CitedText open = new CitedText();
  private String id = "";
  private String model;
  private boolean started;
  private boolean ended;
  private boolean declined;
  private boolean carriesCalls;
  private Usage usage = Usage.NONE;
  private StopReason stop = StopReason.Known.END;
  private @Nullable String stopSequence;
  private @Nullable RawJson beside;

  /// `route` is the model's name to tell until the provider names its own.
  AnthropicStreamWriter(String route) {
    this.model = route;
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public byte[] write(Chunk chunk) {
    if (CitedText.endsText(chunk)) {
      open.endPart();
    }
    switch (chunk) {
      case Chunk.Started first -> {
        id = first.id();
        model = first.model().isEmpty() ? model : first.model();
      }
      case Chunk.Counted(Usage counted) -> usage = counted;
      case Chunk.PartEnded _ -> blocks.endPart();
      case Chunk.Stopped(StopReason reason, String sequence) -> {
        stop = reason;
        stopSequence = sequence;
        start();
        blocks.endAll();
      }
      case Chunk.Failed failure -> {
        return fail(Problem.of(failure.failure(), failure.failure().detail()));
      }
      case Chunk.TextDelta(String text, var logprobs) -> {
        AnthropicReplies.loseLogprobs(logprobs, "content", losses);
        open.add(text);
        text(text);
      }
      case Chunk.Cited(Citation citation) -> cite(citation);
      case Chunk.DeclinedDelta(String text, var logprobs) -> {
        AnthropicReplies.loseLogprobs(logprobs, "content", losses);
        declined = true;
        text(text);
      }
      case Chunk.ThinkingDelta(String text) -> {
        if (!text.isEmpty()) {
          start();
          blocks.think(text);
        }
      }
      case Chunk.ThinkingSigned(Opaque signature) -> {
        start();
        blocks.sign(AnthropicSignatures.ofThought(signature));
      }
      case Chunk.RedactedThinking(Opaque content) -> {
        start();
        redacted(content);
      }
      case Chunk.ToolCallStarted call -> call(call);
      case Chunk.ToolCallDelta(int call, String arguments) -> blocks.callDelta(call, arguments);
      case Chunk.Unknown unknown -> unknown(unknown);
    }
    return taken();
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      start();
      blocks.text(text);
    }
  }

  private void cite(Citation citation) {
    ObjectNode shown =
        AnthropicCitations.shown(citation, open.isAll(citation), "content", losses);
    if (shown != null) {
      start();
      blocks.cite(shown);
    }
  }

  private void redacted(Opaque content) {
    if (content.isOf(AnthropicMessages.NAME)) {
      blocks.whole(AnthropicReplies.redacted(content));
    } else {
      blocks.vehicle(AnthropicSignatures.ofRedacted(content));
    }
  }

  private void call(Chunk.ToolCallStarted call) {
    start();
    carriesCalls = true;
    Opaque signature = call.signature();
    if (signature != null) {
      blocks.vehicle(AnthropicSignatures.ofCall(signature));
    }
    blocks.callStart(call.call(), AnthropicReplies.toolUse(call.id(), call.name()));
  }

  /// A block of Anthropic's own is told as one; an event of an unknown type is told as it came.
  private void unknown(Chunk.Unknown unknown) {
    List<ObjectNode> known = AnthropicReplies.own(unknown.dialect(), unknown.raw());
    if (known.isEmpty()) {
      losses.add(new Loss(Reason.FOREIGN_PART, "content"));
    }
    for (ObjectNode own : known) {
      start();
      String type = own.path("type").stringValue("");
      if (AnthropicStreamBlocks.isBlock(type)) {
        blocks.whole(own);
      } else {
        event(type, own);
      }
    }
  }

  @Override
  public List<Loss> losses() {
    return List.copyOf(losses);
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    ObjectNode event = Json.object().put("type", "message_start");
    ObjectNode message = AnthropicReplies.opening(id.isEmpty() ? "unnamed" : id, model);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.putNull("stop_details").putNull("container");
    message.set("usage", AnthropicUsage.write(usage));
    event.set("message", message);
    event("message_start", event);
  }

  private void event(String type, ObjectNode data) {
    out.writeBytes(("event: " + type + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(Json.write(data));
    out.write('\n');
    out.write('\n');
  }

  private byte[] taken() {
    if (out.size() == 0) {
      return NOTHING;
    }
    byte[] taken = out.toByteArray();
    out.reset();
    return taken;
  }

  @Override
  public byte[] pass(SseEvent event) {
    return event.bytes();
  }

  @Override
  public void beside(RawJson auriga) {
    beside = auriga;
  }

  @Override
  public byte[] end() {
    if (ended) {
      return NOTHING;
    }
    start();
    blocks.endAll();
    ended = true;
    ObjectNode event = Json.object().put("type", "message_delta");
    event
        .putObject("delta")
        .put("stop_reason", AnthropicStops.write(stop, carriesCalls, declined))
        .put("stop_sequence", stopSequence)
        .putNull("stop_details")
        .putNull("container");
    event.set("usage", AnthropicUsage.cumulative(usage));
    if (beside != null) {
      event.set("auriga", Json.read(beside));
    }
    event("message_delta", event);
    event("message_stop", Json.object().put("type", "message_stop"));
    return taken();
  }

  @Override
  public byte[] endPassed() {
    return NOTHING;
  }

  @Override
  public byte[] fail(Problem problem) {
    if (ended) {
      return NOTHING;
    }
    ended = true;
    out.writeBytes("event: error\ndata: ".getBytes(StandardCharsets.UTF_8));
    out.writeBytes(AnthropicErrors.oneLine(problem));
    out.write('\n');
    out.write('\n');
    return taken();
  }

  @Override
  public byte[] keepAlive() {
    return ended ? NOTHING : PING.clone();
  }
}
