// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Ask;
import dev.auriga.completion.Task;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What `ask` and `explain` take: the prompt, and what is said beside it.
final class Question {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "The question; - reads it from standard input.")
  @Nullable String prompt;

  @Spec(Spec.Target.MIXEE) CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-r", "--route"},
      paramLabel = "R",
      defaultValue = "auto",
      description = "The route or deployment to ask; ${DEFAULT-VALUE}.")
  String route = "auto";

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "The task it is, so that nothing is classified.")
  @Nullable String task;

  @Option(names = "--high-volume", description = "Marks it as one of very many.")
  boolean highVolume;

  /// Throws [ParameterException] when there is none.
  String prompt() {
    String given = prompt;
    if (given == null) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'PROMPT'");
    }
    if (!given.equals("-")) {
      return given;
    }
    try {
      return new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException unreadable) {
      throw new Auriga.Unable("standard input cannot be read: " + unreadable.getMessage());
    }
  }

  void wishes(Ask ask) {
    ask.route(route);
    if (task != null) {
      ask.task(named(task));
    }
    if (highVolume) {
      ask.highVolume();
    }
  }

  private static Task named(String task) {
    return Task.of(task)
        .orElseThrow(
            () ->
                new Auriga.Unable(
                    "there is no task \"%s\"; there are %s"
                        .formatted(
                            task,
                            Arrays.stream(Task.values())
                                .map(Task::token)
                                .collect(Collectors.joining(", ")))));
  }
}
