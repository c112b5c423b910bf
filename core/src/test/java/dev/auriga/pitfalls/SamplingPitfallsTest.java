// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pitfalls of sampling and limits.
class SamplingPitfallsTest {
  private static Sent chat(Map<String, String> fields, Tongue to, String model) {
    return Tongue.CHAT.send(Asking.with(Tongue.CHAT, fields), to, model);
  }

  @ParameterizedTest
  @CsvSource({
    "1.7, MESSAGES, claude-sonnet-4-5, /temperature, 1.0",
    "0.3, MESSAGES, claude-opus-4-8, /temperature, ",
    "0.3, RESPONSES, gpt-5, /temperature, ",
    "1.7, GEMINI, gemini-2.5-pro, /generationConfig/temperature, 1.7"
  })
  void pitfall49_temperatureIsClampedOrDroppedWithNotice(
      String said, Tongue to, String model, String pointer, Double sent) {
    Sent written = chat(Map.of("temperature", said), to, model);

    if (sent == null) {
      assertThat(written.has(pointer)).isFalse();
    } else {
      assertThat(written.at(pointer).asDouble()).isEqualTo(sent);
    }
    boolean changed = sent == null || !said.equals(Double.toString(sent));
    assertThat(written.losses()).hasSize(changed ? 1 : 0);
    if (changed) {
      written.reports("temperature");
    }
  }

  @Test
  void pitfall50_ofTemperatureAndTopPNoneGoesInSilence() {
    Map<String, String> both = Map.of("temperature", "0.5", "top_p", "0.8");

    Sent one = chat(both, Tongue.MESSAGES, "claude-sonnet-4-5");
    assertThat(one.has("/temperature")).isTrue();
    assertThat(one.has("/top_p")).isFalse();
    one.reports("top_p");
    Sent two = chat(both, Tongue.GEMINI, "gemini-2.5-pro");
    assertThat(two.at("/generationConfig/topP").asDouble()).isEqualTo(0.8);
    assertThat(two.losses()).isEmpty();
  }

  @Test
  void pitfall51_stopSequencesAreMappedAndReportedWhereTooManyOrRefused() {
    for (String stop : new String[] {"'END'", "['END']"}) {
      assertThat(chat(Map.of("stop", stop), Tongue.MESSAGES, "claude-sonnet-4-5").text("/stop_sequences/0"))
          .isEqualTo("END");
      assertThat(chat(Map.of("stop", stop), Tongue.GEMINI, "gemini-2.5-pro").text("/generationConfig/stopSequences/0"))
          .isEqualTo("END");
    }
    String six = "['a','b','c','d','e','f']";
    Sent gemini = chat(Map.of("stop", six), Tongue.GEMINI, "gemini-2.5-pro");
    assertThat(gemini.at("/generationConfig/stopSequences")).hasSize(5);
    gemini.reports("stop");
    Sent openAi =
        Tongue.MESSAGES.send(
            Asking.with(Tongue.MESSAGES, Map.of("stop_sequences", six)), Tongue.CHAT, "gpt-4o");
    assertThat(openAi.at("/stop")).hasSize(4);
    openAi.reports("stop");
    Sent thinker =
        Tongue.MESSAGES.send(
            Asking.with(Tongue.MESSAGES, Map.of("stop_sequences", "['a']")), Tongue.CHAT, "o3");
    assertThat(thinker.has("/stop")).isFalse();
    thinker.reports("stop");
    chat(Map.of("stop", "'END'"), Tongue.RESPONSES, "gpt-4o").reports("stop");
  }

  @ParameterizedTest
  @CsvSource({"MESSAGES, claude-sonnet-4-5", "GEMINI, gemini-2.5-pro"})
  void pitfall52_aPromiseIsRefusedAndATuningDroppedWithNotice(Tongue to, String model) {
    assertThatThrownBy(() -> chat(Map.of("logit_bias", "{'50256':-100}"), to, model))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("logit_bias");
    Map<String, String> logprobs = Map.of("logprobs", "true", "top_logprobs", "3");
    if (to == Tongue.GEMINI) {
      Sent mapped = chat(logprobs, to, model);
      mapped.losesNothing();
      assertThat(mapped.at("/generationConfig/responseLogprobs").asBoolean(false)).isTrue();
      assertThat(mapped.at("/generationConfig/logprobs").asInt(0)).isEqualTo(3);
    } else {
      assertThatThrownBy(() -> chat(logprobs, to, model))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("logprobs");
    }
    chat(Map.of("logprobs", "false", "logit_bias", "{}"), to, model).losesNothing();
    Sent tuned =
        chat(
            Map.of("seed", "7", "frequency_penalty", "0.5", "presence_penalty", "0.5"),
            Tongue.MESSAGES,
            "claude-sonnet-4-5");
    tuned.reports("seed", "frequency_penalty", "presence_penalty");
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, auto, MESSAGES, /service_tier, auto",
    "CHAT, default, MESSAGES, /service_tier, standard_only",
    "MESSAGES, auto, CHAT, /service_tier, auto",
    "MESSAGES, standard_only, CHAT, /service_tier, default",
    "CHAT, flex, RESPONSES, /service_tier, flex",
    "CHAT, priority, RESPONSES, /service_tier, priority"
  })
  void serviceTiersAreMapped(
      Tongue from, String said, Tongue to, String pointer, String sent) {
    Map<String, String> tier = Map.of("service_tier", "'" + said + "'");

    assertThat(from.send(Asking.with(from, tier), to).losesNothing().text(pointer)).isEqualTo(sent);
    from.send(Asking.with(from, tier), Tongue.GEMINI).losesNothing();
  }

  @Test
  void pitfall54_theHintForThePromptCacheReachesWhoTakesIt() {
    Map<String, String> hint = Map.of("prompt_cache_key", "'team-7'");

    assertThat(chat(hint, Tongue.RESPONSES, "gpt-5").losesNothing().text("/prompt_cache_key")).isEqualTo("team-7");
    assertThat(
            Tongue.RESPONSES
                .send(Asking.with(Tongue.RESPONSES, hint), Tongue.CHAT, "gpt-4o")
                .losesNothing()
                .text("/prompt_cache_key"))
        .isEqualTo("team-7");
    for (Tongue other : List.of(Tongue.MESSAGES, Tongue.GEMINI)) {
      Sent sent = chat(hint, other, other.model());
      assertThat(sent.losses()).containsExactly("foreign-field:prompt_cache_key");
      assertThat(sent.body().toString()).doesNotContain("team-7");
    }
    // In its own dialect the client's bytes go through, the hint among them.
    String body = Asking.with(Tongue.CHAT, hint);
    assertThat(Tongue.CHAT.passed(body, "gpt-4o"))
        .isEqualTo(Tongue.json(body).replace("\"auto\"", "\"gpt-4o\""));
  }
}
