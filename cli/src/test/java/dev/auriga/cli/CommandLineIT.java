// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands as they are typed, against simulated providers.
class CommandLineIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... arguments) {
    CommandLine line = Auriga.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void ask_streamsTheAnswer_thenSaysWhoServedItOnOneLine() {
    assertThat(run("ask", "--sandbox", "What is 17 * 23?")).isZero();
    String[] lines = out.toString().strip().split("\n");
    assertThat(lines[lines.length - 1])
        .matches("served by claude-haiku-4-5 \\(claude-haiku-4-5-\\d+\\) · 1 attempt · \\d+ tokens in, \\d+ out · \\$0\\.\\d{6} · \\d+\\.\\d\\d s");
    assertThat(lines.length).as("an answer stands above it").isGreaterThan(1);
  }

  @Test
  void ask_asJson_isOneObjectWithTheSameFacts() {
    assertThat(run("ask", "--sandbox", "--json", "--route", "gpt-4o", "hello")).isZero();
    assertThat(out.toString())
        .contains("\"served-by\":\"gpt-4o\"", "\"route\":\"gpt-4o\"", "\"attempts\":[{\"deployment\":\"gpt-4o\"", "\"cost-usd\":\"0.");
    assertThat(out.toString().strip().lines()).hasSize(1);
  }

  @Test
  void ask_theModelRouter_isServedByTheModelThatAnswered() {
    assertThat(run("ask", "--sandbox", "--route", "azure-auto", "hello")).isZero();
    assertThat(out.toString().strip().lines().toList().getLast())
        .startsWith("served by ")
        .doesNotContain("model-router", "unpriced");
  }

  @Test
  void explain_saysTaskOrderAndReason_withoutCallingAnything() {
    assertThat(run("explain", "--sandbox", "Tell me a story")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            route auto · task creative
              because task creative: the prompt says "story"
              1. gpt-4o
              2. claude-sonnet-4-5
            """);
  }

  @Test
  void explain_asJson() {
    assertThat(run("explain", "--sandbox", "--json", "--task", "high-volume", "x")).isZero();
    assertThat(out.toString())
        .contains("\"task\":\"high-volume\"", "\"plan\":{\"in-turn\":[{\"deployment\":\"claude-haiku-4-5\"},{\"deployment\":\"gpt-4o-mini\"}]}");
  }

  @Test
  void models_listsRoutesAndDeployments() {
    assertThat(run("models", "--sandbox")).isZero();
    assertThat(out.toString()).contains("auto", "azure-auto", "claude-sonnet-4-5 at foundry", "gemini-2.5-pro at google");
  }

  @Test
  void check_listsEveryProblem_withLineAndPath() throws Exception {
    Path file = folder.resolve("auriga.yaml");
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:99999
        providers:
          azure: { kind: azure-openia, endpoint: https://x.openai.azure.com, api-key: k }
          google: { kind: gemini, api-key: "${env:NOT_SET_ANYWHERE}" }
        deployments:
          gpt-4o: { provider: azur }
        routes:
          auto: [gpt4o]
          extra: { tournament: [gpt-4o] }
        """);
    assertThat(run("check", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("listen:", "providers.azure.kind:", "providers.google.api-key:", "deployments.gpt-4o.provider:", "routes.auto")
        .contains("line 1,", "line 3,", "line 4,", "line 6,", "line 8,");
    assertThat(run("check", "--json", "--config", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("{\"sound\":false,\"problems\":[{\"path\":\"listen\",\"line\":1,");
  }

  @Test
  void check_ofASoundFile_saysWhatIsInIt() throws Exception {
    Path file = folder.resolve("auriga.yaml");
    Files.writeString(
        file,
        """
        providers:
          foundry: { kind: anthropic-foundry, resource: somewhere, auth: entra }
          local: { kind: openai-compatible, base-url: "http://127.0.0.1:11434/v1" }
        deployments:
          claude: { provider: foundry, model: claude-sonnet-4-5 }
          llama: { provider: local }
        routes:
          auto: [claude, llama]
        """);
    assertThat(run("check", "--config", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString().strip()).isEqualTo("sound: 2 providers, 2 deployments, 1 routes, 0 keys");
  }

  @Test
  void whatCannotBeDone_isSaid_withExitCodeOne() {
    assertThat(run("ask", "--sandbox", "--route", "outo", "x")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("there is no route or deployment \"outo\"; did you mean \"auto\"?");
    assertThat(run("explain", "--sandbox", "--task", "codin", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no task \"codin\"; there are coding, creative");
  }

  @Test
  void aWrongCommandLine_isExitCodeTwo() {
    assertThat(run("ask")).isEqualTo(2);
    assertThat(run("fly")).isEqualTo(2);
  }
}
