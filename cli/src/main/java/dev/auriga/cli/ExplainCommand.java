// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.completion.Task;
import dev.auriga.dialect.Json;
import dev.auriga.records.DecisionJson;
import dev.auriga.route.Decision;
import dev.auriga.sandbox.SandboxSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints how a question would be decided, without calling anything.
@Command(
    name = "explain",
    description = "Prints who would be asked, in what order and why, without calling anything.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Mixin Question question = new Question();

  @Option(names = "--json", description = "Prints one JSON object.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Assembler.Parts parts = Assembler.Parts.usual().withObservers(List.of());
    try (Setting.Running running = setting.start(parts, SandboxSettings.forTests(), null)) {
      Decision decision = running.orchestrator().explain(question.prompt(), question::wishes);
      if (json) {
        out.println(Json.raw(DecisionJson.write(decision)).text());
      } else {
        print(decision, out);
      }
      out.flush();
    }
    return 0;
  }

  private static void print(Decision decision, PrintWriter out) {
    Task task = decision.task();
    out.printf("route %s%s%n", decision.route(), task == null ? "" : " · task " + task.token());
    decision.reasons().forEach(reason -> out.println("  because " + reason));
    int place = 1;
    for (Decision.Candidate candidate : decision.candidates()) {
      if (candidate.excluded() == null) {
        out.printf("  %d. %s%n", place++, candidate.deployment());
      } else {
        out.printf("  -  %s: %s%n", candidate.deployment(), candidate.excluded());
      }
    }
  }
}
