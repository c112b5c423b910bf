// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One piece of a message: text, media, thinking, a tool call or its result.
///
/// A `cache` mark says that the prompt may be cached up to and including this part. Signatures
/// and redacted thinking are [Opaque]: they go back unchanged to where they came from.
public sealed interface Part {

  /// `logprobs` are those of the tokens the text is made of, where they were asked for.
  record Text(
      String text,
      @Nullable CacheMark cache,
      List<Citation> citations,
      List<TokenLogprob> logprobs)
      implements Part {
    public Text {
      citations = List.copyOf(citations);
      logprobs = List.copyOf(logprobs);
    }

    public Text(String text, @Nullable CacheMark cache) {
      this(text, cache, List.of(), List.of());
    }

    public static Text of(String text) {
      return new Text(text, null);
    }

    public Text withCache(@Nullable CacheMark mark) {
      return new Text(text, mark, citations, logprobs);
    }

    public Text withCitations(List<Citation> others) {
      return new Text(text, cache, others, logprobs);
    }
  }

  /// `detail` is OpenAI's resolution hint (`low`, `high`, `auto`).
  record Image(Media media, @Nullable String detail, @Nullable CacheMark cache) implements Part {}

  record Audio(Media media) implements Part {}

  record Video(Media media) implements Part {}

  record Document(Media media, @Nullable String title, @Nullable CacheMark cache) implements Part {}

  /// What a model thought before it answered; the text may be empty while the signature is not.
  record Thinking(String text, @Nullable Opaque signature) implements Part {}

  /// Thinking that its provider encrypted.
  record RedactedThinking(Opaque content) implements Part {}

  /// A model's wish to have a tool called. `arguments` is the text of a JSON object as the model
  /// wrote it, so it may be invalid JSON; no arguments is `{}`.
  record ToolCall(
      String id, String name, String arguments, @Nullable Opaque signature, @Nullable CacheMark cache)
      implements Part {
    public static ToolCall of(String id, String name, String arguments) {
      return new ToolCall(id, name, arguments, null, null);
    }
  }

  /// What a tool answered. `name` is the tool's name where the dialect says it (Gemini).
  record ToolResult(
      String callId,
      @Nullable String name,
      List<Part> content,
      boolean failed,
      @Nullable CacheMark cache)
      implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /// The model declined; the text is its explanation.
  record Declined(String text, List<TokenLogprob> logprobs) implements Part {
    public Declined {
      logprobs = List.copyOf(logprobs);
    }

    public Declined(String text) {
      this(text, List.of());
    }
  }

  /// A part that only its own dialect understands, as raw JSON.
  record Unknown(String dialect, RawJson raw) implements Part {}

  /// The text parts of `parts` joined by newlines; empty when there are none.
  static String textOf(List<Part> parts) {
    return parts.stream()
        .filter(Text.class::isInstance)
        .map(part -> ((Text) part).text())
        .collect(Collectors.joining("\n"));
  }
}
