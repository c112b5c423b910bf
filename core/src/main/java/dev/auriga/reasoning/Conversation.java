// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation being gone through message by message, to know its answers again.
///
/// An answer with tool calls is known by the id of its first call, which holds also where a client
/// shortens what came before. One without is known by its text and the visible words before it;
/// instructions do not count, because agents write the time of day into them. For one thread.
final class Conversation {
  private final MessageDigest words = Digest.sha256();

  /// What the answer `parts` is known by at this point.
  Digest nameOf(List<Part> parts) {
    String id = firstCallId(parts);
    if (id != null) {
      return Digest.of("call " + id);
    }
    MessageDigest named = copy();
    Digest.add("text", named);
    Digest.add(Turn.textOf(parts).strip(), named);
    return Digest.of(named);
  }

  void add(Message message) {
    if (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER) {
      return;
    }
    Digest.add(message.role().name(), words);
    message.parts().forEach(this::add);
  }

  private void add(Part part) {
    switch (part) {
      case Part.Text text -> Digest.add(text.text().strip(), words);
      case Part.Declined declined -> Digest.add(declined.text().strip(), words);
      case Part.ToolCall call -> Digest.add(call.id(), words);
      case Part.ToolResult result -> {
        Digest.add(result.callId(), words);
        result.content().forEach(this::add);
      }
      case Part.Image image -> media(image.media().hashCode());
      case Part.Audio audio -> media(audio.media().hashCode());
      case Part.Video video -> media(video.media().hashCode());
      case Part.Document document -> media(document.media().hashCode());
      case Part.Thinking _, Part.RedactedThinking _, Part.Unknown _ -> {}
    }
  }

  /// A hash is enough for media: what is kept is found by a text beside it.
  private void media(int hash) {
    Digest.add(Integer.toHexString(hash), words);
  }

  private static @Nullable String firstCallId(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        return call.id();
      }
    }
    return null;
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) words.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", impossible);
    }
  }
}
