// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

/// Names and ids as OpenAI takes them: what is legal stays, the rest is changed the same way on
/// every turn.
public final class OpenAiNames {
  private OpenAiNames() {}

  /// The id itself where it has 1 to `longest` characters, else its start and a hash of it.
  public static String callId(String id, int longest) {
    if (!id.isEmpty() && id.length() <= longest) {
      return id;
    }
    String start = id.isEmpty() ? "call" : id.substring(0, longest - 9);
    return "%s_%08x".formatted(start, id.hashCode());
  }

  /// The name of an answer's format: letters, digits, `_` and `-`, at most 64 of them.
  public static String format(String name) {
    String legal = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return legal.isEmpty() ? "answer" : legal.substring(0, Math.min(64, legal.length()));
  }
}
