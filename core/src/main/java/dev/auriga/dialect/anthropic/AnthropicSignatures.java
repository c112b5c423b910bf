// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Opaque;
import dev.auriga.dialect.Wrapping;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The `signature` of thinking blocks: Anthropic's own as they are, those of others in a
/// [Wrapping], because a client of this dialect hands thinking blocks back as it got them.
final class AnthropicSignatures {
  private AnthropicSignatures() {}

  /// Whose signature `text` is; null where there is none.
  static @Nullable Opaque read(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    Wrapping wrapping = Wrapping.read(text);
    return wrapping == null ? new Opaque(AnthropicMessages.NAME, text) : wrapping.content();
  }

  static boolean isWrapped(JsonNode thinkingBlock) {
    return Wrapping.isWrapped(signature(thinkingBlock));
  }

  /// Whether the block only carries the signature of the call after it.
  static boolean isForNextCall(JsonNode thinkingBlock) {
    return isAbout(Wrapping.Subject.CALL, thinkingBlock);
  }

  static boolean isRedacted(JsonNode thinkingBlock) {
    return isAbout(Wrapping.Subject.REDACTED, thinkingBlock);
  }

  private static boolean isAbout(Wrapping.Subject subject, JsonNode thinkingBlock) {
    Wrapping wrapping = Wrapping.read(signature(thinkingBlock));
    return wrapping != null && wrapping.subject() == subject;
  }

  private static String signature(JsonNode thinkingBlock) {
    return thinkingBlock.path("signature").stringValue("");
  }

  static String ofThought(@Nullable Opaque signature) {
    return signature != null && signature.isOf(AnthropicMessages.NAME)
        ? signature.value()
        : new Wrapping(signature, Wrapping.Subject.THOUGHT).text();
  }

  static String ofCall(Opaque signature) {
    return new Wrapping(signature, Wrapping.Subject.CALL).text();
  }

  static String ofRedacted(Opaque content) {
    return new Wrapping(content, Wrapping.Subject.REDACTED).text();
  }
}
