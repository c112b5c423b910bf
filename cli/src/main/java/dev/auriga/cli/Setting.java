// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.Orchestrator;
import dev.auriga.azure.EntraCredentials;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import dev.auriga.config.Listen;
import dev.auriga.sandbox.Sandbox;
import dev.auriga.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every command that needs a configuration takes: `--config` and `--sandbox`.
///
/// Without `--config` the file `auriga.yaml` in the working folder counts where it is there, else
/// providers are found from the usual environment variables.
final class Setting {
  private static final Path USUAL_FILE = Path.of("auriga.yaml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; auriga.yaml where there is one, else the environment.")
  @Nullable Path file;

  @Option(
      names = "--sandbox",
      description = "Put simulated providers behind it, so that everything works without a credential.")
  boolean sandboxed;

  /// Whether a file in the working folder does not count.
  boolean alone;

  /// The configuration as the options say, not bent to a sandbox; throws
  /// [dev.auriga.config.ConfigProblems].
  Config read() {
    Path chosen = chosen();
    return chosen != null
        ? ConfigFile.read(chosen, System.getenv())
        : Config.fromEnvironment(System.getenv());
  }

  private @Nullable Path chosen() {
    if (file != null) {
      return file;
    }
    return !alone && Files.exists(USUAL_FILE) ? USUAL_FILE : null;
  }

  /// Builds everything a command needs to ask, from `parts`; the command closes it. `port` replaces
  /// the configured one, where it is given.
  Running start(Assembler.Parts parts, SandboxSettings simulated, @Nullable Integer port) {
    Sandbox sandbox = sandboxed ? Sandbox.start(simulated) : null;
    try {
      Config config = sandbox == null ? read() : bent(sandbox);
      if (port != null) {
        config = config.toBuilder().listen(new Listen(config.listen().host(), port)).build();
      }
      return new Running(Orchestrator.of(config, parts.withEntra(new EntraCredentials())), sandbox);
    } catch (RuntimeException failed) {
      if (sandbox != null) {
        sandbox.close();
      }
      throw failed;
    }
  }

  private Config bent(Sandbox sandbox) {
    Path chosen = chosen();
    return chosen == null
        ? SandboxConfig.alone(sandbox)
        : SandboxConfig.over(ConfigFile.read(chosen, System.getenv()), sandbox);
  }

  /// An orchestrator, and the simulated providers behind it where there are some.
  record Running(Orchestrator orchestrator, @Nullable Sandbox sandbox) implements AutoCloseable {
    @Override
    public void close() {
      orchestrator.close();
      if (sandbox != null) {
        sandbox.close();
      }
    }
  }
}
