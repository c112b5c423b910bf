// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Secret;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.RecordFile;
import dev.auriga.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Looking at records, deciding them again, and testing a policy, as they are typed.
class RecordsIT {
  private static final String FILE =
      """
      records: { file: decisions.jsonl }
      providers:
        foundry: { kind: anthropic-foundry, resource: somewhere, auth: entra }
        azure: { kind: azure-openai, endpoint: "https://somewhere.openai.azure.com", api-key: k }
      deployments:
        claude-sonnet-4-5: { provider: foundry }
        claude-haiku-4-5: { provider: foundry }
        gpt-4o: { provider: azure }
      routes:
        auto: { classify: { coding: [claude-sonnet-4-5, gpt-4o], analysis: [gpt-4o], simple: [claude-haiku-4-5] } }
      """;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path config;
  private Path records;

  @BeforeEach
  void twoRequestsAreRecorded() throws IOException {
    config = Files.writeString(folder.resolve("auriga.yaml"), FILE);
    records = folder.resolve("decisions.jsonl");
    assertThat(run("ask", "--sandbox", "--config", config.toString(), "debug this")).as(err.toString()).isZero();
    assertThat(run("ask", "--sandbox", "--config", config.toString(), "hello")).as(err.toString()).isZero();
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine line = Auriga.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private List<RequestRecord> recorded() throws IOException {
    List<RequestRecord> all = new ArrayList<>();
    RecordFile.read(
        records,
        new RecordFile.Reader() {
          @Override
          public void record(int line, RequestRecord record) {
            all.add(record);
          }

          @Override
          public void unreadable(int line, String why) {
            throw new AssertionError("line " + line + ": " + why);
          }
        });
    return all;
  }

  private Path changed(String from, String to) throws IOException {
    return Files.writeString(folder.resolve("new.yaml"), FILE.replace(from, to));
  }

  @Test
  void explain_ofARequest_showsDecisionAttemptsAndOutcome() throws IOException {
    String id = recorded().getFirst().id();
    assertThat(run("explain", "--request", id, "--records", records.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .startsWith(id + " completed · at ")
        .contains("· key the program · served by claude-sonnet-4-5")
        .contains("route auto · task coding")
        .contains("  because task coding: the prompt says \"debug\"")
        .contains("  1. claude-sonnet-4-5", "  2. gpt-4o")
        .containsPattern("attempt 1 at claude-sonnet-4-5: answered after \\d+ ms")
        .containsPattern("policy [0-9a-f]{16} · prices 20\\S+ · capabilities .* · seed -?\\d+");
    String found = out.toString();
    assertThat(run("explain", "--request", id, "--config", config.toString())).as("by the file").isZero();
    assertThat(out.toString()).isEqualTo(found);
    assertThat(run("explain", "--json", "--request", id, "--records", records.toString())).isZero();
    assertThat(out.toString().strip()).isEqualTo(Files.readAllLines(records).getFirst());
    assertThat(run("explain", "--request", "req_none", "--records", records.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no record of a request \"req_none\" in ");
    assertThat(run("explain")).as("neither a prompt nor a request").isEqualTo(2);
  }

  @Test
  void explain_asksAGateway() {
    Setting setting = new Setting();
    setting.sandboxed = true;
    setting.alone = true;
    try (Serving serving = Serving.start(setting, SandboxSettings.forTests(), 0, new Secret("a-key"))) {
      String id = serving.running().orchestrator().ask("Tell me a story").requestId();
      String gateway = serving.gateway().address().toString();
      assertThat(run("explain", "--request", id, "--address", gateway, "--key", "a-key")).as(err.toString()).isZero();
      assertThat(out.toString()).startsWith(id + " completed").contains("route auto · task creative");
      assertThat(run("explain", "--request", "req_none", "--address", gateway, "--key", "a-key")).isEqualTo(1);
      assertThat(err.toString()).contains("says 404").contains("req_none");
      assertThat(run("explain", "--request", id, "--address", gateway, "--key", "wrong")).isEqualTo(1);
      assertThat(err.toString()).contains("says 401");
    }
  }

  @Test
  void replay_byTheSameFile_findsNothing_andVerifies() {
    assertThat(run("replay", "--verify", "--records", records.toString(), "--config", config.toString()))
        .as(out + " " + err)
        .isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            2 records · 0 decided otherwise
                   2 the same plan
                   2 the same bit for bit
            """);
  }

  @Test
  void replay_byAnotherFile_showsWhatIsDecidedOtherwise_andWhatItWouldCost() throws IOException {
    Path other = changed("coding: [claude-sonnet-4-5, gpt-4o]", "coding: [gpt-4o, claude-sonnet-4-5]");
    assertThat(run("replay", "--records", records.toString(), "--config", other.toString())).isZero();
    String id = recorded().getFirst().id();
    assertThat(out.toString())
        .containsPattern(
            id + " · auto · task coding · first claude-sonnet-4-5 → gpt-4o · \\$0\\.\\d{6} → \\$0\\.\\d{6}\n")
        .contains("2 records · 1 decided otherwise")
        .containsPattern("the tokens of 1 requests that ask another deployment first: \\$0\\.\\d{6} then, \\$0\\.\\d{6} now \\(-\\$0\\.\\d{6}\\)")
        .contains("how good other answers would be, nobody knows");
    assertThat(run("replay", "--json", "--records", records.toString(), "--config", other.toString())).isZero();
    assertThat(out.toString().lines().toList().getFirst())
        .startsWith("{\"request\":\"" + id + "\",\"route\":\"auto\",\"change\":\"first\",\"exact\":false,");
    assertThat(out.toString().strip().lines().toList().getLast())
        .startsWith("{\"summary\":{\"records\":2,\"changed\":1,\"refused\":0,\"served\":0,\"first\":1,");
    assertThat(run("replay", "--verify", "--records", records.toString(), "--config", other.toString()))
        .as("not the same")
        .isEqualTo(1);
  }

  @Test
  void replay_saysWhichLinesAreNoRecords() throws IOException {
    Files.writeString(records, "{\"version\":1,\"requ\n", StandardOpenOption.APPEND);
    assertThat(run("replay", "--records", records.toString(), "--config", config.toString())).isZero();
    assertThat(err.toString()).contains("decisions.jsonl, line 3: not JSON");
    assertThat(out.toString()).contains("1 lines were no record");
    assertThat(run("replay", "--verify", "--records", records.toString(), "--config", config.toString())).isEqualTo(1);
    assertThat(run("replay", "--records", folder.resolve("none").toString(), "--config", config.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("the file of records cannot be read");
  }

  @Test
  void check_runsTests_withoutACall() throws IOException {
    Path tests = folder.resolve("policy.yaml");
    Files.writeString(
        tests,
        """
        tests:
          code goes to claude:
            given: { prompt: debug this }
            expect: { served: claude-sonnet-4-5 }
          small talk does not:
            given: { prompt: hello }
            expect: { served: claude-haiku-4-5 }
        """);
    assertThat(run("check", "--config", config.toString(), "--tests", tests.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("policy.yaml: all 2 tests hold");
    Path other = changed("simple: [claude-haiku-4-5]", "simple: [gpt-4o]");
    assertThat(run("check", "--config", other.toString(), "--tests", tests.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("policy.yaml: 1 of 2 tests do not hold")
        .contains("  line 7, \"small talk does not\": served: expected claude-haiku-4-5, got gpt-4o");
    assertThat(run("check", "--json", "--config", other.toString(), "--tests", tests.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"tests\":2,\"failures\":[{\"test\":\"small talk does not\",\"line\":7,\"what\":\"served\",");
    Files.writeString(tests, "tests: { one: { given: { promt: x }, expect: { served: gpt-4o } } }");
    assertThat(run("check", "--config", config.toString(), "--tests", tests.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("tests.one.given.promt: unknown key; did you mean \"prompt\"?");
  }
}
