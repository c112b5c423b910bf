// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.protocol.JsonType;
import dev.auriga.sandbox.protocol.Refused;
import dev.auriga.sandbox.protocol.Wording;
import tools.jackson.databind.JsonNode;

/// Complaints as Anthropic words them: dotted paths, then what was wrong.
final class AnthropicWording implements Wording {
  private final AnthropicErrors errors;

  AnthropicWording(AnthropicErrors errors) {
    this.errors = errors;
  }

  @Override
  public String member(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @Override
  public String element(String path, int index) {
    return path + "." + index;
  }

  @Override
  public Refused missing(String path) {
    return errors.invalid(path + ": Field required");
  }

  @Override
  public Refused unknown(String path) {
    return errors.invalid(path + ": Extra inputs are not permitted");
  }

  @Override
  public Refused wrong(String path, JsonType expected, JsonNode found) {
    String type =
        switch (expected) {
          case STRING -> "string";
          case INTEGER -> "integer";
          case NUMBER -> "number";
          case BOOLEAN -> "boolean";
          case ARRAY -> "list";
          case OBJECT -> "dictionary";
        };
    return errors.invalid((path.isEmpty() ? "" : path + ": ") + "Input should be a valid " + type);
  }
}
