// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Secret;
import dev.auriga.dialect.Headers;
import org.junit.jupiter.api.Test;

class CredentialTest {
  private static final Secret SECRET = new Secret("s3cret");

  @Test
  void key_goesIntoTheHeaderOfItsVendor() {
    assertThat(ApiKey.anthropic(SECRET).header()).isEqualTo(new Headers.Field("x-api-key", "s3cret"));
    assertThat(ApiKey.azure(SECRET).header()).isEqualTo(new Headers.Field("api-key", "s3cret"));
    assertThat(ApiKey.gemini(SECRET).header()).isEqualTo(new Headers.Field("x-goog-api-key", "s3cret"));
    assertThat(new Bearer(SECRET).header()).isEqualTo(new Headers.Field("authorization", "Bearer s3cret"));
  }

  @Test
  void key_cannotBePrinted() {
    assertThat(ApiKey.azure(SECRET).toString()).contains("api-key").doesNotContain("s3cret");
    assertThat(new Bearer(SECRET).toString()).doesNotContain("s3cret");
  }
}
