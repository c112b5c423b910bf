// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Wrapping;
import dev.auriga.dialect.openai.OpenAiUntold;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a stream of Responses events.
///
/// First `response.created` and `response.in_progress`, then the items, at the end
/// `response.completed` or `response.incomplete` with the whole response, and `[DONE]`, which Open
/// Responses demands and OpenAI's SDKs ignore. A stream that breaks ends with `response.failed`.
/// Events are numbered from 0; `event` is the type. Sources: OpenAI OpenAPI document,
/// `ResponseStreamEvent`; Open Responses specification, Streaming.
final class ResponsesStreamWriter implements StreamWriter {
  private static final byte[] DONE = ascii("data: [DONE]\n\n");
  private static final byte[] KEEP_ALIVE = ascii(": keep-alive\n\n");
  private static final byte[] DONE_SIGN = ascii("[DONE]");

  private final ResponsesEcho echo;
  private final InstantSource clock;
  private final Set<Loss> losses = new LinkedHashSet<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private String id = "";
  private String model = "";
  private @Nullable ResponsesResource resource;
  private @Nullable ResponsesItems items;
  private int sequence;
  private boolean passing;
  private boolean donePassed;
  private StopReason stop = StopReason.Known.END;
  private @Nullable Usage usage;
  private @Nullable RawJson beside;

  /// `echo` is what the response repeats of its request.
  ResponsesStreamWriter(ResponsesEcho echo, InstantSource clock) {
    this.echo = echo;
    this.clock = clock;
  }

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public byte[] write(Chunk chunk) {
    switch (chunk) {
      case Chunk.Started begin -> {
        id = begin.id();
        model = begin.model();
        items();
      }
      case Chunk.TextDelta delta when !delta.text().isEmpty() || !delta.logprobs().isEmpty() ->
          items().text(delta.text(), delta.logprobs());
      case Chunk.Cited cited -> items().cite(cited.citation(), "content");
      case Chunk.DeclinedDelta delta -> {
        if (!delta.text().isEmpty()) {
          items().decline(delta.text());
        }
        if (!delta.logprobs().isEmpty()) {
          losses.add(new Loss(Reason.UNSUPPORTED_FIELD, "content.logprobs"));
        }
      }
      case Chunk.ThinkingDelta delta when !delta.text().isEmpty() -> items().think(delta.text());
      case Chunk.ThinkingSigned signed ->
          items().seal(ResponsesReasoning.encryptedFor(signed.signature(), Wrapping.Subject.THOUGHT));
      case Chunk.RedactedThinking redacted ->
          items().sealed(
              ResponsesReasoning.encryptedFor(redacted.content(), Wrapping.Subject.REDACTED));
      case Chunk.ToolCallStarted call -> {
        ResponsesReplyWriter.sign(call.signature(), items());
        items().callStart(call.call(), call.id(), call.name());
      }
      case Chunk.ToolCallDelta delta -> items().callDelta(delta.call(), delta.arguments());
      case Chunk.PartEnded _ -> items().endPart();
      case Chunk.Counted counted -> {
        usage = counted.usage();
        OpenAiUntold.ofUsage(usage, losses);
      }
      case Chunk.Stopped stopped -> {
        stop = stopped.reason();
        OpenAiUntold.ofStop(stop, stopped.stopSequence(), losses);
      }
      case Chunk.Unknown unknown -> {
        if (!ResponsesReplyWriter.unknown(unknown.dialect(), unknown.raw(), items())) {
          losses.add(new Loss(Reason.FOREIGN_PART, "content"));
        }
      }
      case Chunk.TextDelta _, Chunk.ThinkingDelta _, Chunk.Failed _ -> {}
    }
    return taken();
  }

  @Override
  public List<Loss> losses() {
    return List.copyOf(losses);
  }

  private byte[] taken() {
    if (out.size() == 0) {
      return NOTHING;
    }
    byte[] bytes = out.toByteArray();
    out.reset();
    return bytes;
  }

  /// The items, behind the opening events.
  private ResponsesItems items() {
    ResponsesItems open = items;
    if (open == null) {
      ResponsesResource whole = resource();
      open = new ResponsesItems(whole.stem(), echo.freeForm(), this::event, losses);
      items = open;
      if (!passing) {
        event("response.created", about(whole.inProgress()));
        event("response.in_progress", about(whole.inProgress()));
      }
    }
    return open;
  }

  private ResponsesResource resource() {
    ResponsesResource known = resource;
    if (known == null) {
      known = new ResponsesResource(id, model, now(), echo);
      resource = known;
    }
    return known;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static ObjectNode about(ObjectNode response) {
    ObjectNode event = Json.object();
    event.set("response", response);
    return event;
  }

  private void event(String type, ObjectNode fields) {
    ObjectNode data = Json.object().put("type", type).put("sequence_number", sequence++);
    data.setAll(fields);
    out.writeBytes(ascii("event: " + type + "\ndata: "));
    out.writeBytes(Json.write(data));
    out.writeBytes(ascii("\n\n"));
  }

  /// Events are counted on the way, and the first one read, so that a failure can go on from them.
  @Override
  public byte[] pass(SseEvent event) {
    if (!passing) {
      passing = true;
      identify(event);
    }
    boolean done = event.to() - event.from() < 32 && event.contains(DONE_SIGN);
    donePassed |= done;
    sequence++;
    return event.bytes();
  }

  private void identify(SseEvent first) {
    try {
      JsonNode response = Json.read(first.data()).path("response");
      id = response.path("id").asString("");
      model = response.path("model").asString("");
    } catch (JacksonException _) {
      // What is not JSON names nothing; a failure then gets an id of its own.
    }
  }

  @Override
  public void beside(RawJson auriga) {
    beside = auriga;
  }

  @Override
  public byte[] end() {
    ResponsesItems all = items();
    String incomplete = ResponsesStops.incompleteReason(stop);
    String status = incomplete == null ? ResponsesStops.COMPLETED : ResponsesStops.INCOMPLETE;
    all.endAll(status);
    ObjectNode response = resource().ended(all.output(), incomplete, usage, now());
    if (beside != null) {
      response.set("auriga", Json.read(beside));
    }
    event("response." + status, about(response));
    out.writeBytes(DONE);
    return taken();
  }

  /// The marker, where the server left it out.
  @Override
  public byte[] endPassed() {
    return donePassed ? NOTHING : DONE;
  }

  @Override
  public byte[] fail(Problem problem) {
    ResponsesItems all = items();
    event(
        "response.failed",
        about(resource().failed(all.output(), ResponsesProblems.error(problem), usage)));
    return taken();
  }

  @Override
  public byte[] keepAlive() {
    return KEEP_ALIVE;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
