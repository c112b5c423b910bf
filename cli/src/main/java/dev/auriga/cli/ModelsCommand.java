// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.Orchestrator;
import dev.auriga.capability.Capabilities;
import dev.auriga.dialect.Json;
import dev.auriga.provider.Deployment;
import dev.auriga.sandbox.SandboxSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists what clients may put in `model`: the routes, and the deployments behind them.
@Command(
    name = "models",
    description = "Lists the routes and deployments.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Option(names = "--json", description = "Prints one JSON object.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Assembler.Parts parts = Assembler.Parts.usual().withObservers(List.of());
    try (Setting.Running running = setting.start(parts, SandboxSettings.forTests(), null)) {
      if (json) {
        out.println(Json.raw(json(running.orchestrator())).text());
      } else {
        print(running.orchestrator(), out);
      }
      out.flush();
    }
    return 0;
  }

  private static void print(Orchestrator orchestrator, PrintWriter out) {
    out.println("routes");
    new TreeSet<>(orchestrator.policy().routes().keySet()).forEach(name -> out.println("  " + name));
    out.println("deployments");
    for (Deployment deployment : orchestrator.fleet().deployments()) {
      out.printf(
          "  %-22s %s at %s%s%n",
          deployment.name(), deployment.target().model(), deployment.provider(), limits(deployment));
    }
  }

  /// What is known of its limits, as in `, context 128000, output 16384`.
  private static String limits(Deployment deployment) {
    Capabilities.Window window = deployment.target().capabilities().window();
    return (window.context() == null ? "" : ", context " + window.context())
        + (window.output() == null ? "" : ", output " + window.output());
  }

  private static ObjectNode json(Orchestrator orchestrator) {
    ObjectNode json = Json.object();
    ArrayNode routes = json.putArray("routes");
    new TreeSet<>(orchestrator.policy().routes().keySet()).forEach(routes::add);
    ArrayNode deployments = json.putArray("deployments");
    for (Deployment deployment : orchestrator.fleet().deployments()) {
      Capabilities capabilities = deployment.target().capabilities();
      deployments.addObject()
          .put("name", deployment.name())
          .put("provider", deployment.provider())
          .put("model", deployment.target().model())
          .put("context", capabilities.window().context())
          .put("output", capabilities.window().output())
          .put("capabilities", capabilities.origin().version());
    }
    return json;
  }
}
