// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Media;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Images, sounds, videos and documents on Gemini's wire: `inlineData` and `fileData`.
///
/// Source: Gemini API reference, `Blob` and `FileData`; a file URI names the Files API, Cloud
/// Storage or YouTube, any other address is not fetched by Google.
final class GeminiMedia {
  private static final Pattern DATA_URI =
      Pattern.compile("data:([^;,]+)(?:;[^,]*)?;base64,(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern GOOGLE_FILE =
      Pattern.compile(
          "gs://.+"
              + "|https://generativelanguage\\.googleapis\\.com/.+"
              + "|https://(?:www\\.)?youtube\\.com/.+|https://youtu\\.be/.+");

  private GeminiMedia() {}

  static Modality modality(@Nullable String mediaType, @Nullable String uri) {
    String type = mediaType == null ? "" : mediaType.toLowerCase(Locale.ROOT);
    if (type.startsWith("image/")) {
      return Modality.IMAGE;
    }
    if (type.startsWith("audio/")) {
      return Modality.AUDIO;
    }
    boolean watched = uri != null && uri.contains("://") && uri.contains("youtu");
    if (type.startsWith("video/") || (type.isEmpty() && watched)) {
      return Modality.VIDEO;
    }
    return Modality.DOCUMENT;
  }

  static Part inline(GeminiObject blob) {
    String mediaType = blob.text("mimeType");
    String base64 = blob.text("data");
    if (mediaType == null || base64 == null) {
      throw Json.wrong(blob.path(), "needs mimeType and data");
    }
    return part(modality(mediaType, null), new Media.Inline(mediaType, base64));
  }

  static Part file(GeminiObject file) {
    String uri = file.text("fileUri");
    if (uri == null) {
      throw Json.wrong(file.pathOf("fileUri"), "is missing");
    }
    String mediaType = file.text("mimeType");
    return part(modality(mediaType, uri), new Media.ByUrl(uri, mediaType));
  }

  private static Part part(Modality modality, Media media) {
    return switch (modality) {
      case IMAGE -> new Part.Image(media, null, null);
      case AUDIO -> new Part.Audio(media);
      case VIDEO -> new Part.Video(media);
      case DOCUMENT -> new Part.Document(media, null, null);
    };
  }

  /// The part that carries `media`; refuses, naming `field`, what Google would have to fetch.
  static ObjectNode write(Media media, String field) {
    return switch (media) {
      case Media.Inline inline -> blob(inline.trueType(), inline.base64());
      case Media.ByUrl address -> address(address, field);
      case Media.ByFile file -> throw new Refusal(
          Refusal.Kind.INVALID,
          "%s: the file %s is kept at another provider; send its content instead"
              .formatted(field, file.id()),
          field);
    };
  }

  private static ObjectNode address(Media.ByUrl address, String field) {
    Matcher data = DATA_URI.matcher(address.url());
    if (data.matches()) {
      return blob(data.group(1), data.group(2));
    }
    if (!GOOGLE_FILE.matcher(address.url()).matches()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          field + ": Gemini does not fetch addresses; send the content itself (base64) or a gs:// URI",
          field);
    }
    return file(address.url(), address.mediaType());
  }

  /// The part that shows `media` to a client, who may fetch what it likes.
  static ObjectNode show(Media media) {
    return switch (media) {
      case Media.Inline inline -> blob(inline.mediaType(), inline.base64());
      case Media.ByUrl address -> file(address.url(), address.mediaType());
      case Media.ByFile file -> file(file.id(), null);
    };
  }

  private static ObjectNode file(String uri, @Nullable String mediaType) {
    ObjectNode part = Json.object();
    ObjectNode file = part.putObject("fileData");
    if (mediaType != null) {
      file.put("mimeType", mediaType);
    }
    file.put("fileUri", uri);
    return part;
  }

  private static ObjectNode blob(String mediaType, String base64) {
    ObjectNode part = Json.object();
    part.putObject("inlineData").put("mimeType", mediaType).put("data", base64);
    return part;
  }
}
