// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Media;
import dev.auriga.dialect.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Media as Chat Completions carries them: data URIs, addresses, file ids and bare base64.
///
/// Sources: OpenAI OpenAPI document, `ChatCompletionRequestMessageContentPartImage`, `…Audio`,
/// `…File`; RFC 2397 (data URIs).
public final class OpenAiMedia {
  private OpenAiMedia() {}

  /// What `address` points to: the content itself when it is a data URI. `path` is where it stands.
  public static Media ofAddress(String address, String path) {
    return isDataUri(address) ? ofDataUri(address, path) : new Media.ByUrl(address, null);
  }

  /// `content` is a data URI, or base64 of the type `otherwise`.
  public static Media ofContent(String content, String otherwise, String path) {
    if (isDataUri(content)) {
      return ofDataUri(content, path);
    }
    if (content.startsWith("https://") || content.startsWith("http://")) {
      return new Media.ByUrl(content, null);
    }
    return new Media.Inline(otherwise, unwrapped(content));
  }

  public static String dataUri(Media.Inline content) {
    return "data:" + content.trueType() + ";base64," + content.base64();
  }

  /// The media type of `input_audio.format`.
  public static String typeOfAudio(String format) {
    return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
  }

  /// `input_audio.format` for a media type; null where OpenAI knows none.
  public static @Nullable String audioFormat(String mediaType) {
    return switch (mediaType) {
      case "audio/mpeg", "audio/mp3" -> "mp3";
      case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
      default -> null;
    };
  }

  private static boolean isDataUri(String address) {
    return address.regionMatches(true, 0, "data:", 0, 5);
  }

  private static Media ofDataUri(String uri, String path) {
    int comma = uri.indexOf(',');
    String head = comma < 0 ? "" : uri.substring(5, comma);
    if (!head.toLowerCase(Locale.ROOT).endsWith(";base64")) {
      throw Json.wrong(path, "must be an address or a data URI with base64 content");
    }
    int semicolon = head.indexOf(';');
    String type = head.substring(0, semicolon);
    return new Media.Inline(
        type.isEmpty() ? "text/plain" : type.toLowerCase(Locale.ROOT),
        unwrapped(uri.substring(comma + 1)));
  }

  /// Base64 without the line breaks some encoders put in.
  private static String unwrapped(String base64) {
    return base64.indexOf('\n') < 0 && base64.indexOf('\r') < 0
        ? base64
        : base64.replace("\r", "").replace("\n", "");
  }
}
