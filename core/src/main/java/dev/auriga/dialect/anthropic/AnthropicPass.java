// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Messages request on its way to a provider of the same dialect: only `model` is replaced.
///
/// One thing else is Auriga's own: thoughts of other providers, which it handed to the client in
/// its wrapping ([AnthropicSignatures]) and which Anthropic would refuse as forged. A body that has
/// any is written anew without them.
final class AnthropicPass {
  private static final byte[] WRAPPED =
      ('"' + AnthropicSignatures.WRAPPING).getBytes(StandardCharsets.US_ASCII);
  private static final int[] SHIFT = new int[256];

  static {
    Arrays.fill(SHIFT, WRAPPED.length);
    for (int i = 0; i < WRAPPED.length - 1; i++) {
      SHIFT[WRAPPED[i]] = WRAPPED.length - 1 - i;
    }
  }

  private AnthropicPass() {}

  /// `body` with `model` in the place of the model it names.
  ///
  /// The scan ends at the model: that the rest is JSON, and names no second model, was seen when
  /// the outline was drawn.
  static byte[] request(byte[] body, String model) {
    byte[] own = carriesWrapped(body) ? withoutWrapped(body) : body;
    try (JsonParser parser = Json.parser(own)) {
      parser.nextToken();
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        JsonToken value = parser.nextToken();
        if (!field.equals("model")) {
          parser.skipChildren();
          continue;
        }
        if (value != JsonToken.VALUE_STRING) {
          throw Json.wrong("model", "must be a string");
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return new Splice(own).replace(from, to, Json.quoted(model)).bytes();
      }
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
    throw Json.wrong("model", "is missing");
  }

  /* Horspool's search, because it looks at one byte in eighteen: the body is read once more for this
     on the hottest path there is. */
  private static boolean carriesWrapped(byte[] body) {
    int last = WRAPPED.length - 1;
    for (int end = last; end < body.length; end += SHIFT[body[end] & 0xFF]) {
      int i = last;
      while (i >= 0 && body[end - last + i] == WRAPPED[i]) {
        i--;
      }
      if (i < 0) {
        return true;
      }
    }
    return false;
  }

  private static byte[] withoutWrapped(byte[] body) {
    ObjectNode tree = Json.readClient(body);
    boolean any = false;
    if (tree.get("messages") instanceof ArrayNode messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i).path("content") instanceof ArrayNode content) {
          boolean removed = removeWrapped(content);
          any |= removed;
          if (removed && content.isEmpty()) {
            messages.remove(i);
          }
        }
      }
    }
    return any ? Json.write(tree) : body;
  }

  private static boolean removeWrapped(ArrayNode content) {
    boolean removed = false;
    for (int i = content.size() - 1; i >= 0; i--) {
      JsonNode block = content.get(i);
      if (block.path("type").stringValue("").equals("thinking")
          && AnthropicSignatures.isWrapped(block)) {
        content.remove(i);
        removed = true;
      }
    }
    return removed;
  }
}
