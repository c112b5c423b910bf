// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message on its way to OpenAI, each part with its place in the request, so that what is lost can
/// be told by it even after parts have moved.
///
/// @param at the message's place, such as `messages[3]`
public record OpenAiTurn(Role role, @Nullable String name, String at, List<Placed> parts) {

  /// A part and its place, such as `messages[3].content[0]`.
  public record Placed(Part part, String at) {
    /// The content of a tool result, each part below the result's place.
    public List<Placed> contentOf(Part.ToolResult result) {
      return placed(result.content(), at);
    }
  }

  public OpenAiTurn {
    parts = List.copyOf(parts);
  }

  static OpenAiTurn of(Message message, int index) {
    String at = "messages[" + index + "]";
    return new OpenAiTurn(message.role(), message.name(), at, placed(message.parts(), at));
  }

  private static List<Placed> placed(List<Part> parts, String at) {
    List<Placed> placed = new ArrayList<>(parts.size());
    for (Part part : parts) {
      placed.add(new Placed(part, at + ".content[" + placed.size() + "]"));
    }
    return placed;
  }
}
