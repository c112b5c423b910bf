// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The members of a JSON object by their bytes: found and added in one pass that builds no tree.
///
/// Nested values are passed over, so that a long text costs a scan and no memory.
public final class Members {
  private Members() {}

  /// Those members of `object` that are among `names`, each with the bytes of its value.
  ///
  /// Throws [tools.jackson.core.JacksonException] where it is not JSON.
  public static Map<String, byte[]> of(byte[] object, Set<String> names) {
    Map<String, byte[]> found = new HashMap<>();
    try (JsonParser parser = Json.parser(object)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (names.contains(name)) {
          parser.finishToken();
          int to = (int) parser.currentLocation().getByteOffset();
          found.put(name, Arrays.copyOfRange(object, from, to));
        }
      }
    }
    return found;
  }

  /// `object` with those of `members` it has not, at its head; its own bytes stay as they were. The array
  /// itself where it has them all.
  ///
  /// Throws [tools.jackson.core.JacksonException] where it is not JSON.
  public static byte[] add(byte[] object, SequencedMap<String, byte[]> members) {
    SequencedMap<String, byte[]> missing = new LinkedHashMap<>(members);
    int head = 0;
    boolean isEmpty = true;
    try (JsonParser parser = Json.parser(object)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return object;
      }
      head = (int) parser.currentTokenLocation().getByteOffset() + 1;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        isEmpty = false;
        missing.remove(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    }
    if (missing.isEmpty()) {
      return object;
    }
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    missing.forEach(
        (name, value) -> {
          if (added.size() > 0) {
            added.write(',');
          }
          added.writeBytes(Json.quoted(name));
          added.write(':');
          added.writeBytes(value);
        });
    if (!isEmpty) {
      added.write(',');
    }
    return new Splice(object).insert(head, added.toByteArray()).bytes();
  }
}
