// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Where the bytes of an image, a sound, a video or a document is.
public sealed interface Media {

  /// How many bytes it takes in a request, encoded as it is.
  default long size() {
    return switch (this) {
      case Inline inline -> inline.base64().length();
      case ByUrl address -> address.url().length();
      case ByFile file -> file.id().length();
    };
  }

  /// Whether the content itself is here.
  default Cargo.Place place() {
    return switch (this) {
      case Inline _ -> Cargo.Place.HERE;
      case ByUrl address -> address.holdsContent() ? Cargo.Place.HERE : Cargo.Place.ELSEWHERE;
      case ByFile _ -> Cargo.Place.ELSEWHERE;
    };
  }

  /// `mediaType` such as `image/png`, as the sender says; `base64` is the content, unwrapped.
  record Inline(String mediaType, String base64) implements Media {

    /// The media type the content's first bytes show, where they show one; else the one that was
    /// said, as for any text. Some providers refuse an image under another type than its own.
    public String trueType() {
      if (mediaType.startsWith("text/")) {
        return mediaType;
      }
      String shown = MediaSigns.typeOf(base64);
      return shown == null ? mediaType : shown;
    }
  }

  record ByUrl(String url, @Nullable String mediaType) implements Media {
    private static final String GOOGLE_FILES = "https://generativelanguage.googleapis.com/";

    /// Whether the address is the content itself.
    private boolean holdsContent() {
      return url.regionMatches(true, 0, "data:", 0, 5);
    }

    /// Whether anybody can fetch it: an address of the web, and none of Google's file store, which
    /// only Google reads.
    public boolean isPublic() {
      return (url.startsWith("https://") || url.startsWith("http://")) && !url.startsWith(GOOGLE_FILES);
    }
  }

  /// A file kept at the provider under an id.
  record ByFile(String id) implements Media {}
}
