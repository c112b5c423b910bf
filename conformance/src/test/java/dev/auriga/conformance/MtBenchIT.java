// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auriga.conformance.sdk.OpenAiSdk;
import dev.auriga.conformance.sdk.Sdk.Heard;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.observe.RequestRecord;
import dev.auriga.sandbox.Totals;
import dev.auriga.sandbox.protocol.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The 80 first questions of MT-bench through route `auto`, asked with OpenAI's SDK: who answers is
/// who the published rules say, every answer is whole, and no token is lost on the way.
class MtBenchIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Who is primary for a task in the configuration of `serve --sandbox`.
  private static final Map<String, String> PRIMARY =
      Map.of(
          "coding", "claude-sonnet-4-5",
          "creative", "gpt-4o",
          "analysis", "claude-sonnet-4-5",
          "simple", "claude-haiku-4-5");

  @ParameterizedTest(name = "streamed {0}")
  @ValueSource(booleans = {false, true})
  void routesByThePublishedRules(boolean streamed) throws IOException, InterruptedException {
    List<String> questions = questions();
    Map<String, Integer> table = new TreeMap<>();
    long input = 0;
    long output = 0;
    try (Rig rig = Rig.start();
        Rig.Running running = rig.serve(rig.config().build());
        Sdk sdk = new OpenAiSdk(running.address(), Rig.KEY)) {
      for (String question : questions) {
        Heard heard = sdk.open(Wish.of("auto", streamed)).say(question);
        String task = published(question);

        assertThat(heard.stop()).as(question).isIn(Stop.DONE, Stop.LENGTH);
        assertThat(heard.text()).as(question).isNotBlank();
        assertThat(heard.headers())
            .as(question)
            .containsEntry("x-auriga-route", "auto")
            .containsEntry("x-auriga-served-by", PRIMARY.get(task))
            .containsEntry("x-auriga-attempts", "1");
        RequestRecord record = running.records().next();
        assertThat(record.task()).as(question).isEqualTo(task);
        assertThat(record.servedBy()).as(question).isEqualTo(PRIMARY.get(task));
        input += heard.input();
        output += heard.output();
        table.merge(
            "%-10s %s".formatted(task, heard.headers().get("x-auriga-served-by")), 1, Integer::sum);
      }
      Totals totals = rig.sandbox().totals();
      assertThat(totals.calls()).isEqualTo(80);
      assertThat(input).isEqualTo(counted(totals, Usage::allInput));
      assertThat(output).isEqualTo(counted(totals, Usage::allOutput));
    }
    print(table, input, output);
  }

  /// The rules as they are published, written down a second time.
  private static String published(String prompt) {
    String text = prompt.toLowerCase(Locale.ROOT);
    if (containsOneOf(text, "code", "function", "implement", "debug", "algorithm")) {
      return "coding";
    }
    if (containsOneOf(text, "story", "creative", "poem", "narrative")) {
      return "creative";
    }
    if (containsOneOf(text, "analyze", "evaluate", "assess", "compare")) {
      return "analysis";
    }
    return prompt.codePoints().count() < 100 ? "simple" : "analysis";
  }

  private static boolean containsOneOf(String text, String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> questions() throws IOException {
    Optional<Path> file = SharedFolder.file("prompts/mt-bench.jsonl");
    assumeTrue(
        file.isPresent(),
        "skipped: shared/data/prompts/mt-bench.jsonl is not there (-Dauriga.shared=PATH)");
    List<String> questions =
        Files.readAllLines(file.get()).stream()
            .map(line -> JSON.readTree(line).get("turns").get(0).stringValue())
            .toList();
    assertThat(questions).hasSize(80);
    return questions;
  }

  private static long counted(Totals totals, ToLongFunction<Usage> bucket) {
    return totals.models().values().stream().map(Totals.Model::usage).mapToLong(bucket).sum();
  }

  private static void print(Map<String, Integer> table, long input, long output) {
    System.out.printf("%-10s %-20s %s%n", "task", "served by", "questions");
    table.forEach((row, count) -> System.out.printf("%-31s %d%n", row, count));
    System.out.printf("tokens: %d in, %d out, as upstream counted%n", input, output);
  }
}
