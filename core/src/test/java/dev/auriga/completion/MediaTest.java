// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {
  @ParameterizedTest
  @CsvSource({
    "GIF89a-and-more, image/gif", "GIF87a-and-more, image/gif", "%PDF-1.4-and-more, application/pdf",
    "RIFF1234WEBP, image/webp", "RIFF1234WAVE, audio/wav", "RIFF1234AVI_, said/type",
    "no sign known, said/type", "short, said/type"
  })
  void trueType_isWhatTheFirstBytesShow_elseWhatWasSaid(String content, String type) {
    String base64 = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));

    assertThat(new Media.Inline("said/type", base64).trueType()).isEqualTo(type);
    assertThat(new Media.Inline("text/plain", base64).trueType()).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource({"'****************'", "''", "'===='"})
  void trueType_ofWhatIsNoBase64_isWhatWasSaid(String content) {
    assertThat(new Media.Inline("image/png", content).trueType()).isEqualTo("image/png");
  }
}
