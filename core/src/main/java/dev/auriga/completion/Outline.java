// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What routing needs to know of a request, without the request.
///
/// A dialect draws it in one pass over the client's bytes, so that a request which is passed on in
/// its own dialect is never built as a tree.
///
/// @param model what the client put in `model`: the name of a route or a deployment
/// @param userText the text of the last user message, its text parts joined by newlines; empty when
///     there is none
/// @param cargo what it carries beside words
/// @param form what the answer must be
/// @param maxTokens the limit on output tokens, absent when the client set none
/// @param usageWanted whether the client's stream is to carry usage (OpenAI's `include_usage`;
///     always true in dialects whose streams always carry it)
/// @param surcharge what makes it dearer than others of its size
/// @param lineage what it tells of the conversation it belongs to
public record Outline(
    String model,
    boolean streamed,
    LazyText userText,
    Cargo cargo,
    boolean carriesTools,
    Form form,
    @Nullable Integer maxTokens,
    Thinking thinking,
    boolean usageWanted,
    Surcharge surcharge,
    Lineage lineage) {

  /// What an answer must be.
  public enum Form {
    FREE,
    /// A JSON object of any kind.
    JSON_OBJECT,
    /// JSON that fits the request's schema.
    SCHEMA
  }

  /// An outline whose text is at hand, of a request that leaves the form of its answer open and tells
  /// nothing of its conversation.
  public Outline(
      String model,
      boolean streamed,
      String lastUserText,
      Set<Modality> modalities,
      boolean carriesTools,
      @Nullable Integer maxTokens,
      Thinking thinking,
      boolean usageWanted) {
    this(
        model, streamed, new LazyText(() -> lastUserText), Cargo.of(modalities), carriesTools, Form.FREE,
        maxTokens, thinking, usageWanted, Surcharge.NONE, Lineage.UNKNOWN);
  }

  /// What it carries beside text, by kind.
  public Set<Modality> modalities() {
    return cargo.modalities();
  }

  /// The same with other words and nothing told of its conversation.
  public Outline saying(LazyText words) {
    return new Outline(
        model, streamed, words, cargo, carriesTools, form, maxTokens, new Thinking.Unsaid(), true, surcharge,
        Lineage.UNKNOWN);
  }

  /// The same with the answer wanted whole.
  public Outline atOnce() {
    return new Outline(
        model, false, userText, cargo, carriesTools, form, maxTokens, thinking, usageWanted, surcharge, lineage);
  }

  /// The same dearer.
  public Outline at(Surcharge other) {
    return new Outline(
        model, streamed, userText, cargo, carriesTools, form, maxTokens, thinking, usageWanted, other, lineage);
  }

  /// The text of the last user message, its text parts joined by newlines; empty when there is none.
  public String lastUserText() {
    return userText.get();
  }

  /// The outline of a request that is already in the neutral vocabulary.
  public static Outline of(CompletionRequest request) {
    String lastUserText = "";
    Cargo.Collector cargo = new Cargo.Collector();
    Beginning beginning = new Beginning();
    request.tools().forEach(tool -> beginning.tools().text(name(tool)));
    for (Message message : request.messages()) {
      if (beginning.isOpen()) {
        beginning.message().text(message.text());
        beginning.said(message.role());
      }
      if (message.role() == Role.USER) {
        lastUserText = message.text();
      }
      message.parts().forEach(part -> note(part, cargo));
    }
    String text = lastUserText;
    return new Outline(
        request.model(), request.streamed(), new LazyText(() -> text), cargo.cargo(),
        !request.tools().isEmpty(), form(request.format()), request.maxTokens(), request.thinking(), true,
        Surcharge.NONE, beginning.lineage(request.messages().size()));
  }

  private static String name(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> function.name();
      case Tool.Hosted hosted -> hosted.name();
    };
  }

  private static Form form(AnswerFormat format) {
    return switch (format) {
      case AnswerFormat.Text _ -> Form.FREE;
      case AnswerFormat.JsonObject _ -> Form.JSON_OBJECT;
      case AnswerFormat.JsonSchema _ -> Form.SCHEMA;
    };
  }

  private static void note(Part part, Cargo.Collector seen) {
    switch (part) {
      case Part.Image image -> seen.add(Modality.IMAGE, image.media());
      case Part.Audio audio -> seen.add(Modality.AUDIO, audio.media());
      case Part.Video video -> seen.add(Modality.VIDEO, video.media());
      case Part.Document document -> seen.add(Modality.DOCUMENT, document.media());
      case Part.ToolResult result -> result.content().forEach(inner -> note(inner, seen));
      case Part.Text _, Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _,
          Part.Declined _, Part.Unknown _ -> {}
    }
  }
}
