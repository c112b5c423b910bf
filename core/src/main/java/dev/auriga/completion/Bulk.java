// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// How many bytes a request has, as clients of a wire format would send it: all its words in UTF-8, its
/// media as they are encoded, and something for the form around each piece.
final class Bulk {
  private static final int FORM = 32;

  private long bytes;

  private Bulk() {}

  static long of(CompletionRequest request) {
    Bulk bulk = new Bulk();
    for (Message message : request.messages()) {
      bulk.bytes += FORM;
      message.parts().forEach(bulk::part);
    }
    request.tools().forEach(bulk::tool);
    if (request.format() instanceof AnswerFormat.JsonSchema schema) {
      bulk.text(schema.schema().text());
    }
    return bulk.bytes;
  }

  private void tool(Tool tool) {
    bytes += FORM;
    switch (tool) {
      case Tool.Function function -> {
        text(function.name());
        text(function.description() == null ? "" : function.description());
        text(function.parameters().text());
      }
      case Tool.Hosted hosted -> text(hosted.raw().text());
    }
  }

  private void part(Part part) {
    bytes += FORM;
    switch (part) {
      case Part.Text text -> text(text.text());
      case Part.Image image -> media(image.media());
      case Part.Audio audio -> media(audio.media());
      case Part.Video video -> media(video.media());
      case Part.Document document -> {
        text(document.title() == null ? "" : document.title());
        media(document.media());
      }
      case Part.Thinking thinking -> {
        text(thinking.text());
        opaque(thinking.signature());
      }
      case Part.RedactedThinking redacted -> opaque(redacted.content());
      case Part.ToolCall call -> {
        text(call.name());
        text(call.arguments());
        opaque(call.signature());
      }
      case Part.ToolResult result -> result.content().forEach(this::part);
      case Part.Declined declined -> text(declined.text());
      case Part.Unknown unknown -> text(unknown.raw().text());
    }
  }

  private void opaque(@Nullable Opaque state) {
    bytes += state == null ? 0 : state.value().length();
  }

  private void media(Media media) {
    bytes += media.size();
  }

  private void text(String text) {
    bytes += utf8(text);
  }

  /// The bytes of `text` in UTF-8; half a surrogate pair has two of four.
  static long utf8(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      bytes += each < 0x80 ? 0 : each < 0x800 || Character.isSurrogate(each) ? 1 : 2;
    }
    return bytes;
  }
}
