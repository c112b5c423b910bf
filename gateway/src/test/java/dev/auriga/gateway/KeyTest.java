// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigProblems;
import dev.auriga.config.KeyConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.engine.Caller;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
  private static final Caller ADMIN = Key.admin(new Secret("s")).caller();

  /// What is not a key of the configuration has a name that none there can have, so that nobody shares its
  /// requests.
  @ParameterizedTest
  @ValueSource(strings = {"admin", "program"})
  void aConfiguredKey_neverSharesRequests_withAKeyThatIsNotConfigured(String name) {
    Caller configured = Key.of(name, KeyConfig.of(new Secret("other"))).caller();
    for (Caller own : new Caller[] {ADMIN, Caller.PROGRAM}) {
      assertThat(configured.owns(own.name())).isFalse();
      Config.Builder same =
          Config.builder()
              .key(own.name(), KeyConfig.of(new Secret("other")))
              .provider("p", ProviderConfig.openAi(new Secret("k")))
              .deployment("gpt-4o", "p");
      assertThatThrownBy(same::build).isInstanceOf(ConfigProblems.class).hasMessageContaining("keys." + own.name());
    }
  }
}
