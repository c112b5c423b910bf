// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Width and height of an image in pixels, read from its first bytes.
///
/// Sources: PNG specification, IHDR; GIF89a specification, logical screen descriptor; ITU-T T.81,
/// frame header; RFC 9649 (WebP).
record ImageSize(int width, int height) {
  /// What an image is taken for that cannot be seen.
  static final ImageSize USUAL = new ImageSize(1024, 1024);

  /// The size of a JPEG stands behind its metadata, which is seldom longer.
  private static final int LOOKED_AT = 64 * 1024;

  /// Null when the format is not one of PNG, GIF, JPEG and WebP, or the start is not there.
  static @Nullable ImageSize of(String base64) {
    String start = base64.substring(0, Math.min(base64.length(), LOOKED_AT / 3 * 4));
    try {
      ImageSize size = read(ByteBuffer.wrap(Base64.getMimeDecoder().decode(start)));
      return size == null || size.width < 1 || size.height < 1 ? null : size;
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAnImage) {
      return null;
    }
  }

  private static @Nullable ImageSize read(ByteBuffer image) {
    if (image.getInt(0) == 0x89504E47) {
      return new ImageSize(image.getInt(16), image.getInt(20));
    }
    if (image.getInt(0) == 0x47494638) {
      image.order(ByteOrder.LITTLE_ENDIAN);
      return new ImageSize(image.getShort(6) & 0xFFFF, image.getShort(8) & 0xFFFF);
    }
    if (image.getShort(0) == (short) 0xFFD8) {
      return jpeg(image);
    }
    return image.getInt(0) == 0x52494646 && image.getInt(8) == 0x57454250 ? webp(image) : null;
  }

  private static @Nullable ImageSize jpeg(ByteBuffer image) {
    int at = 2;
    while ((image.get(at) & 0xFF) == 0xFF) {
      int marker = image.get(at + 1) & 0xFF;
      boolean isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (isFrame) {
        return new ImageSize(image.getShort(at + 7) & 0xFFFF, image.getShort(at + 5) & 0xFFFF);
      }
      at += 2 + (image.getShort(at + 2) & 0xFFFF);
    }
    return null;
  }

  private static @Nullable ImageSize webp(ByteBuffer image) {
    image.order(ByteOrder.LITTLE_ENDIAN);
    return switch (image.getInt(12)) {
      case 0x20385056 -> // "VP8 "
          new ImageSize(image.getShort(26) & 0x3FFF, image.getShort(28) & 0x3FFF);
      case 0x4C385056 -> { // "VP8L"
        int bits = image.getInt(21);
        yield new ImageSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
      }
      case 0x58385056 -> // "VP8X"
          new ImageSize((image.getInt(24) & 0xFFFFFF) + 1, (image.getInt(27) & 0xFFFFFF) + 1);
      default -> null;
    };
  }

  /// Shrunk, where it is larger, until both sides are at most `side`.
  ImageSize within(int side) {
    return scaled((double) side / Math.max(width, height));
  }

  /// Shrunk, where it is larger, until the shorter side is `side`.
  ImageSize withShortSide(int side) {
    return scaled((double) side / Math.min(width, height));
  }

  private ImageSize scaled(double factor) {
    return factor >= 1
        ? this
        : new ImageSize(
            (int) Math.max(1, Math.round(width * factor)), (int) Math.max(1, Math.round(height * factor)));
  }

  /// How many squares of `side` cover it.
  long tiles(int side) {
    return (long) Math.ceilDiv(width, side) * Math.ceilDiv(height, side);
  }
}
