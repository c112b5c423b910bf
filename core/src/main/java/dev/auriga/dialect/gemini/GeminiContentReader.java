// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `contents` turn by turn and finds for each function response the call it answers.
///
/// Gemini pairs them by id where there is one, else by name and order. A call without an id gets
/// `call_{turn}_{position}`, the same in every request that carries the same history.
/// Source: Gemini API documentation, Function calling.
final class GeminiContentReader {
  static final Set<String> CONTENT = Set.of("role", "parts");

  private final List<Message> messages = new ArrayList<>();
  private final List<Part.ToolCall> open = new ArrayList<>();
  private final Leftovers leftovers;

  private GeminiContentReader(Leftovers leftovers) {
    this.leftovers = leftovers;
  }

  /// What contents and their parts have beside what is read of them goes to `leftovers`.
  static List<Message> read(List<GeminiObject> contents, Leftovers leftovers) {
    GeminiContentReader reader = new GeminiContentReader(leftovers);
    for (int turn = 0; turn < contents.size(); turn++) {
      reader.read(contents.get(turn), turn);
    }
    return reader.messages;
  }

  /// The system instruction as a message, null when it has no parts.
  static @Nullable Message instruction(GeminiObject content, Leftovers leftovers) {
    content.keepRest(CONTENT, leftovers);
    List<Part> parts = new ArrayList<>();
    content.objects("parts")
        .forEach(part -> parts.addAll(GeminiPartReader.read(part, "call_system", leftovers)));
    return parts.isEmpty() ? null : new Message(Role.SYSTEM, parts, null);
  }

  /// The role a content has; an absent one is the user's.
  static Role roleOf(@Nullable String role, int turn) {
    return switch (role == null ? "" : role) {
      case "", "user", "function" -> Role.USER;
      case "model" -> Role.ASSISTANT;
      default -> throw Json.wrong(
          "contents[" + turn + "].role", "must be \"user\" or \"model\"");
    };
  }

  private void read(GeminiObject content, int turn) {
    content.keepRest(CONTENT, leftovers);
    Role role = roleOf(content.text("role"), turn);
    List<Part> run = new ArrayList<>();
    Role runRole = role;
    List<GeminiObject> parts = content.objects("parts");
    boolean opensCalls = false;
    for (int position = 0; position < parts.size(); position++) {
      String spareId = "call_" + turn + "_" + position;
      GeminiObject response = parts.get(position).object("functionResponse");
      Role partRole = response == null ? role : Role.TOOL;
      if (partRole != runRole) {
        finish(runRole, run);
        runRole = partRole;
      }
      if (response != null) {
        run.add(GeminiPartReader.result(response, answered(response, spareId), leftovers));
        continue;
      }
      for (Part part : GeminiPartReader.read(parts.get(position), spareId, leftovers)) {
        run.add(part);
        if (part instanceof Part.ToolCall call) {
          if (!opensCalls) {
            open.clear();
            opensCalls = true;
          }
          open.add(call);
        }
      }
    }
    finish(runRole, run);
  }

  private void finish(Role role, List<Part> run) {
    if (!run.isEmpty()) {
      messages.add(new Message(role, run, null));
      run.clear();
    }
  }

  /// The id of the call `response` answers: by id, else the first open one of its name.
  private String answered(GeminiObject response, String spareId) {
    String id = response.text("id");
    String name = response.text("name");
    for (Iterator<Part.ToolCall> calls = open.iterator(); calls.hasNext(); ) {
      Part.ToolCall call = calls.next();
      if (call.id().equals(id)) {
        calls.remove();
        return call.id();
      }
    }
    for (Iterator<Part.ToolCall> calls = open.iterator(); calls.hasNext(); ) {
      Part.ToolCall call = calls.next();
      if (call.name().equals(name)) {
        calls.remove();
        return call.id();
      }
    }
    return id == null || id.isEmpty() ? spareId : id;
  }
}
