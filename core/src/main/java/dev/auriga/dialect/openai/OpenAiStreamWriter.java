// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a stream of Chat Completions chunks.
///
/// First a delta with the role and empty content, then the deltas, at the end the finish reason,
/// the usage in a chunk without choices where the client asked for it, and `[DONE]`. Deltas of
/// several tool calls may interleave here, each names its call by index. The finish reason waits
/// for the end, so that a stream that breaks has none. Source: OpenAI OpenAPI document,
/// `CreateChatCompletionStreamResponse`, `ChatCompletionStreamOptions`.
final class OpenAiStreamWriter implements StreamWriter {
  private static final byte[] DONE = ascii("data: [DONE]\n\n");
  private static final byte[] KEEP_ALIVE = ascii(": keep-alive\n\n");
  private static final byte[] DONE_SIGN = ascii("[DONE]");

  private final Set<Loss> losses = new LinkedHashSet<>();
  private final boolean usageWanted;
  private final byte[] request;
  /// The client's custom tools, looked for when the first call comes.
  private @Nullable Set<String> freeForm;
  /// What custom tools are called with, told whole at the end.
  private final Map<Integer, StringBuilder> inputs = new TreeMap<>();
  private final long created;
  private final CitedText text = new CitedText();
  private @Nullable String id;
  private String model = "";
  private boolean opened;
  private boolean donePassed;
  private StopReason stop = StopReason.Known.END;
  private @Nullable Usage usage;
  private @Nullable RawJson beside;

  /// `request` is the client's body; `created` is in seconds since 1970.
  OpenAiStreamWriter(boolean usageWanted, byte[] request, long created) {
    this.usageWanted = usageWanted;
    this.request = request;
    this.created = created;
  }

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public byte[] write(Chunk chunk) {
    byte[] cited = CitedText.endsText(chunk) ? annotations() : NOTHING;
    byte[] told = tell(chunk);
    if (cited.length == 0) {
      return told;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(cited.length + told.length);
    out.writeBytes(cited);
    out.writeBytes(told);
    return out.toByteArray();
  }

  /// What the text that has ended cites, as one event.
  private byte[] annotations() {
    List<Citation> ended = text.endPart();
    if (ended.isEmpty()) {
      return NOTHING;
    }
    ArrayNode annotations = Json.object().arrayNode();
    for (Citation citation : ended) {
      ObjectNode annotation = OpenAiAnnotations.chat(citation, "content", losses);
      if (annotation != null) {
        annotations.add(annotation);
      }
    }
    return annotations.isEmpty()
        ? NOTHING
        : events(Json.object().set("annotations", annotations));
  }

  private byte[] tell(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Started begin -> {
        id = id == null ? OpenAiReplyWriter.id(begin.id()) : id;
        model = begin.model().isEmpty() ? model : begin.model();
        yield events(null);
      }
      case Chunk.TextDelta delta -> {
        text.add(delta.text());
        yield delta(
            "content", delta.text(), OpenAiReplyWriter.logprobs(delta.logprobs(), List.of()));
      }
      case Chunk.Cited cited -> {
        text.cite(cited.citation());
        yield NOTHING;
      }
      case Chunk.ThinkingDelta delta ->
          delta("reasoning_content", delta.text(), NullNode.getInstance());
      case Chunk.DeclinedDelta delta ->
          delta("refusal", delta.text(), OpenAiReplyWriter.logprobs(List.of(), delta.logprobs()));
      case Chunk.ToolCallStarted call -> events(isFreeForm(call) ? custom(call) : call(call));
      case Chunk.ToolCallDelta delta -> {
        StringBuilder input = inputs.get(delta.call());
        if (input == null) {
          yield events(arguments(delta));
        }
        input.append(delta.arguments());
        yield NOTHING;
      }
      case Chunk.Counted counted -> {
        usage = counted.usage();
        OpenAiUntold.ofUsage(usage, losses);
        yield NOTHING;
      }
      case Chunk.Stopped stopped -> {
        stop = stopped.reason();
        OpenAiUntold.ofStop(stop, stopped.stopSequence(), losses);
        yield NOTHING;
      }
      case Chunk.Unknown _ -> {
        losses.add(new Loss(Reason.FOREIGN_PART, "content"));
        yield NOTHING;
      }
      case Chunk.ThinkingSigned _, Chunk.RedactedThinking _, Chunk.PartEnded _, Chunk.Failed _ ->
          NOTHING;
    };
  }

  private byte[] delta(String name, String said, JsonNode logprobs) {
    return said.isEmpty() && logprobs.isNull()
        ? NOTHING
        : events(Json.object().put(name, said), logprobs);
  }

  @Override
  public List<Loss> losses() {
    return List.copyOf(losses);
  }

  private boolean isFreeForm(Chunk.ToolCallStarted call) {
    Set<String> known = freeForm;
    if (known == null) {
      known = OpenAiFreeForm.namesIn(request);
      freeForm = known;
    }
    return known.contains(call.name());
  }

  private ObjectNode custom(Chunk.ToolCallStarted call) {
    inputs.put(call.call(), new StringBuilder());
    ObjectNode delta = Json.object();
    ObjectNode written = delta.putArray("tool_calls").addObject();
    written.put("index", call.call()).put("id", call.id()).put("type", "custom");
    written.putObject("custom").put("name", call.name()).put("input", "");
    return delta;
  }

  private static ObjectNode input(int call, String arguments) {
    ObjectNode delta = Json.object();
    ObjectNode written = delta.putArray("tool_calls").addObject().put("index", call);
    written.putObject("custom").put("input", OpenAiFreeForm.input(arguments));
    return delta;
  }

  private static ObjectNode call(Chunk.ToolCallStarted call) {
    ObjectNode delta = Json.object();
    ObjectNode written = delta.putArray("tool_calls").addObject();
    written.put("index", call.call()).put("id", call.id()).put("type", "function");
    written.putObject("function").put("name", call.name()).put("arguments", "");
    OpenAiReplyWriter.sign(written, call.signature());
    return delta;
  }

  private static ObjectNode arguments(Chunk.ToolCallDelta fragment) {
    ObjectNode delta = Json.object();
    ObjectNode written = delta.putArray("tool_calls").addObject().put("index", fragment.call());
    written.putObject("function").put("arguments", fragment.arguments());
    return delta;
  }

  /// The opening event where it is still due, then the event of `delta`.
  private byte[] events(@Nullable ObjectNode delta) {
    return events(delta, NullNode.getInstance());
  }

  private byte[] events(@Nullable ObjectNode delta, JsonNode logprobs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    if (!opened) {
      opened = true;
      ObjectNode first = Json.object().put("role", "assistant").put("content", "");
      out.writeBytes(event(chunk(first, null)));
    }
    if (delta != null) {
      out.writeBytes(event(chunk(delta, logprobs, null)));
    }
    return out.toByteArray();
  }

  private ObjectNode chunk(ObjectNode delta, @Nullable String finish) {
    return chunk(delta, NullNode.getInstance(), finish);
  }

  private ObjectNode chunk(ObjectNode delta, JsonNode logprobs, @Nullable String finish) {
    ObjectNode chunk = head();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.set("logprobs", logprobs);
    choice.put("finish_reason", finish);
    return usageWanted ? chunk.putNull("usage") : chunk;
  }

  private ObjectNode head() {
    if (id == null) {
      id = OpenAiReplyWriter.id("");
    }
    return Json.object()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("created", created)
        .put("model", model);
  }

  @Override
  public byte[] pass(SseEvent event) {
    donePassed |= event.to() - event.from() < 32 && event.contains(DONE_SIGN);
    return !usageWanted && OpenAiSigns.onlyUsageIn(event) ? NOTHING : event.bytes();
  }

  @Override
  public void beside(RawJson auriga) {
    beside = auriga;
  }

  @Override
  public byte[] end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(events(null));
    out.writeBytes(annotations());
    inputs.forEach((call, said) -> out.writeBytes(event(chunk(input(call, said.toString()), null))));
    ObjectNode stopped = chunk(Json.object(), OpenAiStops.write(stop));
    if (beside != null) {
      stopped.set("auriga", Json.read(beside));
    }
    out.writeBytes(event(stopped));
    if (usageWanted && usage != null) {
      ObjectNode last = head();
      last.putArray("choices");
      last.set("usage", OpenAiUsage.write(usage, OpenAiUsage.Words.CHAT));
      out.writeBytes(event(last));
    }
    out.writeBytes(DONE);
    return out.toByteArray();
  }

  /// The marker, where a compatible server left it out.
  @Override
  public byte[] endPassed() {
    return donePassed ? NOTHING : DONE;
  }

  /// SDKs find an error by its field `error`, so a provider's own body without one is retold; a
  /// body of several lines becomes one line, as an event wants it.
  @Override
  public byte[] fail(Problem problem) {
    JsonNode body = Json.read(OpenAiProblems.write(problem));
    return event(body.has("error") ? body : Json.read(OpenAiProblems.retell(problem)));
  }

  @Override
  public byte[] keepAlive() {
    return KEEP_ALIVE;
  }

  private static byte[] event(JsonNode data) {
    return SseEvent.of(Json.raw(data).text()).bytes();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
