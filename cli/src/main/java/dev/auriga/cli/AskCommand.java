// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Answer;
import dev.auriga.Ask;
import dev.auriga.Assembler;
import dev.auriga.completion.Chunk;
import dev.auriga.sandbox.SandboxSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Asks one question: streams the answer, then says on one line who served it and for how much.
@Command(
    name = "ask",
    description =
        "Asks one question; streams the answer, then one line: who served it, attempts, tokens,"
            + " cost, time.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Mixin Question question = new Question();

  @Option(
      names = "--thinking",
      paramLabel = "TOKENS",
      description = "Lets the model think, with at most so many tokens.")
  @Nullable Integer thinking;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The most tokens the answer may have.")
  @Nullable Integer maxTokens;

  @Option(names = "--within", paramLabel = "SECONDS", description = "The most time it may take.")
  @Nullable Integer within;

  @Option(
      names = "--json",
      description = "Prints one JSON object instead, when the answer is whole.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    String prompt = question.prompt();
    Assembler.Parts parts = Assembler.Parts.usual().withObservers(List.of());
    try (Setting.Running running =
        setting.start(parts, SandboxSettings.forTests().withTimeScale(0.2), null)) {
      Answer answer =
          running
              .orchestrator()
              .ask(
                  prompt,
                  ask -> {
                    wishes(ask);
                    if (!json) {
                      ask.onChunk(chunk -> print(chunk, out));
                    }
                  });
      if (json) {
        out.println(AnswerJson.of(answer));
      } else {
        out.printf("%n%n%s%n", Served.line(answer));
      }
      out.flush();
    }
    return 0;
  }

  private void wishes(Ask ask) {
    question.wishes(ask);
    if (thinking != null) {
      ask.thinking(thinking);
    }
    if (maxTokens != null) {
      ask.maxTokens(maxTokens);
    }
    if (within != null) {
      ask.within(Duration.ofSeconds(within));
    }
  }

  private static void print(Chunk chunk, PrintWriter out) {
    if (chunk instanceof Chunk.TextDelta delta) {
      out.print(delta.text());
      out.flush();
    }
  }
}
