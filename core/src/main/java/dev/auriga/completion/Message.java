// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation: who speaks, and the parts of what is said, in order.
///
/// A [Role#TOOL] message holds only [Part.ToolResult] parts; consecutive results of one turn
/// share one message. `name` is OpenAI's optional participant name.
public record Message(Role role, List<Part> parts, @Nullable String name) {

  public Message {
    parts = List.copyOf(parts);
  }

  public static Message of(Role role, Part... parts) {
    return new Message(role, List.of(parts), null);
  }

  public static Message system(String text) {
    return of(Role.SYSTEM, Part.Text.of(text));
  }

  public static Message user(String text) {
    return of(Role.USER, Part.Text.of(text));
  }

  public static Message assistant(String text) {
    return of(Role.ASSISTANT, Part.Text.of(text));
  }

  /// The text parts joined by newlines; empty when there are none.
  public String text() {
    return Part.textOf(parts);
  }
}
