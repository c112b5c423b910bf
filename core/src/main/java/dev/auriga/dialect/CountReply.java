// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The answer to a count: one number in one field.
public final class CountReply {
  private CountReply() {}

  /// The whole number from 0 up in `field` of the object `answer`, null when there is none.
  public static @Nullable Long read(byte[] answer, String field) {
    try {
      JsonNode tokens = Json.read(answer).path(field);
      return tokens.isIntegralNumber() && tokens.canConvertToLong() && tokens.longValue() >= 0
          ? tokens.longValue()
          : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
