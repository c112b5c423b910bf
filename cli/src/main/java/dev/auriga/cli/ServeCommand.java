// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Secret;
import dev.auriga.sandbox.SandboxSettings;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts the gateway and stays until it is told to stop.
@Command(name = "serve", description = "Starts the gateway.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  /// The variable that holds an admin key of one's own; without it one is made at each start.
  static final String ADMIN_KEY = "AURIGA_ADMIN_KEY";

  @Mixin Setting setting = new Setting();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "The port, instead of the configured one; 0 for any free one.")
  @Nullable Integer port;

  @Option(
      names = "--sandbox-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The first of the sandbox's ports; any free ones when left out.")
  int sandboxPort;

  @Option(
      names = "--sandbox-time",
      paramLabel = "FACTOR",
      defaultValue = "0.2",
      description = "How long the sandbox waits: 1 as real providers do, 0 not at all; ${DEFAULT-VALUE}.")
  double sandboxTime;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    SandboxSettings simulated =
        SandboxSettings.forTests().withBasePort(sandboxPort).withTimeScale(sandboxTime);
    String given = System.getenv(ADMIN_KEY);
    Secret admin = given == null || given.isBlank() ? generated() : new Secret(given);
    try (Serving serving = Serving.start(setting, simulated, port, admin)) {
      new Banner(command.commandLine().getOut(), serving).print(given == null ? admin : null);
      Stop.await();
    }
    return 0;
  }

  private static Secret generated() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return new Secret("auriga-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }
}
