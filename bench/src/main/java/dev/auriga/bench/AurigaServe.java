// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Auriga as it is started by everybody, `./auriga serve`, with a key to show and the model's name
/// to rewrite; quiet, or with its line for each request.
record AurigaServe(Path home, int port, int upstreamPort, Logs logs, String javaOptions)
    implements Contender {
  static final String NAME = "Auriga";
  private static final String KEY = "bench-key-of-this-run";

  /// What it writes.
  enum Logs {
    QUIET("warn"),
    USUAL("info");

    private final String level;

    Logs(String level) {
      this.level = level;
    }
  }

  @Override
  public String name() {
    return logs == Logs.QUIET ? NAME : NAME + ", logging";
  }

  @Override
  public Scope scope() {
    return logs == Logs.QUIET ? Scope.EVERYTHING : Scope.COST;
  }

  @Override
  public boolean translates() {
    return true;
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public Address address() {
    return new Address(port, Map.of("authorization", "Bearer " + KEY));
  }

  @Override
  public Child start(Path folder) {
    Path file = Machine.write(folder.resolve("auriga-" + logs.level + ".yaml"), configuration());
    List<String> command =
        List.of(home.resolve("auriga").toString(), "serve", "--config", file.toString());
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "JAVA_TOOL_OPTIONS", ("-Dauriga.log=" + logs.level + " " + javaOptions).strip());
    return Child.start(command, environment, folder.resolve("auriga-" + logs.level + ".log"));
  }

  private String configuration() {
    return """
        listen: 127.0.0.1:%d
        keys:
          bench: { secret: "%s", routes: [gpt-4o] }
        providers:
          upstream: { kind: openai-compatible, base-url: "http://127.0.0.1:%d/v1", api-key: unused }
        deployments:
          dated: { provider: upstream, model: gpt-4o-2024-08-06 }
        routes:
          gpt-4o: dated
        """.formatted(port, KEY, upstreamPort);
  }
}
