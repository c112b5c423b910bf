// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.Orchestrator;
import dev.auriga.azure.EntraCredentials;
import dev.auriga.config.Config;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Reads the configuration as `serve` would and says every problem it has.
@Command(
    name = "check",
    description = "Reads the configuration as serve would; exit code 1 with every problem listed.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Config config = setting.read();
    Assembler.Parts parts =
        Assembler.Parts.usual().withObservers(List.of()).withEntra(new EntraCredentials());
    try (Orchestrator built = Orchestrator.of(config, parts)) {
      command.commandLine().getOut().printf(
          "sound: %d providers, %d deployments, %d routes, %d keys%n",
          config.providers().size(), built.fleet().deployments().size(), config.routes().size(),
          config.keys().size());
      command.commandLine().getOut().flush();
    }
    return 0;
  }
}
