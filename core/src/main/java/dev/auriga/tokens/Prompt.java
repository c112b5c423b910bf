// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Tool;
import java.util.ArrayList;
import java.util.List;

/// What of a request a model reads: its texts (instructions, conversation, tools and schema), and
/// what everything else in it usually costs.
///
/// @param rest tokens of media and of the framing of messages and tools
record Prompt(List<String> texts, long rest) {
  /// What the framing of one message costs (OpenAI cookbook, counting tokens for chat: three for
  /// each message and one for its role).
  private static final int PER_MESSAGE = 4;

  private static final int PER_TOOL = 8;
  private static final int PER_PROMPT = 3;

  static Prompt of(CompletionRequest request, String model) {
    Reading reading = new Reading(MediaTokens.of(model));
    request.messages().forEach(reading::message);
    request.tools().forEach(reading::tool);
    if (request.format() instanceof AnswerFormat.JsonSchema schema) {
      reading.texts.add(schema.schema().text());
    }
    return new Prompt(List.copyOf(reading.texts), reading.rest + PER_PROMPT);
  }

  /// One request being read.
  private static final class Reading {
    private final MediaTokens media;
    private final List<String> texts = new ArrayList<>();
    private long rest;

    Reading(MediaTokens media) {
      this.media = media;
    }

    void message(Message message) {
      rest += PER_MESSAGE;
      message.parts().forEach(this::part);
    }

    void tool(Tool tool) {
      rest += PER_TOOL;
      switch (tool) {
        case Tool.Function function -> {
          texts.add(function.name());
          if (function.description() != null) {
            texts.add(function.description());
          }
          texts.add(function.parameters().text());
        }
        case Tool.Hosted hosted -> texts.add(hosted.raw().text());
      }
    }

    private void part(Part part) {
      switch (part) {
        case Part.Text text -> texts.add(text.text());
        case Part.Thinking thinking -> texts.add(thinking.text());
        case Part.RedactedThinking redacted -> {}
        case Part.Declined declined -> texts.add(declined.text());
        case Part.Unknown unknown -> texts.add(unknown.raw().text());
        case Part.ToolCall call -> {
          rest += PER_TOOL;
          texts.add(call.name());
          texts.add(call.arguments());
        }
        case Part.ToolResult result -> {
          rest += PER_MESSAGE;
          result.content().forEach(this::part);
        }
        case Part.Image image -> rest += media.image(image);
        case Part.Audio audio -> rest += MediaTokens.sound(audio.media());
        case Part.Video video -> rest += MediaTokens.sound(video.media());
        case Part.Document document -> {
          String text = MediaTokens.textOf(document.media());
          if (text == null) {
            rest += MediaTokens.pages(document.media());
          } else {
            texts.add(text);
          }
        }
      }
    }
  }
}
