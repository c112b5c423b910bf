// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A client written for Node, started against a gateway by `conformance/node/run`.
final class NodeScript {
  private static final int CANNOT_BE_TRIED = 77;
  private static final int MOST_MINUTES = 8;

  private NodeScript() {}

  /// What the script told, when all went well. The test that calls is skipped, with a notice, where
  /// the script cannot be tried.
  static String run(String name, URI gateway, String... deployments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Checkout.root().resolve("conformance/node/run").toString(),
                name,
                gateway.toString(),
                Rig.KEY));
    command.addAll(List.of(deployments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Thread guard =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                      process.descendants().forEach(ProcessHandle::destroyForcibly);
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    guard.join();
    if (exit == CANNOT_BE_TRIED) {
      System.out.println("NOTICE: " + name + " was not tried: " + told.strip());
      abort(name + " was not tried: " + told.strip());
    }
    System.out.println(told);
    assertThat(exit).as(told).isZero();
    return told;
  }
}
