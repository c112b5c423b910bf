// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSizeTest {

  private static ImageSize of(String hex) {
    return ImageSize.of(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @CsvSource({
    "PNG, 89504e470d0a1a0a0000000d49484452000004b000000320, 1200, 800",
    "GIF, 4749463839612c01c800, 300, 200",
    "JPEG, ffd8ffe000044a46ffc00011080320 04b0 03, 1200, 800",
    "lossy WebP, 524946460000000057454250 56503820 00000000 000000 9d012a 2c01 c800, 300, 200",
    "lossless WebP, 524946460000000057454250 5650384c 00000000 2f 2bc13100, 300, 200",
    "extended WebP, 524946460000000057454250 56503858 0a000000 00000000 2b0100 c70000 00, 300, 200",
  })
  void isReadFromTheFirstBytes(String format, String hex, int width, int height) {
    assertThat(of(hex.replace(" ", ""))).as(format).isEqualTo(new ImageSize(width, height));
  }

  @ParameterizedTest
  @CsvSource({"00", "89504e47", "ffd8ffe0ffff", "ffd800", "424d00000000", "89504e470d0a1a0a0000000d494844520000000000000320"})
  void isUnknown_whereItCannotBeSeen(String hex) {
    assertThat(of(hex)).isNull();
  }

  @Test
  void isShrunk_asTheVendorsSay() {
    assertThat(new ImageSize(4096, 8192).within(2048)).isEqualTo(new ImageSize(1024, 2048));
    assertThat(new ImageSize(1024, 2048).withShortSide(768)).isEqualTo(new ImageSize(768, 1536));
    assertThat(new ImageSize(100, 50).within(2048)).isEqualTo(new ImageSize(100, 50));
    assertThat(new ImageSize(768, 1536).tiles(512)).isEqualTo(6);
  }
}
