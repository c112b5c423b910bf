// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Finds the session that agents put into `metadata.user_id`, as Claude Code does: as the end of
/// `user_…_account_…_session_ID`, or as `session_id` of a JSON object in the string.
final class AnthropicSession {
  private static final String MARK = "_session_";

  /// The longest value that is looked into, in characters.
  private static final int LONGEST = 2048;

  private AnthropicSession() {}

  /// The session's id, null where the value names none.
  static @Nullable String of(String userId) {
    if (userId.length() > LONGEST) {
      return null;
    }
    String found = userId.startsWith("{") ? inObject(userId) : behindMark(userId);
    return found == null || found.isBlank() ? null : found;
  }

  private static @Nullable String behindMark(String userId) {
    int mark = userId.lastIndexOf(MARK);
    return mark < 0 ? null : userId.substring(mark + MARK.length());
  }

  private static @Nullable String inObject(String userId) {
    try {
      JsonNode session = Json.read(userId).path("session_id");
      return session.isString() ? session.stringValue() : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
