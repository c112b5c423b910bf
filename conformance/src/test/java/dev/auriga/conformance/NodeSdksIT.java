// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The official Node SDKs against deployments of every dialect: plain, streamed, and with a tool.
class NodeSdksIT {
  private static final String[] DEPLOYMENTS = {
    "claude-sonnet-4-5", "gpt-4o", "gpt-4o-responses", "gpt-5.6-terra", "gemini-2.5-pro"
  };

  @Test
  void everySdkIsServedByEveryDialect() throws IOException, InterruptedException {
    try (Rig rig = Rig.start();
        Rig.Running running = rig.serve(rig.config().build())) {
      String told = NodeScript.run("sdks", running.address(), DEPLOYMENTS);
      // Four clients; on each deployment plain and streamed, text and tool; and an unknown route.
      int cases = 4 * (DEPLOYMENTS.length * 4 + 1);
      assertThat(told).endsWith(cases + " of " + cases + " cases passed\n");
      assertThat(rig.sandbox().calls()).hasSize(4 * DEPLOYMENTS.length * 2 * 3);
    }
  }
}
