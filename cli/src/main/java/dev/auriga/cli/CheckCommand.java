// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.Orchestrator;
import dev.auriga.azure.EntraCredentials;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigProblems;
import dev.auriga.dialect.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the configuration as `serve` would and says every problem it has.
@Command(
    name = "check",
    description = "Reads the configuration as serve would; exit code 1 with every problem listed.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Option(names = "--json", description = "Prints one JSON object, problems included.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try {
      Config config = setting.read();
      Assembler.Parts parts =
          Assembler.Parts.usual().withObservers(List.of()).withEntra(new EntraCredentials());
      Orchestrator.of(config, parts).close();
      out.println(json ? Json.raw(sound(config)).text() : words(config));
      return 0;
    } catch (ConfigProblems problems) {
      if (!json) {
        throw problems;
      }
      out.println(Json.raw(unsound(problems)).text());
      return 1;
    } finally {
      out.flush();
    }
  }

  private static String words(Config config) {
    return "sound: %d providers, %d deployments, %d routes, %d keys"
        .formatted(
            config.providers().size(), config.deployments().size(), config.routes().size(), config.keys().size());
  }

  private static ObjectNode sound(Config config) {
    return Json.object()
        .put("sound", true)
        .put("providers", config.providers().size())
        .put("deployments", config.deployments().size())
        .put("routes", config.routes().size())
        .put("keys", config.keys().size());
  }

  private static ObjectNode unsound(ConfigProblems found) {
    ObjectNode told = Json.object().put("sound", false);
    ArrayNode problems = told.putArray("problems");
    for (ConfigProblems.Problem problem : found.problems()) {
      ObjectNode each = problems.addObject().put("path", problem.path());
      ConfigProblems.Place place = problem.place();
      if (place != null) {
        each.put("line", place.line()).put("column", place.column());
      }
      each.put("message", problem.message()).put("advice", problem.advice());
    }
    return told;
  }
}
