// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import tools.jackson.databind.JsonNode;

/// How a provider names a field and complains about it.
public interface Wording {
  /// The path of a member of an object.
  String member(String path, String name);

  /// The path of an element of an array.
  String element(String path, int index);

  /// A required field is not there.
  Refused missing(String path);

  /// A field nobody knows.
  Refused unknown(String path);

  /// A field of the wrong type.
  Refused wrong(String path, JsonType expected, JsonNode found);
}
