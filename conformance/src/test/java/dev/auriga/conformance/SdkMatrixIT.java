// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.conformance.sdk.Dialogue;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Heard;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.observe.RequestRecord;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Totals;
import dev.auriga.sandbox.protocol.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every official SDK against deployments of every dialect, plain and streamed: what was said comes
/// through, the answer is whole, ends for the right reason, and counts the tokens upstream counted.
class SdkMatrixIT {
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                  + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
  private static final List<String> DEPLOYMENTS =
      List.of("claude-sonnet-4-5", "gpt-4o", "gpt-4o-older", "gpt-4o-responses", "gemini-2.5-pro");

  private static Rig rig;
  private static Rig.Running running;
  private static final Map<SdkClient, Sdk> SDKS = new EnumMap<>(SdkClient.class);

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running = rig.serve(rig.config().build());
    for (SdkClient client : SdkClient.values()) {
      SDKS.put(client, client.at(running.address(), Rig.KEY));
    }
  }

  @AfterAll
  static void stop() {
    SDKS.values().forEach(Sdk::close);
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
    running.records().rest();
  }

  /// One cell of the matrix.
  private record Cell(SdkClient client, String deployment, boolean streamed) {
    Dialogue open(Wish wish) {
      return SDKS.get(client).open(wish);
    }

    Wish wish() {
      return Wish.of(deployment, streamed);
    }

    @Override
    public String toString() {
      return client + " → " + deployment + (streamed ? ", streamed" : ", plain");
    }
  }

  static Stream<Cell> cells() {
    return over(DEPLOYMENTS);
  }

  /// Where a model can think; at Azure that is another one.
  static Stream<Cell> thinkingCells() {
    return over(List.of("claude-sonnet-4-5", "gpt-5", "gpt-5.6-terra", "gemini-2.5-pro"));
  }

  private static Stream<Cell> over(List<String> deployments) {
    List<Cell> cells = new ArrayList<>();
    for (SdkClient client : SdkClient.values()) {
      for (String deployment : deployments) {
        cells.add(new Cell(client, deployment, false));
        cells.add(new Cell(client, deployment, true));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void tellsText(Cell cell) throws InterruptedException {
    Heard heard = cell.open(cell.wish()).say("What is 17 + 25?");

    // A simulated model may be wrong, by at most nine.
    assertThat(heard.text()).containsPattern("The answer is \\W*(4[2-9]|5[01])");
    assertThat(heard.stop()).isEqualTo(Stop.DONE);
    assertAccounted(cell, List.of(heard));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void saysThatAnAnswerWasCutByItsLimit(Cell cell) throws InterruptedException {
    Heard heard =
        cell.open(cell.wish().withMaxTokens(16)).say("Describe the history of lighthouses.");

    assertThat(heard.stop()).isEqualTo(Stop.LENGTH);
    assertAccounted(cell, List.of(heard));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void keepsAConversationWithItsSystemMessage(Cell cell) throws InterruptedException {
    Dialogue dialogue = cell.open(cell.wish().withSystem("You are the keeper of Kelpie Light."));
    Heard first = dialogue.say("Who was the first keeper?");
    Heard second = dialogue.say("And what is 2 + 2?");

    assertThat(first.stop()).isEqualTo(Stop.DONE);
    assertThat(second.text()).contains("The answer is");
    assertThat(said(rig.sandbox().calls().getLast()))
        .contains(
            "You are the keeper of Kelpie Light.",
            "Who was the first keeper?",
            "And what is 2 + 2?")
        .contains(first.text().lines().findFirst().orElseThrow().split(" "));
    assertAccounted(cell, List.of(first, second));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void callsAToolAndTakesItsResult(Cell cell) throws InterruptedException {
    Dialogue dialogue = cell.open(cell.wish().withWeather());
    Heard asking = dialogue.say("What is the weather in Oslo?");

    assertThat(asking.stop()).isEqualTo(Stop.TOOLS);
    assertThat(asking.calls()).hasSize(1);
    assertThat(asking.calls().getFirst().name()).isEqualTo("get_weather");
    assertThat(asking.calls().getFirst().arguments()).containsEntry("city", "Oslo");

    Heard told = dialogue.report("rain, 4 degrees");
    assertThat(told.text()).contains("rain, 4 degrees");
    assertThat(told.stop()).isEqualTo(Stop.DONE);
    assertAccounted(cell, List.of(asking, told));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void showsAnImage(Cell cell) throws InterruptedException {
    Heard heard = cell.open(cell.wish()).show(PNG, "What do you see?");

    assertThat(heard.text()).contains("I see 1 image.");
    assertThat(said(rig.sandbox().calls().getLast()))
        .contains(Base64.getEncoder().encodeToString(PNG));
    assertAccounted(cell, List.of(heard));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("thinkingCells")
  void thinks(Cell cell) throws InterruptedException {
    Dialogue dialogue = cell.open(cell.wish().withMaxTokens(8000).withThinking(2000));
    Heard first = dialogue.say("What is 12 * 12?");
    Heard second = dialogue.say("And what is 6 + 7?");

    assertThat(first.text()).contains("The answer is");
    assertThat(second.text()).contains("The answer is");
    assertThat(reasoned()).as("upstream reasoned").isPositive();
    // OpenAI's models show a summary to those who ask for one, which a Responses client does.
    boolean asksForSummary = cell.client() == SdkClient.RESPONSES;
    boolean showsThoughts =
        cell.client() != SdkClient.OPENAI
            && (asksForSummary || !cell.deployment().startsWith("gpt-"));
    if (showsThoughts) {
      assertThat(first.thinking()).isNotEmpty();
    }
    assertAccounted(cell, List.of(first, second));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("thinkingCells")
  void thinksBetweenToolCalls(Cell cell) throws InterruptedException {
    Dialogue dialogue = cell.open(cell.wish().withMaxTokens(8000).withThinking(2000).withWeather());
    Heard asking = dialogue.say("What is the weather in Oslo?");
    assertThat(asking.stop()).isEqualTo(Stop.TOOLS);

    Heard told = dialogue.report("rain, 4 degrees");
    assertThat(told.text()).contains("rain, 4 degrees");
    assertThat(told.stop()).isEqualTo(Stop.DONE);
    assertAccounted(cell, List.of(asking, told));
  }

  /// The SDK, the sandbox and the records agree on who served and how many tokens there were.
  private static void assertAccounted(Cell cell, List<Heard> heard) throws InterruptedException {
    long input = heard.stream().mapToLong(Heard::input).sum();
    long output = heard.stream().mapToLong(Heard::output).sum();
    Totals totals = rig.sandbox().totals();
    assertThat(totals.calls()).isEqualTo(heard.size());
    assertThat(input).as("input tokens").isEqualTo(counted(totals, Usage::allInput));
    assertThat(output).as("output tokens").isEqualTo(counted(totals, Usage::allOutput));
    for (Heard answer : heard) {
      assertThat(totals.models()).containsKey(answer.model());
      RequestRecord record = running.records().next();
      assertThat(record.ending()).isEqualTo(RequestRecord.Ending.COMPLETED);
      assertThat(record.servedBy()).isEqualTo(cell.deployment());
      assertThat(record.streamed()).isEqualTo(cell.streamed());
      assertThat(record.usage().input()).isEqualTo(answer.input());
      assertThat(record.usage().allOutput()).isEqualTo(answer.output());
      if (!answer.headers().isEmpty()) {
        assertThat(answer.headers())
            .containsEntry("x-auriga-route", cell.deployment())
            .containsEntry("x-auriga-served-by", cell.deployment())
            .containsEntry("x-auriga-attempts", "1");
      }
    }
    assertThat(rig.callsWhenQuiet()).extracting(Call::ending).containsOnly(Call.Ending.FINISHED);
  }

  private static long counted(Totals totals, ToLongFunction<Usage> bucket) {
    return totals.models().values().stream().map(Totals.Model::usage).mapToLong(bucket).sum();
  }

  private static long reasoned() {
    return counted(rig.sandbox().totals(), Usage::reasoning);
  }

  private static String said(Call call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }
}
