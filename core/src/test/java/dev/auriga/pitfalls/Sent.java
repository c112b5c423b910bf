// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.names.Renaming;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a provider is sent, with the losses told to the client as `reason:field`.
record Sent(JsonNode body, List<String> losses, Renaming names) {
  JsonNode at(String pointer) {
    return body.at(pointer);
  }

  String text(String pointer) {
    return at(pointer).asString("");
  }

  boolean has(String pointer) {
    return !at(pointer).isMissingNode();
  }

  /// Fails unless a loss names each of `words`, whatever the case and the separators.
  Sent reports(String... words) {
    for (String word : words) {
      assertThat(losses).anyMatch(loss -> plain(loss).contains(plain(word)));
    }
    return this;
  }

  /// Fails where a loss names one of `words`.
  Sent keeps(String... words) {
    for (String word : words) {
      assertThat(losses).noneMatch(loss -> plain(loss).contains(plain(word)));
    }
    return this;
  }

  Sent losesNothing() {
    assertThat(losses).isEmpty();
    return this;
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
