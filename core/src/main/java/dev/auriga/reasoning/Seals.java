// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/// Takes signatures and encrypted thoughts out of a request.
public final class Seals {
  private Seals() {}

  /// `request` with those that `keeps` only; each index of a message that lost one is told to `lost`.
  ///
  /// A signed thought stays as an unsigned one, a call without its signature; what is encrypted and
  /// nothing else goes.
  public static CompletionRequest only(
      Predicate<Opaque> keeps, CompletionRequest request, IntConsumer lost) {
    List<Message> left = null;
    for (int i = 0; i < request.messages().size(); i++) {
      Message message = request.messages().get(i);
      if (losesAny(message.parts(), keeps)) {
        left = left == null ? new ArrayList<>(request.messages()) : left;
        left.set(i, new Message(message.role(), without(message.parts(), keeps), message.name()));
        lost.accept(i);
      }
    }
    return left == null ? request : request.toBuilder().messages(left).build();
  }

  /// `message` without any.
  static Message none(Message message) {
    return new Message(message.role(), without(message.parts(), _ -> false), message.name());
  }

  private static boolean losesAny(List<Part> parts, Predicate<Opaque> keeps) {
    for (Part part : parts) {
      if (loses(part, keeps)) {
        return true;
      }
    }
    return false;
  }

  private static boolean loses(Part part, Predicate<Opaque> keeps) {
    return switch (part) {
      case Part.Thinking(_, Opaque signature) -> signature != null && !keeps.test(signature);
      case Part.RedactedThinking(Opaque content) -> !keeps.test(content);
      case Part.ToolCall call -> call.signature() != null && !keeps.test(call.signature());
      case Part.Text _, Part.Image _, Part.Audio _, Part.Video _, Part.Document _,
          Part.ToolResult _, Part.Declined _, Part.Unknown _ ->
          false;
    };
  }

  private static List<Part> without(List<Part> parts, Predicate<Opaque> keeps) {
    List<Part> left = new ArrayList<>(parts.size());
    for (Part part : parts) {
      switch (part) {
        case Part.Thinking thinking when loses(part, keeps) -> {
          if (!thinking.text().isEmpty()) {
            left.add(new Part.Thinking(thinking.text(), null));
          }
        }
        case Part.RedactedThinking _ when loses(part, keeps) -> {}
        case Part.ToolCall call when loses(part, keeps) ->
            left.add(new Part.ToolCall(call.id(), call.name(), call.arguments(), null, call.cache()));
        case Part.Text _, Part.Image _, Part.Audio _, Part.Video _, Part.Document _,
            Part.ToolResult _, Part.Declined _, Part.Unknown _, Part.Thinking _,
            Part.RedactedThinking _, Part.ToolCall _ ->
            left.add(part);
      }
    }
    return left;
  }
}
