// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import dev.auriga.completion.Media;
import dev.auriga.completion.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What images, documents and sounds cost in tokens, by whose model reads them.
///
/// What cannot be seen, behind a URL or a file's id, is taken for a usual one. Sources: Anthropic
/// documentation, Vision and PDF support; OpenAI documentation, Images and vision; Gemini API
/// documentation, Understand and count tokens.
enum MediaTokens {
  /// A token for each 750 pixels; larger images are first made smaller.
  ANTHROPIC {
    @Override
    long image(ImageSize size, boolean coarse) {
      return Math.min(1600, Math.max(1, (long) size.width() * size.height() / 750));
    }
  },
  /// 85, and 170 for each tile of 512 pixels after shrinking to 2,048 and then to a short side of
  /// 768.
  OPENAI {
    @Override
    long image(ImageSize size, boolean coarse) {
      if (coarse) {
        return 85;
      }
      ImageSize shrunk = size.within(2048).withShortSide(768);
      return 85 + 170L * shrunk.tiles(512);
    }
  },
  /// 258 for a small image or for each tile of 768 pixels.
  GEMINI {
    @Override
    long image(ImageSize size, boolean coarse) {
      return Math.max(size.width(), size.height()) <= 384 ? 258 : 258L * size.tiles(768);
    }
  };

  /// 32 tokens a second (Gemini) of sound at 128 kbit/s.
  private static final int BYTES_PER_TOKEN = 500;

  private static final int TOKENS_PER_PAGE = 2000;
  private static final int USUAL_PAGES = 3;
  private static final long USUAL_SOUND = 1000;

  static MediaTokens of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    if (name.contains("claude")) {
      return ANTHROPIC;
    }
    return name.contains("gemini") || name.contains("gemma") ? GEMINI : OPENAI;
  }

  abstract long image(ImageSize size, boolean coarse);

  long image(Part.Image image) {
    ImageSize size = image.media() instanceof Media.Inline inline ? ImageSize.of(inline.base64()) : null;
    return image(size == null ? ImageSize.USUAL : size, "low".equals(image.detail()));
  }

  /// Of a sound or a video.
  static long sound(Media media) {
    return media instanceof Media.Inline inline
        ? Math.max(1, bytes(inline) / BYTES_PER_TOKEN)
        : USUAL_SOUND;
  }

  /// The text of a document that is text, else null.
  static @Nullable String textOf(Media media) {
    if (!(media instanceof Media.Inline inline) || !inline.mediaType().startsWith("text/")) {
      return null;
    }
    try {
      return new String(Base64.getMimeDecoder().decode(inline.base64()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return inline.base64();
    }
  }

  /// Of a document in pages, such as a PDF; a page is about 50 kilobytes.
  static long pages(Media media) {
    long pages =
        media instanceof Media.Inline inline ? Math.max(1, bytes(inline) / 50_000) : USUAL_PAGES;
    return pages * TOKENS_PER_PAGE;
  }

  private static long bytes(Media.Inline inline) {
    return inline.base64().length() * 3L / 4;
  }
}
