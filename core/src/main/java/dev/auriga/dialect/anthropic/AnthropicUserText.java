// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the text of one message's content, out of a body that has been gone through before.
final class AnthropicUserText {
  private AnthropicUserText() {}

  /// The text of the content that begins at byte `from` of `body`, its blocks joined by line ends.
  static String read(byte[] body, int from) {
    byte[] tail = Arrays.copyOfRange(body, from, body.length);
    try (JsonParser content = Json.parser(tail)) {
      if (content.nextToken() == JsonToken.VALUE_STRING) {
        return content.getString();
      }
      StringBuilder joined = new StringBuilder();
      boolean first = true;
      while (content.nextToken() != JsonToken.END_ARRAY) {
        String text = ofBlock(content);
        if (text != null) {
          joined.append(first ? "" : "\n").append(text);
          first = false;
        }
      }
      return joined.toString();
    }
  }

  private static @Nullable String ofBlock(JsonParser content) {
    boolean isText = false;
    String text = null;
    for (String field = content.nextName(); field != null; field = content.nextName()) {
      JsonToken value = content.nextToken();
      if (field.equals("type") && value == JsonToken.VALUE_STRING) {
        isText = content.getString().equals("text");
      } else if (field.equals("text") && value == JsonToken.VALUE_STRING) {
        text = content.getString();
      } else {
        content.skipChildren();
      }
    }
    return isText ? text : null;
  }
}
