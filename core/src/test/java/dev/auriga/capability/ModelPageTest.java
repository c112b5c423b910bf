// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Modality;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPageTest {
  private static ModelPage read(Api api, String json) {
    return ModelPage.read(api, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void openAi_tellsNames_vllmTheContext() {
    ModelPage page =
        read(
            Api.OPENAI_COMPATIBLE,
            """
            {"object": "list", "data": [{"id": "gpt-4o", "object": "model"},
            {"id": "qwen", "object": "model", "max_model_len": 32768}]}
            """);

    assertThat(page.models())
        .isEqualTo(Map.of("gpt-4o", Facts.NONE, "qwen", Facts.NONE.with(Fact.CONTEXT, 32_768)));
    assertThat(page.next()).isNull();
  }

  @Test
  void openRouter_tellsLimitsModalitiesAndParameters() {
    ModelPage page =
        read(
            Api.OPENAI_COMPATIBLE,
            """
            {"data": [{"id": "a/b", "context_length": 65536, "top_provider": {"max_completion_tokens": 8000},
            "architecture": {"input_modalities": ["text", "image", "file"]},
            "supported_parameters": ["tools", "temperature", "response_format"]}]}
            """);

    assertThat(page.models().get("a/b"))
        .isEqualTo(
            Facts.NONE
                .with(Fact.CONTEXT, 65_536)
                .with(Fact.OUTPUT, 8000)
                .with(Fact.MODALITIES, Set.of(Modality.IMAGE, Modality.DOCUMENT))
                .with(Fact.TOOLS, true)
                .with(Fact.SCHEMAS, false)
                .with(Fact.JSON_OBJECTS, true));
  }

  @Test
  void anthropic_tellsCapabilities_pageByPage() {
    ModelPage page =
        read(
            Api.ANTHROPIC,
            """
            {"data": [{"id": "claude-new", "max_input_tokens": 1000000, "max_tokens": 128000,
            "capabilities": {
            "image_input": {"supported": true}, "pdf_input": {"supported": false},
            "structured_outputs": {"supported": true},
            "effort": {"supported": true, "low": {"supported": true}, "max": {"supported": true}},
            "thinking": {"supported": true, "types": {"adaptive": {"supported": true}}}}}],
            "has_more": true, "last_id": "claude-new"}
            """);

    assertThat(page.models().get("claude-new"))
        .isEqualTo(
            Facts.NONE
                .with(Fact.CONTEXT, 1_000_000)
                .with(Fact.OUTPUT, 128_000)
                .with(Fact.MODALITIES, Set.of(Modality.IMAGE))
                .with(Fact.EFFORTS, List.of("low", "max"))
                .with(Fact.THINKING, Capabilities.Mode.ADAPTIVE)
                .with(Fact.SCHEMAS, true)
                .with(Fact.STRICT_TOOLS, true));
    assertThat(page.next()).isEqualTo("claude-new");
  }

  @Test
  void gemini_tellsLimits_ofModelsThatGenerate() {
    ModelPage page =
        read(
            Api.GEMINI,
            """
            {"models": [{"name": "models/gemini-9", "inputTokenLimit": 5, "outputTokenLimit": 6,
            "supportedGenerationMethods": ["generateContent"]},
            {"name": "models/embed", "supportedGenerationMethods": ["embedContent"]}], "nextPageToken": "t"}
            """);

    assertThat(page.models())
        .isEqualTo(Map.of("gemini-9", Facts.NONE.with(Fact.CONTEXT, 5).with(Fact.OUTPUT, 6)));
    assertThat(page.next()).isEqualTo("t");
  }

  @Test
  void limitsThatMakeNoSense_areNotTaken() {
    String list = "{\"data\": [{\"id\": \"m\", \"context_length\": -1, \"max_model_len\": \"many\"}]}";

    assertThat(read(Api.OPENAI, list).models()).isEqualTo(Map.of("m", Facts.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"data\": 1}", "<html>"})
  void anythingElseIsRefused(String body) {
    for (Api api : Api.values()) {
      assertThatThrownBy(() -> read(api, body))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a list of models");
    }
  }
}
