// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

/// Names as OpenAI takes them that no answer brings back.
public final class OpenAiNames {
  private OpenAiNames() {}

  /// The name of an answer's format: letters, digits, `_` and `-`, at most 64 of them.
  public static String format(String name) {
    String legal = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return legal.isEmpty() ? "answer" : legal.substring(0, Math.min(64, legal.length()));
  }
}
