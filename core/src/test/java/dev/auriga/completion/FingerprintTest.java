// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static long ofString(String before, String string, String after) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.string((before + "\"" + string + "\"" + after).getBytes(UTF_8), before.getBytes(UTF_8).length);
    return fingerprint.value();
  }

  @Test
  void aString_isTheSameWhereverItStands() {
    for (String text : new String[] {"", "a", "seven77", "eight888", "nine99999", "said \\\"so\\\" \\\\", "zwölf é", "x".repeat(100)}) {
      long alone = ofString("", text, "");
      assertThat(ofString("{\"text\":", text, ",\"cache_control\":{\"type\":\"ephemeral\"}}")).as(text).isEqualTo(alone);
      assertThat(ofString("[1, ", text, "]")).as(text).isEqualTo(alone);
    }
  }

  @Test
  void otherTexts_haveOtherNumbers() {
    Random random = new Random(11);
    Set<Long> seen = new HashSet<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append((char) ('a' + random.nextInt(26)));
      if (text.length() > 40) {
        text.setLength(0);
        text.append(i).append(' ');
      }
      seen.add(ofString("", text.toString(), ""));
    }
    assertThat(seen).hasSize(20_000);
    // What is escaped is not what it is escaped to, and an end is not a beginning.
    assertThat(ofString("", "a\\\\nb", "")).isNotEqualTo(ofString("", "a\\nb", ""));
    assertThat(ofString("", "aaaaaaaab", "")).isNotEqualTo(ofString("", "baaaaaaaa", ""));
  }

  @Test
  void theNumber_isTheSameOnEveryMachine() {
    assertThat(ofString("", "You are a helpful assistant.", "")).isEqualTo(-1307965138201265680L);
    Fingerprint texts = new Fingerprint();
    texts.text("one");
    texts.text("two");
    texts.add(3);
    assertThat(texts.value()).isEqualTo(-8381018167148869811L);
  }

  @Test
  void aStringThatDoesNotEnd_endsWithTheBytes() {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.string("\"abc\\".getBytes(UTF_8), 0);
    fingerprint.string("\"".getBytes(UTF_8), 0);
    assertThat(fingerprint.value()).isNotZero();
  }
}
