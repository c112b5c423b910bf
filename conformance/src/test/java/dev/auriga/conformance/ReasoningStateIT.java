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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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

  /// A client that had nothing stored and its thoughts not encrypted: what it sends back of them are ids
  /// that nobody knows.
  @Test
  void idsOfThoughtsThatWereNotStored_areLeftOutAfterOneRefusal() throws IOException, InterruptedException {
    ObjectNode asking = JSON.createObjectNode().put("model", "gpt-5").put("store", false);
    asking.putObject("reasoning").put("effort", "low");
    ArrayNode said = asking.putArray("input");
    said.addObject().put("role", "user").put("content", "Weather in Oslo?");
    said.addObject().put("type", "reasoning").put("id", "rs_1").putArray("summary");
    said.addObject()
        .put("type", "function_call")
        .put("id", "fc_1")
        .put("call_id", "call_1")
        .put("name", "weather")
        .put("arguments", "{}");
    said.addObject().put("type", "function_call_output").put("call_id", "call_1").put("output", "rain");

    Told told =
        Told.by(Wire.OPENAI.post(running.address(), "/v1/responses", asking.toString()).build());

    assertThat(told.status()).as(told.body()).isEqualTo(200);
    assertThat(told.header("x-auriga-loss")).contains("refused-signature:messages");
    assertThat(rig.callsWhenQuiet()).extracting(Call::status).containsExactly(404, 200);
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
