// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.names;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import java.util.List;

/// The names and ids of one request that a dialect does not take, and what stands for them there.
///
/// It follows from the request alone, so that the same history is said in the same words on every
/// turn. The answer's tool names are turned back to the client's; ids in an answer are new.
public final class Renaming {
  /// Everything as the client says it.
  public static final Renaming NONE = new Renaming(WordTable.EMPTY, WordTable.EMPTY);

  private final WordTable tools;
  private final WordTable calls;

  private Renaming(WordTable tools, WordTable calls) {
    this.tools = tools;
    this.calls = calls;
  }

  /// What `request` needs to be said under `rule`.
  public static Renaming of(CompletionRequest request, NameRule rule) {
    WordTable.Builder tools = new WordTable.Builder(rule.tool());
    WordTable.Builder calls = new WordTable.Builder(rule.call());
    for (Tool tool : request.tools()) {
      if (tool instanceof Tool.Function function) {
        tools.add(function.name());
      }
    }
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.ToolCall call) {
          tools.add(call.name());
          calls.add(call.id());
        } else if (part instanceof Part.ToolResult result) {
          calls.add(result.callId());
        }
      }
    }
    if (request.toolChoice() instanceof ToolChoice.Named(String name) && isFunction(name, request)) {
      tools.add(name);
    }
    return tools.isEmpty() && calls.isEmpty() ? NONE : new Renaming(tools.build(), calls.build());
  }

  private static boolean isFunction(String name, CompletionRequest request) {
    return request.tools().stream()
        .noneMatch(tool -> tool instanceof Tool.Hosted hosted && hosted.name().equals(name));
  }

  /// `request` in the dialect's words.
  public CompletionRequest outward(CompletionRequest request) {
    if (this == NONE) {
      return request;
    }
    CompletionRequest.Builder out = request.toBuilder();
    out.messages(request.messages().stream().map(this::outward).toList());
    out.tools(request.tools().stream().map(this::outward).toList());
    if (request.toolChoice() instanceof ToolChoice.Named(String name)) {
      out.toolChoice(new ToolChoice.Named(tools.outward(name)));
    }
    return out.build();
  }

  private Message outward(Message message) {
    List<Part> parts = message.parts().stream().map(this::outward).toList();
    return new Message(message.role(), parts, message.name());
  }

  private Part outward(Part part) {
    return switch (part) {
      case Part.ToolCall call ->
          new Part.ToolCall(
              calls.outward(call.id()), tools.outward(call.name()), call.arguments(), call.signature(),
              call.cache());
      case Part.ToolResult result ->
          new Part.ToolResult(
              calls.outward(result.callId()),
              result.name() == null ? null : tools.outward(result.name()),
              result.content(), result.failed(), result.cache());
      case Part.Text _, Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.Thinking _,
          Part.RedactedThinking _, Part.Declined _, Part.Unknown _ ->
          part;
    };
  }

  private Tool outward(Tool tool) {
    return switch (tool) {
      case Tool.Function function ->
          new Tool.Function(
              tools.outward(function.name()), function.description(), function.parameters(),
              function.strict(), function.cache());
      case Tool.Hosted hosted -> hosted;
    };
  }

  /// `answer` with the client's own names.
  public Completion inward(Completion answer) {
    if (this == NONE) {
      return answer;
    }
    List<Part> parts = answer.parts().stream().map(this::inward).toList();
    return answer.with(parts);
  }

  private Part inward(Part part) {
    return part instanceof Part.ToolCall call
        ? new Part.ToolCall(
            call.id(), tools.inward(call.name()), call.arguments(), call.signature(), call.cache())
        : part;
  }

  /// `chunk` with the client's own names.
  public Chunk inward(Chunk chunk) {
    return this != NONE && chunk instanceof Chunk.ToolCallStarted call
        ? new Chunk.ToolCallStarted(call.call(), call.id(), tools.inward(call.name()), call.signature())
        : chunk;
  }
}
