// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The first bytes by which common media types are known.
///
/// Source: WHATWG MIME Sniffing, section 6 (matching an image, audio or video type pattern).
final class MediaSigns {
  /// Base64 characters that hold the 12 bytes looked at.
  private static final int HEAD = 16;

  private MediaSigns() {}

  /// The media type `base64` shows; null when it shows none of those known here.
  static @Nullable String typeOf(String base64) {
    if (base64.length() < HEAD) {
      return null;
    }
    byte[] head;
    try {
      head = Base64.getDecoder().decode(base64.substring(0, HEAD));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return "image/gif";
    }
    if (text.startsWith("%PDF-")) {
      return "application/pdf";
    }
    return text.startsWith("RIFF") ? inRiff(text.substring(8)) : null;
  }

  private static @Nullable String inRiff(String format) {
    return switch (format) {
      case "WEBP" -> "image/webp";
      case "WAVE" -> "audio/wav";
      default -> null;
    };
  }
}
