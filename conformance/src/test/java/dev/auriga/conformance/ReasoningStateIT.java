// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.conformance.sdk.Dialogue;
import dev.auriga.conformance.sdk.Sdk;
import dev.auriga.conformance.sdk.Sdk.Heard;
import dev.auriga.conformance.sdk.Sdk.Stop;
import dev.auriga.conformance.sdk.Sdk.Wish;
import dev.auriga.conformance.sdk.SdkClient;
import dev.auriga.sandbox.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Agents whose dialect has no word for a provider's signatures, with tools, on models that think and
/// want their signatures back: twenty turns without a refusal, and every signature where it was.
class ReasoningStateIT {
  private static final int TURNS = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running = rig.serve(rig.config().deployment("gemini-3-pro-preview", "google").build());
  }

  @AfterAll
  static void stop() {
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
  }

  @ParameterizedTest(name = "{0} → {1}, streamed: {2}")
  @CsvSource({
    "OPENAI, claude-sonnet-4-5, false", "OPENAI, claude-sonnet-4-5, true",
    "OPENAI, gemini-3-pro-preview, false", "OPENAI, gemini-3-pro-preview, true",
    "OPENAI, gpt-5.6-terra, false", "OPENAI, gpt-5.6-terra, true",
    "GOOGLE, gpt-5.6-terra, false", "GOOGLE, gpt-5.6-terra, true",
    "GOOGLE, claude-sonnet-4-5, false", "GOOGLE, claude-sonnet-4-5, true",
    "ANTHROPIC, gemini-3-pro-preview, false", "ANTHROPIC, gemini-3-pro-preview, true",
  })
  void twentyTurnsWithTools(SdkClient client, String deployment, boolean streamed)
      throws InterruptedException {
    List<String> losses = new ArrayList<>();
    try (Sdk sdk = client.at(running.address(), Rig.KEY)) {
      Wish wish = Wish.of(deployment, streamed).withMaxTokens(8000).withThinking(2000).withWeather();
      Dialogue dialogue = sdk.open(wish);
      for (int turn = 0; turn < TURNS; turn++) {
        Heard asking = dialogue.say("What is the weather in Oslo on day " + turn + "?");
        assertThat(asking.stop()).as("turn %d", turn).isEqualTo(Stop.TOOLS);
        Heard told = dialogue.report("rain, " + turn + " degrees");
        assertThat(told.stop()).as("turn %d", turn).isEqualTo(Stop.DONE);
        losses.add(asking.headers().getOrDefault("x-auriga-loss", ""));
        losses.add(told.headers().getOrDefault("x-auriga-loss", ""));
      }
    }

    List<Call> calls = rig.callsWhenQuiet();
    assertThat(calls).hasSize(2 * TURNS).extracting(Call::status).containsOnly(200);
    assertThat(losses)
        .allSatisfy(
            loss ->
                assertThat(loss)
                    .doesNotContain("thinking-off", "unsigned-thinking", "orphan-thinking", "signature"));
    // One for each answer so far, and no two alike unless their thoughts are.
    for (int i = 0; i < calls.size(); i++) {
      assertThat(signatures(calls.get(i))).as("signatures in call %d", i).hasSizeGreaterThanOrEqualTo(i);
    }
    assertThat(sealsSent(calls)).isSubsetOf(signatures(calls.getLast()));
  }

  /// What was sent back in any call is still sent back in the last one.
  private static Set<String> sealsSent(List<Call> calls) {
    Set<String> all = new HashSet<>();
    calls.forEach(call -> all.addAll(signatures(call)));
    return all;
  }

  private static List<String> signatures(Call call) {
    JsonNode body = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    for (JsonNode block : body.findParents("signature")) {
      found.add(block.path("signature").asString());
    }
    for (JsonNode part : body.findParents("thoughtSignature")) {
      found.add(part.path("thoughtSignature").asString());
    }
    for (JsonNode item : body.findParents("encrypted_content")) {
      found.add(item.path("encrypted_content").asString());
    }
    return found;
  }
}
