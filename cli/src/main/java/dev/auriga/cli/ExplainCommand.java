// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.dialect.Json;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.DecisionJson;
import dev.auriga.records.RecordJson;
import dev.auriga.route.Decision;
import dev.auriga.sandbox.SandboxSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints how a question would be decided, without calling anything; or how a request was decided, and
/// what became of it.
@Command(
    name = "explain",
    description = {
      "Prints who would be asked, in what order and why, without calling anything;",
      "with --request how a request was decided and what became of it."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Mixin Question question = new Question();

  @Mixin Recorded recorded = new Recorded();

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "The request to look at, as its answer says in x-auriga-request.")
  @Nullable String request;

  @Option(names = "--json", description = "Prints one JSON object.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    if (request != null) {
      RequestRecord record = recorded.find(request, setting);
      if (json) {
        out.println(Json.raw(RecordJson.write(record)).text());
      } else {
        new RecordText(out).print(record);
      }
    } else {
      explain(question.prompt(), out);
    }
    out.flush();
    return 0;
  }

  private void explain(String prompt, PrintWriter out) {
    Assembler.Parts parts = Assembler.Parts.usual().withObservers(List.of());
    try (Setting.Running running = setting.start(parts, SandboxSettings.forTests(), null)) {
      Decision decision = running.orchestrator().explain(prompt, question::wishes);
      if (json) {
        out.println(Json.raw(DecisionJson.write(decision)).text());
      } else {
        new RecordText(out).print(decision);
      }
    }
  }
}
