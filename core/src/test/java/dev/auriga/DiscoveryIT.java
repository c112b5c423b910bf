// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.capability.Capabilities.Window;
import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.provider.RawUpstream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DiscoveryIT {
  private static final String LIST =
      "{\"data\":[{\"id\":\"mine\",\"max_model_len\":4096},{\"id\":\"gpt-4o\",\"max_model_len\":7}]}";

  private static Config.Builder config(RawUpstream upstream) {
    ProviderConfig local =
        new ProviderConfig.OpenAiCompatible(upstream.uri("/v1").toString(), new ProviderConfig.Auth.ApiKey(new Secret("key-of-mine")), false);
    return Config.builder()
        .provider("local", local)
        .deployment("mine", "local")
        .deployment(
            "said", new DeploymentConfig("local", "mine").withCapabilities(Facts.NONE.with(Fact.CONTEXT, 9)))
        .deployment("gpt-4o", "local");
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private static Window window(Orchestrator auriga, String name) {
    return auriga.fleet().deployments().stream()
        .filter(deployment -> deployment.name().equals(name))
        .findFirst()
        .orElseThrow()
        .target()
        .capabilities()
        .window();
  }

  @Test
  void whatTheProviderSays_countsWhereNobodyKnowsBetter() {
    AtomicReference<String> key = new AtomicReference<>();
    try (RawUpstream upstream = new RawUpstream()) {
      upstream.on(
          "/v1/models",
          peer -> {
            key.set(peer.method() + " " + peer.header("authorization"));
            peer.send(answer("200 OK", LIST));
          });
      try (Orchestrator auriga = Orchestrator.of(config(upstream).discover("local").build())) {
        while (window(auriga, "mine").context() == null) {
          Thread.onSpinWait();
        }
        assertThat(window(auriga, "mine")).isEqualTo(new Window(4096, null));
        assertThat(window(auriga, "said")).isEqualTo(new Window(9, null));
        assertThat(window(auriga, "gpt-4o")).isEqualTo(new Window(128_000, 16_384));
        assertThat(key).hasValue("GET Bearer key-of-mine");
      }
    }
  }

  @Test
  void listThatCannotBeHad_changesNothing_andTheNextIsRead() {
    try (RawUpstream upstream = new RawUpstream()) {
      upstream.on("/broken/models", peer -> peer.send(answer("500 Oops", LIST)));
      upstream.on("/odd/models", peer -> peer.send(answer("200 OK", "[]")));
      upstream.on("/v1/models", peer -> peer.send(answer("200 OK", LIST)));
      Config config =
          config(upstream)
              .provider("broken", ProviderConfig.openAiCompatible(upstream.uri("/broken").toString()))
              .provider("odd", ProviderConfig.openAiCompatible(upstream.uri("/odd").toString()))
              .deployment("other", new DeploymentConfig("broken", "mine"))
              .discover("broken")
              .discover("odd")
              .discover("local")
              .build();
      try (Orchestrator auriga = Orchestrator.of(config)) {
        while (window(auriga, "mine").context() == null) {
          Thread.onSpinWait();
        }
        assertThat(window(auriga, "other")).isEqualTo(new Window(null, null));
      }
    }
  }

  @Test
  void nobodyIsAsked_whoIsNotConfiguredToBe() {
    try (RawUpstream upstream = new RawUpstream()) {
      try (Orchestrator auriga = Orchestrator.of(config(upstream).build())) {
        assertThat(window(auriga, "mine")).isEqualTo(new Window(null, null));
      }
      assertThat(upstream.connections()).isZero();
    }
  }
}
