// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.sandbox.Caller.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlIT {
  private final Sandbox sandbox = Sandbox.start();
  private final Caller caller = new Caller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Answer control(String method, String path, String body) {
    return Caller.send(
        caller
            .request(sandbox.controlAddress().resolve(path), Map.of())
            .method(method, HttpRequest.BodyPublishers.ofString(Caller.json(body)))
            .build());
  }

  @Test
  void overview_namesAddressesKeysAndModels() {
    Answer overview = control("GET", "/sandbox", "");
    for (Simulated provider : Simulated.values()) {
      var one = overview.json().at("/providers/" + provider.label());
      assertThat(one.path("address").asString()).isEqualTo(sandbox.address(provider).toString());
      assertThat(one.path("key").asString()).isEqualTo(sandbox.key(provider));
      assertThat(one.path("up").asBoolean()).isTrue();
      assertThat(one.path("models").toString()).contains(Caller.model(provider));
    }
  }

  @Test
  void faults_areScriptedListedAndCleared() {
    Answer posted =
        control(
            "POST",
            "/sandbox/faults",
            "{'provider':'foundry','fault':'status','status':503,'retry-after':'2s','times':3}");
    assertThat(posted.status()).as(posted.body()).isEqualTo(200);
    Answer failed = caller.ask(Simulated.FOUNDRY, "hi", false);
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.header("retry-after")).isEqualTo("2");
    assertThat(control("GET", "/sandbox/faults", "").json().at("/faults/0/times").asInt())
        .isEqualTo(2);
    control("DELETE", "/sandbox/faults", "");
    assertThat(caller.ask(Simulated.FOUNDRY, "hi", false).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "unknown provider \\\"acme\\\"; known are anthropic | {'provider':'acme','fault':'reset'}",
        "unknown fault \\\"explode\\\"; known are status | {'provider':'openai','fault':'explode'}",
        "knows no \\\"evnts\\\"; known are events |"
            + " {'provider':'openai','fault':'cut-after','evnts':3}",
        "\\\"events\\\" must be a whole number | {'provider':'openai','fault':'cut-after'}",
        "not a duration | {'provider':'openai','fault':'rate-limited','retry-after':'soon'}",
        "at least once | {'provider':'openai','fault':'reset','times':0}",
        "status must be 400..599 | {'provider':'openai','fault':'status','status':200}",
        "the body is not JSON | {",
      })
  void badFault_isA400ThatNamesWhatIsKnown(String says, String body) {
    Answer answer = control("POST", "/sandbox/faults", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(says);
    assertThat(sandbox.faults().pending()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "{'fault':'quota-exhausted'} | 429",
        "{'fault':'context-too-long'} | 400",
        "{'fault':'content-filter'} | 400",
        "{'fault':'content-filter','in':'answer'} | 200",
        "{'fault':'without-terminal'} | 200",
        "{'fault':'malformed-after','events':1} | 200",
        "{'fault':'error-event-after','events':0} | 200",
        "{'fault':'stall-after','events':1,'pause':'5ms'} | 200",
        "{'fault':'slow-first-token','wait':'5ms'} | 200",
        "{'fault':'reply','status':222,'headers':{'x-a':'b'},'body':{'c':1}} | 222",
        "{'fault':'rate-limited','retry-after':'250ms','retry-after-form':'milliseconds'} | 429",
      })
  void eachFaultHasItsNotation(String fault, int status) {
    Answer posted =
        control(
            "POST",
            "/sandbox/faults",
            "[" + fault.replaceFirst("\\{", "{'provider':'openai','times':1,") + "]");
    assertThat(posted.status()).as(posted.body()).isEqualTo(200);
    assertThat(caller.ask(Simulated.OPENAI, "hi there", true).status()).isEqualTo(status);
    assertThat(sandbox.faults().pending()).isZero();
  }

  @Test
  void providersGoDownAndUp() {
    assertThat(control("POST", "/sandbox/providers/gemini/down", "").json().path("up").asBoolean())
        .isFalse();
    assertThat(sandbox.isUp(Simulated.GEMINI)).isFalse();
    assertThat(control("GET", "/sandbox", "").json().at("/providers/gemini/up").asBoolean())
        .isFalse();
    assertThat(control("POST", "/sandbox/providers/gemini/up", "").status()).isEqualTo(200);
    assertThat(caller.ask(Simulated.GEMINI, "hi", false).status()).isEqualTo(200);
    assertThat(control("POST", "/sandbox/providers/acme/up", "").body()).contains("known are");
  }

  @Test
  void callsAndTotals_areTold() {
    caller.ask(Simulated.OPENAI, "first prompt", false);
    caller.ask(Simulated.AZURE, "second prompt", false);
    Answer calls = control("GET", "/sandbox/calls?last=1", "");
    assertThat(calls.json().path("calls").size()).isEqualTo(1);
    assertThat(calls.json().at("/calls/0/provider").asString()).isEqualTo("azure");
    assertThat(calls.body()).contains("second prompt").doesNotContain(sandbox.key(Simulated.AZURE));
    assertThat(
            control("GET", "/sandbox/totals", "")
                .json()
                .at("/models/gpt-4o-2024-08-06/calls")
                .asInt())
        .isEqualTo(2);
    assertThat(control("GET", "/sandbox/calls?last=x", "").status()).isEqualTo(400);
    assertThat(control("GET", "/nowhere", "").status()).isEqualTo(404);
  }

  @Test
  void scriptFile_isReadAtTheStart(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("script.yaml");
    Files.writeString(
        script,
        """
        seed: 7
        time-scale: 0
        faults:
          - {provider: openai, fault: status, status: 503, times: 1}
        down: [gemini]
        """);
    try (Sandbox scripted = Sandbox.start(SandboxSettings.forTests().withScript(script))) {
      assertThat(scripted.settings().seed()).isEqualTo(7);
      assertThat(scripted.isUp(Simulated.GEMINI)).isFalse();
      assertThat(new Caller(scripted).ask(Simulated.OPENAI, "hi", false).status()).isEqualTo(503);
    }
    Files.writeString(script, "sede: 7\n");
    assertThatThrownBy(() -> Sandbox.start(SandboxSettings.forTests().withScript(script)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown key \"sede\"; known are down, faults, seed, time-scale");
  }
}
