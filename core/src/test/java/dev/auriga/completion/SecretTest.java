// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void cannotBePrinted() {
    Secret secret = new Secret("sk-very-secret");
    assertThat(List.of(secret.toString(), "" + secret, List.of(secret).toString()))
        .noneMatch(text -> text.contains("very"));
    assertThat(secret.reveal()).isEqualTo("sk-very-secret");
  }

  @Test
  void matchesOnlyItself() {
    assertThat(new Secret("a").matches("a")).isTrue();
    assertThat(new Secret("a").matches("ab")).isFalse();
    assertThat(new Secret("a")).isEqualTo(new Secret("a")).isNotEqualTo(new Secret("b"));
  }

  @Test
  void isNeverBlank() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Secret("  "));
  }
}
