// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.dialect.CitedText;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Written;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a whole answer as a Chat Completions reply.
///
/// Thinking goes into `reasoning_content`, the field most clients read, never into the content. Of
/// signatures only Gemini's have a place here. Sources: OpenAI OpenAPI document,
/// `CreateChatCompletionResponse`; DeepSeek API documentation, Thinking mode; Gemini API
/// documentation, OpenAI compatibility.
final class OpenAiReplyWriter {
  private static final String ID_START = "chatcmpl-";

  private final Set<Loss> losses = new LinkedHashSet<>();

  private final Set<String> freeForm;

  private OpenAiReplyWriter(Set<String> freeForm) {
    this.freeForm = freeForm;
  }

  /// `freeForm` are the names of the client's custom tools; `created` is in seconds since 1970.
  static Written write(Completion completion, Set<String> freeForm, long created) {
    OpenAiReplyWriter writer = new OpenAiReplyWriter(freeForm);
    byte[] body = writer.body(completion, created);
    return new Written(body, List.copyOf(writer.losses));
  }

  private byte[] body(Completion completion, long created) {
    ObjectNode reply =
        Json.object()
            .put("id", id(completion.id()))
            .put("object", "chat.completion")
            .put("created", created)
            .put("model", completion.model());
    ObjectNode choice = reply.putArray("choices").addObject().put("index", 0);
    message(choice.putObject("message"), completion);
    logprobs(choice, completion.parts());
    choice.put("finish_reason", OpenAiStops.write(completion.stop()));
    reply.set("usage", OpenAiUsage.write(completion.usage(), OpenAiUsage.Words.CHAT));
    OpenAiUntold.ofStop(completion.stop(), completion.stopSequence(), losses);
    OpenAiUntold.ofUsage(completion.usage(), losses);
    losses.addAll(completion.unread());
    return Json.write(reply);
  }

  /// The provider's own id behind OpenAI's prefix; a new one where it gave none.
  static String id(String id) {
    if (id.isEmpty()) {
      return ID_START + UUID.randomUUID().toString().replace("-", "");
    }
    return id.startsWith(ID_START) ? id : ID_START + id;
  }

  private static void logprobs(ObjectNode choice, List<Part> parts) {
    List<TokenLogprob> ofText = new ArrayList<>();
    List<TokenLogprob> ofRefusal = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        ofText.addAll(text.logprobs());
      } else if (part instanceof Part.Declined declined) {
        ofRefusal.addAll(declined.logprobs());
      }
    }
    choice.set("logprobs", logprobs(ofText, ofRefusal));
  }

  /// The `logprobs` of a choice; null where there are none.
  static JsonNode logprobs(List<TokenLogprob> ofText, List<TokenLogprob> ofRefusal) {
    ObjectNode logprobs = Json.object().putNull("content").putNull("refusal");
    if (ofText.isEmpty() && ofRefusal.isEmpty()) {
      return logprobs.nullNode();
    }
    if (!ofText.isEmpty()) {
      logprobs.set("content", OpenAiLogprobs.chat(ofText));
    }
    if (!ofRefusal.isEmpty()) {
      logprobs.set("refusal", OpenAiLogprobs.chat(ofRefusal));
    }
    return logprobs;
  }

  private void annotate(Part.Text text, String at, CitedText all, ArrayNode annotations) {
    all.add(text.text());
    text.citations().forEach(all::cite);
    for (Citation citation : all.endPart()) {
      ObjectNode annotation = OpenAiAnnotations.chat(citation, at, losses);
      if (annotation != null) {
        annotations.add(annotation);
      }
    }
  }

  private void message(ObjectNode message, Completion completion) {
    StringBuilder text = new StringBuilder();
    StringBuilder thought = new StringBuilder();
    StringBuilder declined = new StringBuilder();
    ArrayNode calls = Json.object().putArray("tool_calls");
    ArrayNode annotations = Json.object().putArray("annotations");
    CitedText all = new CitedText();
    for (int i = 0; i < completion.parts().size(); i++) {
      String at = "content[%d]".formatted(i);
      switch (completion.parts().get(i)) {
        case Part.Text words -> {
          text.append(words.text());
          annotate(words, at, all, annotations);
        }
        case Part.Thinking thinking -> thought.append(thinking.text());
        case Part.Declined refusal -> declined.append(refusal.text());
        case Part.ToolCall call -> call(calls.addObject(), call);
        case Part.RedactedThinking _ -> {}
        case Part.Unknown _ -> lost(Reason.FOREIGN_PART, at);
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ ->
            lost(Reason.UNSUPPORTED_PART, at);
      }
    }
    message.put("role", "assistant");
    message.put("content", orNull(text));
    message.put("refusal", orNull(declined));
    if (!annotations.isEmpty()) {
      message.set("annotations", annotations);
    }
    if (!thought.isEmpty()) {
      message.put("reasoning_content", thought.toString());
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    } else if (text.isEmpty() && declined.isEmpty()) {
      message.put("content", "");
    }
  }

  private static @Nullable String orNull(StringBuilder text) {
    return text.isEmpty() ? null : text.toString();
  }

  private void lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }

  private void call(ObjectNode written, Part.ToolCall call) {
    if (freeForm.contains(call.name())) {
      written.put("id", call.id()).put("type", "custom");
      written
          .putObject("custom")
          .put("name", call.name())
          .put("input", OpenAiFreeForm.input(call.arguments()));
      return;
    }
    written.put("id", call.id()).put("type", "function");
    written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    sign(written, call.signature());
  }

  /// Puts Gemini's signature where its clients look for it; others have no place.
  static void sign(ObjectNode call, @Nullable Opaque signature) {
    if (signature != null && signature.isOf(OpenAiMessageReader.GEMINI)) {
      call.putObject("extra_content").putObject("google").put("thought_signature", signature.value());
    }
  }
}
