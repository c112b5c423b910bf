// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Lineage;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What each dialect tells of the conversation a request belongs to: the same through all its turns,
/// another for another beginning.
class LineageTest {
  /// Bodies from a system, a tool's name, and what user and model say by turns.
  private enum Wire {
    CHAT(OpenAiChat.strict()) {
      @Override
      String body(String system, String tool, String... said) {
        return "{\"messages\":[" + "{\"role\":\"system\",\"content\":\"" + system + "\"},"
            + turns("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}",
                "{\"content\":\"%s\",\"role\":\"assistant\"}", said)
            + "],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"" + tool + "\"}}],\"model\":\"m\"}";
      }
    },
    RESPONSES(new OpenAiResponses()) {
      @Override
      String body(String system, String tool, String... said) {
        return "{\"model\":\"m\",\"instructions\":\"" + system + "\",\"input\":["
            + turns("{\"role\":\"user\",\"content\":\"%s\"}",
                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"%s\"}]}", said)
            + "],\"tools\":[{\"type\":\"function\",\"name\":\"" + tool + "\"}]}";
      }
    },
    ANTHROPIC(new AnthropicMessages()) {
      @Override
      String body(String system, String tool, String... said) {
        return "{\"model\":\"m\",\"max_tokens\":9,\"system\":[{\"type\":\"text\",\"text\":\"" + system + "\"}],\"messages\":["
            + turns("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", said)
            + "],\"tools\":[{\"name\":\"" + tool + "\",\"input_schema\":{\"type\":\"object\"}}]}";
      }
    },
    GEMINI(new Gemini()) {
      @Override
      String body(String system, String tool, String... said) {
        return "{\"contents\":["
            + turns("{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}", "{\"role\":\"model\",\"parts\":[{\"text\":\"%s\"}]}", said)
            + "],\"systemInstruction\":{\"parts\":[{\"text\":\"" + system + "\"}]},\"tools\":[{\"functionDeclarations\":[{\"name\":\""
            + tool + "\"}]}]}";
      }
    };

    final Dialect dialect;

    Wire(Dialect dialect) {
      this.dialect = dialect;
    }

    abstract String body(String system, String tool, String... said);

    private static String turns(String user, String model, String... said) {
      StringBuilder turns = new StringBuilder();
      for (int i = 0; i < said.length; i++) {
        turns.append(i == 0 ? "" : ",").append((i % 2 == 0 ? user : model).formatted(said[i]));
      }
      return turns.toString();
    }

    Lineage of(String system, String tool, String... said) {
      return lineage(dialect, body(system, tool, said));
    }
  }

  private static Lineage lineage(Dialect dialect, String body) {
    return outline(dialect, body).lineage();
  }

  private static Outline outline(Dialect dialect, String body) {
    return dialect.scan(new ClientRequest(body.getBytes(UTF_8), "m", ClientRequest.Framing.WHOLE)).outline();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aConversation_isTheSameThroughItsTurns(Wire wire) {
    Lineage first = wire.of("be terse", "f", "question");
    Lineage second = wire.of("be terse", "f", "question", "answer", "and?");
    Lineage third = wire.of("be terse", "f", "question", "answer", "and?", "more", "so?");
    assertThat(first.goesOn()).isFalse();
    assertThat(second.goesOn()).isTrue();
    assertThat(second.opening()).isEqualTo(first.opening()).isEqualTo(third.opening());
    assertThat(second.answer()).isEqualTo(third.answer());
    assertThat(third.messages()).isEqualTo(second.messages() + 2);

    assertThat(wire.of("be wordy", "f", "question").opening()).isNotEqualTo(first.opening());
    assertThat(wire.of("be terse", "g", "question").opening()).isNotEqualTo(first.opening());
    assertThat(wire.of("be terse", "f", "another").opening()).isNotEqualTo(first.opening());
    assertThat(wire.of("be terse", "f", "question", "other", "and?").answer()).isNotEqualTo(second.answer());
  }

  /// Agents move their marks for the cache along from turn to turn.
  @Test
  void marksForTheCache_doNotCount() {
    String turn = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":%s}]}";
    Dialect dialect = new AnthropicMessages();
    assertThat(
            lineage(dialect, turn.formatted("[{\"type\":\"text\",\"text\":\"q\",\"cache_control\":{\"type\":\"ephemeral\"}}]")))
        .isEqualTo(lineage(dialect, turn.formatted("[{\"text\":\"q\",\"type\":\"text\"}]")))
        .isEqualTo(lineage(dialect, turn.formatted("\"q\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "user_5dd0_account_77_session_d2e7-0091 | d2e7-0091",
        "user_5dd0_account__session_d2e7 | d2e7",
        "{\\\"device_id\\\":\\\"a\\\",\\\"session_id\\\":\\\"d2e7\\\"} | d2e7",
        "{\\\"device_id\\\":\\\"a\\\"} | -",
        "{broken | -",
        "user-17 | -",
        "a_session_ | -",
      })
  void anAgentsSession_isFoundInItsUserId(String userId, String session) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":9,\"metadata\":{\"user_id\":\"%s\"},\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}"
            .formatted(userId);
    assertThat(lineage(new AnthropicMessages(), body).session()).isEqualTo(session);
  }

  @Test
  void openAisCacheKey_isFound_andNothingElseIsTakenForIt() {
    String chat = "{\"model\":\"m\",\"prompt_cache_key\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";
    String items = "{\"model\":\"m\",\"input\":\"q\",\"prompt_cache_key\":%s}";
    assertThat(lineage(OpenAiChat.strict(), chat.formatted("\"k\"")).cacheKey()).isEqualTo("k");
    assertThat(lineage(new OpenAiResponses(), items.formatted("\"k\"")).cacheKey()).isEqualTo("k");
    assertThat(lineage(OpenAiChat.strict(), chat.formatted("{\"a\":[1]}")).cacheKey()).isNull();
    assertThat(lineage(new OpenAiResponses(), items.formatted("null")).cacheKey()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHAT | \"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{}}} | SCHEMA",
        "CHAT | \"response_format\":{\"type\":\"json_object\"} | JSON_OBJECT",
        "CHAT | \"response_format\":{\"type\":\"text\"} | FREE",
        "RESPONSES | \"text\":{\"verbosity\":\"low\",\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{}}} | SCHEMA",
        "RESPONSES | \"text\":{\"format\":{\"type\":\"json_object\"}} | JSON_OBJECT",
        "RESPONSES | \"text\":{\"verbosity\":\"low\"} | FREE",
        "ANTHROPIC | \"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}},\"effort\":\"low\"} | SCHEMA",
        "ANTHROPIC | \"output_format\":{\"type\":\"json_schema\",\"schema\":{}} | SCHEMA",
        "ANTHROPIC | \"output_config\":{\"effort\":\"low\"} | FREE",
        "GEMINI | \"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"OBJECT\"}} | SCHEMA",
        "GEMINI | \"generationConfig\":{\"response_mime_type\":\"application/json\"} | JSON_OBJECT",
        "GEMINI | \"generationConfig\":{\"responseMimeType\":\"text/plain\"} | FREE",
      })
  void theFormOfTheAnswer_isSeen_asTheWholeReaderSeesIt(Wire wire, String field, Outline.Form form) {
    String body = "{" + field + "," + wire.body("s", "f", "q").substring(1);
    ClientRequest request = new ClientRequest(body.getBytes(UTF_8), "m", ClientRequest.Framing.WHOLE);
    assertThat(wire.dialect.scan(request).outline().form()).isEqualTo(form);
    assertThat(Outline.of(wire.dialect.readRequest(request)).form()).isEqualTo(form);
  }
}
