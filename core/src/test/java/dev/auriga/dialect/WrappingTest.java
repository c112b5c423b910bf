// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Opaque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappingTest {

  /// Names of providers and models are the configuration's, and a signature may have any characters.
  @ParameterizedTest
  @ValueSource(
      strings = {"google/gemini-2.5-pro", "a.b%2E/c%25", "we@home/m.1", "p/auriga-signature.x", "ü/🙂"})
  void whereStateWasMade_comesBackWithIt(String place) {
    for (Wrapping.Subject subject : Wrapping.Subject.values()) {
      Wrapping wrapping = new Wrapping(new Opaque("gemini", place, "a.b/+=="), subject);

      assertThat(Wrapping.read(wrapping.text())).isEqualTo(wrapping);
    }
  }
}
