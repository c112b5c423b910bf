// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.dialect.Json;
import dev.auriga.sandbox.Sandbox;
import dev.auriga.sandbox.SandboxSettings;
import dev.auriga.sandbox.Simulated;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// Starts the simulated providers alone, for testing one's own programs.
@Command(
    name = "sandbox",
    description = "Starts the simulated providers alone.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      defaultValue = "0",
      description = "The first of the ports; any free ones when left out.")
  int port;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Faults and settings to begin with (YAML).")
  @Nullable Path script;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of answers and waits; ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--time",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "How long it waits: 1 as real providers do, 0 not at all; ${DEFAULT-VALUE}.")
  double time;

  @Option(names = "--json", description = "Prints the addresses and keys as one JSON object.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    SandboxSettings settings =
        SandboxSettings.forTests().withBasePort(port).withSeed(seed).withTimeScale(time);
    try (Sandbox sandbox = Sandbox.start(script == null ? settings : settings.withScript(script))) {
      PrintWriter out = command.commandLine().getOut();
      if (json) {
        out.println(Json.raw(json(sandbox)).text());
      } else {
        print(sandbox, out);
      }
      out.flush();
      Stop.await();
    }
    return 0;
  }

  private static void print(Sandbox sandbox, PrintWriter out) {
    out.printf("control    %s/sandbox%n", sandbox.controlAddress());
    for (Simulated provider : Simulated.values()) {
      out.printf(
          "%-10s %s   key %s%n",
          provider.label(), sandbox.address(provider), sandbox.key(provider));
    }
    out.printf("entra      %s   (bearer for foundry and azure)%n", sandbox.entraToken());
  }

  private static ObjectNode json(Sandbox sandbox) {
    ObjectNode json = Json.object().put("control", sandbox.controlAddress() + "/sandbox");
    ObjectNode providers = json.putObject("providers");
    for (Simulated provider : Simulated.values()) {
      providers
          .putObject(provider.label())
          .put("address", sandbox.address(provider).toString())
          .put("key", sandbox.key(provider));
    }
    return json.put("entra-token", sandbox.entraToken());
  }
}
