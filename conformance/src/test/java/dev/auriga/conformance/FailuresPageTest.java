// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of `docs/failures.md`, drawn from what [FaultTableIT] expects and therefore proves; written
/// into the page with `-Dfailures.write=true`.
class FailuresPageTest {
  private static final Path PAGE = Checkout.root().resolve(Path.of("docs", "failures.md"));
  private static final String BEGIN = "<!-- table -->\n";
  private static final String END = "<!-- end of table -->\n";

  /// The scenarios of an acceptance test for gateways, each with its rows; elsewhere where it is none of the
  /// table's.
  private static final List<Scenario> SCENARIOS =
      List.of(
          new Scenario("429 with Retry-After", "429 with Retry-After"),
          new Scenario("429 without Retry-After", "429 without Retry-After", "429 once"),
          new Scenario("500 once", "500 once", "500"),
          new Scenario("503 for good", "503", "529, which Google does not know"),
          new Scenario("reset before headers", "reset before the head"),
          new Scenario("no response", "no answer at all"),
          new Scenario("slow first token", "slow first token", "first token too late"),
          new Scenario("stream cut", "cut in mid-stream", "cut before the first token", "cut body"),
          new Scenario("stream stall", "stall in mid-stream", "stall before the first token"),
          new Scenario("malformed event", "malformed event, and it goes on"),
          new Scenario("missing terminal marker", "no terminal marker"),
          new Scenario(
              "context too long", "context too long, and more fits at the fallback",
              "context too long, and no more fits at the fallback"),
          new Scenario(
              "content filter", "prompt filtered, told as an error", "prompt filtered, told as an answer",
              "answer filtered"),
          new Scenario("fallback that refuses prefill", "FailoverIT#fallbackThatRefusesPrefill_doesNotHideWhatWentWrong"),
          new Scenario("flapping primary", "FailoverIT#flappingPrimary_isNeverToldToTheClient"),
          new Scenario("accounting after failover", "FailoverIT#accounts_onlyForWhatWasServed"));

  private record Scenario(String name, List<String> proofs) {
    Scenario(String name, String... proofs) {
      this(name, List.of(proofs));
    }
  }

  @Test
  void thePage_saysWhatTheFaultTableProves() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).as("the mark %s", BEGIN.strip()).isGreaterThanOrEqualTo(BEGIN.length());
    String table = table();
    if (Boolean.getBoolean("failures.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("docs/failures.md is stale: write it with -Dtest=FailuresPageTest -Dfailures.write=true")
        .isEqualTo(table);
  }

  private static String table() {
    Map<String, FaultTableIT.Row> rows =
        FaultTableIT.table().stream().collect(Collectors.toMap(FaultTableIT.Row::name, row -> row));
    StringBuilder table =
        new StringBuilder(
            """
            | # | scenario | fault | plain, alone | plain, with a fallback | streamed, alone | streamed, with a fallback |
            |---|---|---|---|---|---|---|
            """);
    for (int i = 0; i < SCENARIOS.size(); i++) {
      for (String proof : SCENARIOS.get(i).proofs()) {
        table.append("| %d | %s | %s |\n".formatted(i + 1, SCENARIOS.get(i).name(), cells(proof, rows)));
      }
    }
    return table.toString();
  }

  private static String cells(String proof, Map<String, FaultTableIT.Row> rows) {
    if (proof.contains("#")) {
      String method = proof.substring(proof.indexOf('#') + 1);
      assertThat(FailoverIT.class.getDeclaredMethods()).extracting(java.lang.reflect.Method::getName).contains(method);
      return "`%s` | | | | ".formatted(proof);
    }
    FaultTableIT.Row row = rows.get(proof);
    assertThat(row).as("the row \"%s\" of FaultTableIT", proof).isNotNull();
    return proof
        + " | "
        + Stream.concat(row.whole().stream(), row.stream().stream())
            .map(FailuresPageTest::words)
            .collect(Collectors.joining(" | "));
  }

  private static String words(Expected expected) {
    return switch (expected) {
      case Expected.Answers(int attempts) -> "answered" + after(attempts);
      case Expected.FallsBack(int attempts) -> "the fallback answers" + after(attempts);
      case Expected.Declines() -> "declined, as the provider says it";
      case Expected.Fails(Expected.Problem problem, int attempts) -> "error: " + word(problem) + after(attempts);
      case Expected.BreaksOff(Expected.Problem problem) -> "begins, then the error event: " + word(problem);
    };
  }

  private static String after(int attempts) {
    return attempts == 1 ? "" : ", %d calls".formatted(attempts);
  }

  private static String word(Expected.Problem problem) {
    return problem.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
