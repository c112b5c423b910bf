// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Opaque;
import dev.auriga.dialect.gemini.Gemini;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The `signature` of thinking blocks: Anthropic's own as they are, those of others in a wrapping.
///
/// A client of this dialect hands thinking blocks back as it got them, so another provider's
/// signature travels through it as `auriga-signature.ORIGIN.SUBJECT.VALUE`: the subject is
/// `thought`, `redacted` for redacted thinking, or `call` where the signature belongs to the tool
/// call that follows (Gemini) and the block is only its vehicle. Anthropic's own are base64 and have
/// no dots.
final class AnthropicSignatures {
  static final String WRAPPING = "auriga-signature.";
  private static final String UNSIGNED = "none";
  private static final String CALL = "call";
  private static final String REDACTED = "redacted";
  private static final String THOUGHT = "thought";

  private AnthropicSignatures() {}

  /// Whose signature `text` is; null where there is none.
  static @Nullable Opaque read(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!text.startsWith(WRAPPING)) {
      return new Opaque(AnthropicMessages.NAME, text);
    }
    String[] fields = text.split("\\.", 4);
    return fields.length < 4 || fields[1].equals(UNSIGNED) ? null : new Opaque(fields[1], fields[3]);
  }

  static boolean isWrapped(JsonNode thinkingBlock) {
    return thinkingBlock.path("signature").stringValue("").startsWith(WRAPPING);
  }

  /// Whether the block only carries the signature of the call after it.
  static boolean isForNextCall(JsonNode thinkingBlock) {
    return subject(thinkingBlock).equals(CALL);
  }

  static boolean isRedacted(JsonNode thinkingBlock) {
    return subject(thinkingBlock).equals(REDACTED);
  }

  private static String subject(JsonNode thinkingBlock) {
    String[] fields = thinkingBlock.path("signature").stringValue("").split("\\.", 4);
    return isWrapped(thinkingBlock) && fields.length == 4 ? fields[2] : THOUGHT;
  }

  static String ofThought(@Nullable Opaque signature) {
    return signature == null ? wrap(UNSIGNED, THOUGHT, "") : ofThoughtBy(signature);
  }

  private static String ofThoughtBy(Opaque signature) {
    return signature.origin().equals(AnthropicMessages.NAME)
        ? signature.value()
        : wrap(signature.origin(), THOUGHT, signature.value());
  }

  static String ofCall(Opaque signature) {
    return wrap(signature.origin(), CALL, signature.value());
  }

  static String ofRedacted(Opaque content) {
    return wrap(content.origin(), REDACTED, content.value());
  }

  private static String wrap(String origin, String subject, String value) {
    return WRAPPING + origin + "." + subject + "." + value;
  }
}
