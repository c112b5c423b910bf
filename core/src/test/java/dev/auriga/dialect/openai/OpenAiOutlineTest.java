// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.ClientRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiOutlineTest {
  private final OpenAiChat dialect = OpenAiChat.strict();

  private Outline outline(String body) {
    return dialect.scan(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8))).outline();
  }

  @Test
  void plainQuestion() {
    Outline outline =
        outline(
            "{\"model\":\"auto\",\"messages\":["
                + "{\"role\":\"user\",\"content\":\"Grüße \\u00e9\\n2\"}]}");

    assertThat(outline.model()).isEqualTo("auto");
    assertThat(outline.lastUserText()).isEqualTo("Grüße é\n2");
    assertThat(outline.streamed()).isFalse();
    assertThat(outline.carriesTools()).isFalse();
    assertThat(outline.usageWanted()).isFalse();
    assertThat(outline.maxTokens()).isNull();
    assertThat(outline.thinking()).isEqualTo(new Thinking.Unsaid());
    assertThat(outline.modalities()).isEmpty();
  }

  @Test
  void everythingRoutingLooksAt() {
    Outline outline =
        outline(
            """
            {"stream": true, "stream_options": {"include_obfuscation": false, "include_usage": true},
             "max_tokens": 5, "max_completion_tokens": 77, "reasoning_effort": "high",
             "tools": [{"type": "function", "function": {"name": "f", "parameters": {"model": "no"}}}],
             "messages": [
               {"role": "system", "content": "Be short."},
               {"content": "first", "role": "user"},
               {"content": [{"text": "look", "type": "text"},
                            {"type": "image_url", "image_url": {"url": "https://x/y.png"}},
                            {"type": "input_audio", "input_audio": {"data": "AA==", "format": "wav"}},
                            {"type": "file", "file": {"file_id": "file-1", "type": "video_url"}},
                            {"type": "text", "text": "here"}], "role": "user"},
               {"role": "assistant", "content": null, "tool_calls": [
                 {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
               {"role": "tool", "tool_call_id": "c1", "content": "done"}],
             "model": "critical"}
            """);

    assertThat(outline.model()).isEqualTo("critical");
    assertThat(outline.streamed()).isTrue();
    assertThat(outline.usageWanted()).isTrue();
    assertThat(outline.maxTokens()).isEqualTo(77);
    assertThat(outline.carriesTools()).isTrue();
    assertThat(outline.thinking()).isEqualTo(new Thinking.Effort("high"));
    assertThat(outline.modalities())
        .containsExactlyInAnyOrder(Modality.IMAGE, Modality.AUDIO, Modality.DOCUMENT);
    assertThat(outline.lastUserText()).isEqualTo("look\nhere");
  }

  @Test
  void outlineAgreesWithTheRequestReadWhole() {
    String body =
        """
        {"model": "m", "max_tokens": 9, "thinking": {"type": "enabled", "budget_tokens": 2048},
         "functions": [{"name": "f"}],
         "messages": [{"role": "user", "content": [{"type": "text", "text": "a"},
           {"type": "video_url", "video_url": {"url": "https://x/v.mp4"}}, {"type": "text", "text": "b"}]},
           {"role": "assistant", "content": "ok"}]}
        """;
    Outline whole =
        Outline.of(dialect.readRequest(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8))));

    assertThat(outline(body))
        .usingRecursiveComparison()
        .usingOverriddenEquals()
        .ignoringFields("usageWanted", "cargo", "lineage")
        .isEqualTo(whole);
    assertThat(outline(body).modalities()).isEqualTo(whole.modalities());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"enabled\",\"budget_tokens\":4000} | Budget[tokens=4000]",
        "{\"type\":\"enabled\"} | On[]",
        "{\"type\":\"adaptive\",\"display\":{\"type\":1}} | On[]",
        "{\"type\":\"disabled\"} | Off[]",
        "null | Off[]",
      })
  void thinkingExtensionOutranksTheEffort(String extension, String expected) {
    Outline outline =
        outline(
            "{\"model\":\"m\",\"reasoning_effort\":\"none\",\"thinking\":" + extension
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}");

    assertThat(outline.thinking()).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | model",
        "{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | model",
        "{\"model\":7,\"messages\":[]} | model",
        "{\"model\":\"m\"} | messages",
        "{\"model\":\"m\",\"messages\":[]} | messages",
        "{\"model\":\"m\",\"messages\":{}} | messages",
        "{\"model\":\"m\",\"messages\":[3]} | messages[0]",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
            + "{\"content\":{}}]} | messages[1].content",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]} | messages[0].content",
        "{\"model\":\"m\",\"stream\":1} | stream",
        "{\"model\":\"m\",\"stream_options\":[]} | stream_options",
        "{\"model\":\"m\",\"max_tokens\":1.5} | max_tokens",
        "{\"model\":\"m\",\"max_tokens\":-1} | max_tokens",
        "{\"model\":\"m\",\"max_completion_tokens\":99999999999} | max_completion_tokens",
        "{\"model\":\"m\",\"tools\":\"x\"} | tools",
        "{\"model\":\"m\",\"thinking\":{\"type\":\"maybe\"}} | thinking.type",
        "{\"model\":\"m\",\"mod\\u0065l\":\"n\"} | model",
        "{\"model\":\"m\",\"messages\":[{\"content\":\"a\",\"content\":\"b\"}]} | messages[0].content",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"role\":\"tool\"}]} | messages[0].role",
      })
  void wrongFieldIsRefusedByItsPath(String body, String field) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> outline(body))
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field))
        .withMessageStartingWith(field + ": ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "[]", "\"x\"", "{\"model\":\"m\"", "{\"model\":\"m\",}", "{'model':1}", "nonsense",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} {}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]",
      })
  void whatIsNotOneJsonObjectIsRefused(String body) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> outline(body))
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> dialect.readRequest(ClientRequest.of(body.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void malformedJsonNamesLineAndColumn() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> outline("{\"model\": \"m\",\n \"messages\": [}"))
        .withMessageContaining("line 2, column 15");
  }

  @Test
  void bodyInUtf16IsRefused() {
    byte[] body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            .getBytes(StandardCharsets.UTF_16);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> dialect.scan(ClientRequest.of(body)).outline())
        .withMessageContaining("UTF-8");
  }

  @Test
  void byteOrderMarkDoesNotShiftTheLastUserText() {
    assertThat(outline("\uFEFF{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
            .lastUserText())
        .isEqualTo("x");
  }

  @Test
  void deepNestingIsRefusedNotOverflown() {
    String deep = "[".repeat(100_000);

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> outline("{\"model\":\"m\",\"x\":" + deep));
  }
}
