// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.auriga.completion.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small notations: durations, sizes, addresses, and how near two words are.
class ConfigWordsTest {

  @ParameterizedTest
  @CsvSource({"800ms, PT0.8S", "2s, PT2S", "5m, PT5M", "1h, PT1H", "5 s, PT5S"})
  void duration_isRead(String text, Duration expected) {
    assertThat(Units.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "s", "-1s", "1.5s", "1d", "0ms", "25h", "5S", "", "99999999999s"})
  void whatIsNoDuration_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Units.duration(text));
  }

  @ParameterizedTest
  @CsvSource({"1B, 1", "64KiB, 65536", "10MB, 10000000", "32MiB, 33554432", "1GiB, 1073741824"})
  void size_isRead(String text, int expected) {
    assertThat(Units.size(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"32", "MiB", "0B", "2GiB", "1TB", "-1B", "1mib"})
  void whatIsNoSize_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Units.size(text));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1, 8080, true",
    "localhost:0, localhost, 0, true",
    "'[::1]:80', ::1, 80, true",
    "127.8.9.1:1, 127.8.9.1, 1, true",
    "9000, 127.0.0.1, 9000, true",
    "0.0.0.0:8080, 0.0.0.0, 8080, false",
    "'[::]:8080', ::, 8080, false",
    "gateway.local:8080, gateway.local, 8080, false"
  })
  void listen_isRead(String text, String host, int port, boolean loopback) {
    Listen listen = Listen.parse(text);
    assertThat(listen).isEqualTo(new Listen(host, port));
    assertThat(listen.isLoopback()).isEqualTo(loopback);
    assertThat(Listen.parse(listen.toString())).isEqualTo(listen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", ":8080", "::1:80", "127.0.0.1:99999", "a b:1", "host:"})
  void whatIsNoAddress_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Listen.parse(text));
  }

  @Test
  void taskNames_areTheFilesWords() {
    assertThat(Task.names())
        .containsExactly("coding", "creative", "analysis", "simple", "multimodal", "high-volume");
    assertThat(Task.of("high-volume")).contains(Task.HIGH_VOLUME);
    assertThat(Task.of("HIGH_VOLUME")).isEmpty();
  }
}
