// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.AnswerFailed;
import dev.auriga.completion.Refusal;
import dev.auriga.config.ConfigProblems;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/// The command line's entry.
@Command(
    name = "auriga",
    description = "Drives many language models as one: routing you can prove.",
    mixinStandardHelpOptions = true,
    versionProvider = Auriga.Version.class,
    subcommands = {
      ServeCommand.class, AskCommand.class, ExplainCommand.class, ReplayCommand.class, CheckCommand.class,
      ModelsCommand.class, SandboxCommand.class, RehearseCommand.class, CalibrateCommand.class, HelpCommand.class
    })
public final class Auriga {
  private Auriga() {}

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// The commands, ready to be executed; an execution gives 0, 1 or 2.
  static CommandLine commandLine() {
    return new CommandLine(new Auriga())
        .setExecutionExceptionHandler(
            (failure, command, _) -> {
              String reason =
                  switch (failure) {
                    case ConfigProblems problems -> problems.getMessage();
                    case Refusal refusal -> refusal.reason();
                    case AnswerFailed failed -> failed.getMessage();
                    case Unable unable -> unable.getMessage();
                    default -> throw failure;
                  };
              command.getErr().println(reason);
              command.getErr().flush();
              return 1;
            });
  }

  /// A command cannot do what it was asked; the message says why and what to do.
  static final class Unable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unable(String message) {
      super(message, null, false, false);
    }
  }

  /// The version the jar was built with.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Auriga.class.getPackage().getImplementationVersion();
      return new String[] {"auriga " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
