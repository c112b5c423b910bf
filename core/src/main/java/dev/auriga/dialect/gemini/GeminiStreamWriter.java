// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a stream of generateContent responses, as server-sent events or as one JSON array.
///
/// Each event is a whole response with one candidate. A call is told when its arguments are
/// complete; calls that are open together are told at the latest when the model stops. The last
/// event has the finish reason and the usage. There are no comments: Google's SDKs take every
/// line for data. Source: Gemini API reference, models.streamGenerateContent.
final class GeminiStreamWriter implements StreamWriter {
  private static final byte[] DATA = bytes("data:");

  private final Set<Loss> losses = new LinkedHashSet<>();
  private final CitedText shown = new CitedText();
  private final StringBuilder text = new StringBuilder();
  private final GeminiGrounding grounding = new GeminiGrounding(losses);
  private final boolean isArray;
  private final TreeMap<Integer, OpenCall> calls = new TreeMap<>();
  private int lastOpened = -1;
  private boolean hasBegun;
  private boolean inThought;
  private String id = "";
  private String model;
  private @Nullable Usage usage;
  private @Nullable StopReason stop;
  private @Nullable RawJson beside;

  /// A call whose arguments are still coming.
  private static final class OpenCall {
    private final String id;
    private final String name;
    private final @Nullable Opaque signature;
    private final StringBuilder arguments = new StringBuilder();
    private boolean ended;

    private OpenCall(Chunk.ToolCallStarted started) {
      this.id = started.id();
      this.name = started.name();
      this.signature = started.signature();
    }
  }

  /// `model` is named until the stream says which one answers.
  GeminiStreamWriter(ClientRequest.Framing framing, String model) {
    this.isArray =
        switch (framing) {
          case JSON_ARRAY -> true;
          case BY_BODY, WHOLE, SSE -> false;
        };
    this.model = model;
  }

  @Override
  public String contentType() {
    return isArray ? "application/json" : "text/event-stream";
  }

  @Override
  public byte[] write(Chunk chunk) {
    boolean isLast = chunk instanceof Chunk.Stopped && calls.isEmpty();
    byte[] cited = CitedText.endsText(chunk) && !isLast ? cited() : NOTHING;
    byte[] told = tell(chunk);
    if (cited.length == 0) {
      return told;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(cited.length + told.length);
    out.writeBytes(cited);
    out.writeBytes(told);
    return out.toByteArray();
  }

  /// What the text that has ended cites, in an event of its own; that of the last text goes into the
  /// last event, as with Gemini itself.
  private byte[] cited() {
    endText();
    if (grounding.isEmpty()) {
      return NOTHING;
    }
    ArrayNode parts = Json.object().arrayNode();
    parts.addObject().put("text", "");
    ObjectNode response = response(parts, null);
    grounding.writeTo(candidate(response));
    return event(response);
  }

  private void endText() {
    List<Citation> ended = shown.endPart();
    String all = ended.isEmpty() ? "" : text.toString();
    for (Citation citation : ended) {
      grounding.add(citation, all, 0, "content");
    }
  }

  private byte[] tell(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Started started -> {
        id = started.id();
        model = started.model().isEmpty() ? model : started.model();
        yield NOTHING;
      }
      case Chunk.TextDelta delta -> {
        shown.add(delta.text());
        text.append(delta.text());
        yield text(delta.text(), false, delta.logprobs());
      }
      case Chunk.Cited cited -> {
        shown.cite(cited.citation());
        yield NOTHING;
      }
      case Chunk.ThinkingDelta delta -> text(delta.text(), true, List.of());
      case Chunk.DeclinedDelta delta -> {
        shown.add(delta.text());
        shown.endPart();
        text.append(delta.text());
        yield text(delta.text(), false, delta.logprobs());
      }
      case Chunk.ThinkingSigned signed -> {
        ObjectNode part = GeminiReplies.signaturePart(signed.signature(), inThought);
        yield part == null ? NOTHING : part(part);
      }
      case Chunk.ToolCallStarted started -> {
        lastOpened = started.call();
        calls.put(started.call(), new OpenCall(started));
        yield NOTHING;
      }
      case Chunk.ToolCallDelta delta -> {
        OpenCall call = calls.get(delta.call());
        if (call != null) {
          call.arguments.append(delta.arguments());
        }
        yield NOTHING;
      }
      case Chunk.PartEnded _ -> endPart();
      case Chunk.Counted counted -> {
        usage = counted.usage();
        losses.addAll(GeminiUsage.losses(usage));
        yield NOTHING;
      }
      case Chunk.Stopped stopped -> {
        stop = stopped.reason();
        losses.addAll(GeminiStops.losses(stop, stopped.stopSequence()));
        yield tellCalls(true);
      }
      case Chunk.Unknown unknown ->
          unknown.dialect().equals(Gemini.NAME)
              ? part(Json.read(unknown.raw()))
              : foreign();
      case Chunk.RedactedThinking _, Chunk.Failed _ -> NOTHING;
    };
  }

  private byte[] foreign() {
    losses.add(new Loss(Reason.FOREIGN_PART, "content"));
    return NOTHING;
  }

  @Override
  public List<Loss> losses() {
    return List.copyOf(losses);
  }

  private byte[] text(String said, boolean isThought, List<TokenLogprob> logprobs) {
    inThought = isThought;
    if (said.isEmpty() && logprobs.isEmpty()) {
      return NOTHING;
    }
    ObjectNode part = Json.object().put("text", said);
    if (isThought) {
      part.put("thought", true);
    }
    ObjectNode response = response(Json.object().arrayNode().add(part), null);
    GeminiLogprobs.write(logprobs, candidate(response), "content", losses);
    return event(response);
  }

  private static ObjectNode candidate(ObjectNode response) {
    return (ObjectNode) response.path("candidates").path(0);
  }

  private byte[] endPart() {
    inThought = false;
    OpenCall last = calls.get(lastOpened);
    if (last != null) {
      last.ended = true;
    }
    return tellCalls(false);
  }

  /// The calls that are complete and have none open before them, or all of them.
  private byte[] tellCalls(boolean all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (!calls.isEmpty() && (all || calls.firstEntry().getValue().ended)) {
      OpenCall call = calls.pollFirstEntry().getValue();
      List<Loss> ofCall = new ArrayList<>();
      GeminiPartWriter parts = GeminiPartWriter.forClients(ofCall);
      parts.write(
          new Part.ToolCall(call.id, call.name, call.arguments.toString(), call.signature, null), "content");
      losses.addAll(ofCall);
      out.writeBytes(event(response(parts.parts(), null)));
    }
    return out.toByteArray();
  }

  private byte[] part(JsonNode part) {
    return event(response(Json.object().arrayNode().add(part), null));
  }

  private ObjectNode response(ArrayNode parts, @Nullable String finishReason) {
    return GeminiReplies.response(parts, finishReason, usage)
        .put("modelVersion", model)
        .put("responseId", id);
  }

  private byte[] event(JsonNode response) {
    return event(Json.write(response));
  }

  private byte[] event(byte[] json) {
    byte[] before = bytes(!isArray ? "data: " : hasBegun ? ",\r\n" : "[");
    byte[] after = bytes(isArray ? "" : "\r\n\r\n");
    hasBegun = true;
    ByteArrayOutputStream out = new ByteArrayOutputStream(before.length + json.length + after.length);
    out.writeBytes(before);
    out.writeBytes(json);
    out.writeBytes(after);
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] pass(SseEvent event) {
    if (!event.contains(DATA)) {
      return NOTHING;
    }
    if (!isArray) {
      return event.bytes();
    }
    String data = event.data();
    return data.isBlank() ? NOTHING : event(bytes(data));
  }

  @Override
  public void beside(RawJson auriga) {
    beside = auriga;
  }

  @Override
  public byte[] end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(tellCalls(true));
    ArrayNode parts = Json.object().arrayNode();
    parts.addObject().put("text", "");
    String reason = stop == null ? "OTHER" : GeminiStops.write(stop);
    usage = usage == null ? Usage.NONE : usage;
    endText();
    ObjectNode last = response(parts, reason);
    grounding.writeTo(candidate(last));
    if (beside != null) {
      last.set("auriga", Json.read(beside));
    }
    out.writeBytes(event(last));
    out.writeBytes(endPassed());
    return out.toByteArray();
  }

  @Override
  public byte[] endPassed() {
    return isArray ? bytes(hasBegun ? "]" : "[]") : NOTHING;
  }

  @Override
  public byte[] fail(Problem problem) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // One line: the original may be set on many, and a data field ends with its line.
    out.writeBytes(event(Json.read(GeminiProblems.write(problem))));
    out.writeBytes(isArray ? bytes("]") : NOTHING);
    return out.toByteArray();
  }

  /// Google's clients take the end of the body for the end of the answer, whatever came before.
  @Override
  public boolean cutsAfterFailure() {
    return true;
  }

  @Override
  public byte[] keepAlive() {
    return NOTHING;
  }
}
