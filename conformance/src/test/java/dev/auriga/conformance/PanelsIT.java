// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.RouteConfig;
import dev.auriga.config.RouteConfig.Panel;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Heard;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.observe.RequestRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Panels, asked by every official client through a gateway, against strict simulated services.
class PanelsIT {
  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running =
        rig.serve(
            rig.config()
                .route("panel", panel(Panel.Agree.USUAL))
                .route("fused", panel(new Panel.Fuse(RouteConfig.to("gpt-4o"))))
                .build());
  }

  private static RouteConfig panel(Panel.Aim aim) {
    return new Panel(
        Stream.of("claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro").map(RouteConfig::to).toList(), aim,
        Panel.Terms.USUAL);
  }

  @AfterAll
  static void stop() {
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
    running.records().rest();
  }

  @ParameterizedTest
  @EnumSource(SdkClient.class)
  void everyClient_readsWhatAPanelSays(SdkClient client) throws InterruptedException {
    for (boolean streamed : new boolean[] {false, true}) {
      try (Sdk sdk = client.at(running.address(), Rig.KEY)) {
        Heard heard = sdk.open(Wish.of("panel", streamed)).say("What is 17 + 25?");
        assertThat(heard.stop()).isEqualTo(Stop.DONE);
        assertThat(heard.text()).contains("42");
        RequestRecord record = running.records().next();
        assertThat(record.attempts()).hasSizeBetween(2, 3);
        assertThat(record.usage()).isNotNull();
        assertThat(heard.output()).isEqualTo(record.usage().allOutput());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SdkClient.class)
  void everyClient_readsWhatAWriterWrites(SdkClient client) throws InterruptedException {
    for (boolean streamed : new boolean[] {false, true}) {
      try (Sdk sdk = client.at(running.address(), Rig.KEY)) {
        Heard heard = sdk.open(Wish.of("fused", streamed)).say("What is 17 + 25?");
        assertThat(heard.stop()).isEqualTo(Stop.DONE);
        assertThat(heard.text()).isNotEmpty();
        RequestRecord record = running.records().next();
        assertThat(record.servedBy()).isEqualTo("gpt-4o");
        assertThat(record.attempts()).hasSizeBetween(4, 5);
      }
    }
  }
}
