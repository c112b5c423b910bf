// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Claude Code's command line does a task that takes two tools, by way of `/v1/messages`, on a Claude
/// deployment and on GPT deployments.
class ClaudeCodeIT {
  @Test
  void agentCompletesItsTask_whoeverServes() throws IOException, InterruptedException {
    try (Rig rig = Rig.start();
        Rig.Running running = rig.serve(rig.config().build())) {
      String told =
          NodeScript.run(
              "claude-code", running.address(), "claude-sonnet-4-5", "gpt-4o", "gpt-5.6-terra");
      assertThat(told.lines().filter(line -> line.startsWith("ok "))).hasSize(3);
      List<Call> calls = rig.sandbox().calls();
      assertThat(calls).extracting(Call::status).containsOnly(200);
      assertThat(rig.sandbox().calls(Simulated.FOUNDRY)).hasSizeGreaterThanOrEqualTo(3);
      assertThat(rig.sandbox().calls(Simulated.AZURE)).hasSizeGreaterThanOrEqualTo(6);
    }
  }
}
