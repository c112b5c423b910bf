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
/// @param form what the answer must be
/// @param maxTokens the limit on output tokens, absent when the client set none
/// @param usageWanted whether the client's stream is to carry usage (OpenAI's `include_usage`;
///     always true in dialects whose streams always carry it)
/// @param lineage what it tells of the conversation it belongs to
public record Outline(
    String model,
    boolean streamed,
    LazyText userText,
    Set<Modality> modalities,
    boolean carriesTools,
    Form form,
    @Nullable Integer maxTokens,
    Thinking thinking,
    boolean usageWanted,
    Lineage lineage) {

  /// What an answer must be.
  public enum Form {
    FREE,
    /// A JSON object of any kind.
    JSON_OBJECT,
    /// JSON that fits the request's schema.
    SCHEMA
  }

  public Outline {
    modalities = Set.copyOf(modalities);
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
        model, streamed, new LazyText(() -> lastUserText), modalities, carriesTools, Form.FREE, maxTokens,
        thinking, usageWanted, Lineage.UNKNOWN);
  }

  /// The text of the last user message, its text parts joined by newlines; empty when there is none.
  public String lastUserText() {
    return userText.get();
  }

  /// The outline of a request that is already in the neutral vocabulary.
  public static Outline of(CompletionRequest request) {
    String lastUserText = "";
    Set<Modality> modalities = java.util.EnumSet.noneOf(Modality.class);
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
      message.parts().forEach(part -> note(part, modalities));
    }
    String text = lastUserText;
    return new Outline(
        request.model(), request.streamed(), new LazyText(() -> text), modalities,
        !request.tools().isEmpty(), form(request.format()), request.maxTokens(), request.thinking(), true,
        beginning.lineage(request.messages().size()));
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

  private static void note(Part part, Set<Modality> seen) {
    switch (part) {
      case Part.Image _ -> seen.add(Modality.IMAGE);
      case Part.Audio _ -> seen.add(Modality.AUDIO);
      case Part.Video _ -> seen.add(Modality.VIDEO);
      case Part.Document _ -> seen.add(Modality.DOCUMENT);
      case Part.ToolResult result -> result.content().forEach(inner -> note(inner, seen));
      case Part.Text _, Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _,
          Part.Declined _, Part.Unknown _ -> {}
    }
  }
}
