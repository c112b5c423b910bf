// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The forms of the Gemini API as far as they are known without a published document of theirs: which
/// fields there are, what types they have, which of them exclude each other.
///
/// Source: Gemini API reference, `GenerateContentRequest`, `GenerateContentResponse`, `Content`, `Part`.
final class GeminiForm {
  private static final Set<String> REQUEST =
      Set.of(
          "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings",
          "cachedContent", "labels", "store", "serviceTier");
  private static final Set<String> CONFIG =
      Set.of(
          "temperature", "topP", "topK", "candidateCount", "maxOutputTokens", "stopSequences", "seed",
          "presencePenalty", "frequencyPenalty", "responseMimeType", "responseSchema", "responseJsonSchema",
          "thinkingConfig", "responseModalities", "responseLogprobs", "logprobs", "mediaResolution",
          "speechConfig", "audioTimestamp", "imageConfig", "enableEnhancedCivicAnswers");
  private static final Set<String> DATA =
      Set.of(
          "text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode",
          "codeExecutionResult", "toolCall", "toolResponse");
  private static final Set<String> BESIDE_DATA =
      Set.of("thought", "thoughtSignature", "videoMetadata", "mediaResolution", "partMetadata");
  private static final Set<String> FINISH_REASONS =
      Set.of(
          "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "LANGUAGE", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT",
          "SPII", "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS");

  private GeminiForm() {}

  static void request(JsonNode request) {
    onlyIn(request, REQUEST);
    assertThat(request.path("contents").isEmpty()).as("contents of %s", request).isFalse();
    request.path("contents").forEach(GeminiForm::content);
    if (request.has("systemInstruction")) {
      request.at("/systemInstruction/parts").forEach(GeminiForm::part);
    }
    onlyIn(request.path("generationConfig"), CONFIG);
    for (JsonNode tool : request.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        assertThat(function.path("name").asString("")).matches("[A-Za-z_][A-Za-z0-9_.:-]{0,127}");
        assertThat(function.has("parameters") && function.has("parametersJsonSchema")).isFalse();
      }
    }
  }

  private static void content(JsonNode content) {
    assertThat(content.path("role").asString("")).isIn("user", "model");
    assertThat(content.path("parts").isEmpty()).as("parts of %s", content).isFalse();
    content.path("parts").forEach(GeminiForm::part);
  }

  private static void part(JsonNode part) {
    long data = part.propertyNames().stream().filter(DATA::contains).count();
    assertThat(data).as("one kind of data in %s", part).isEqualTo(1);
    part.propertyNames().forEach(name -> assertThat(DATA.contains(name) || BESIDE_DATA.contains(name)).as(name).isTrue());
    if (part.has("functionCall")) {
      assertThat(part.at("/functionCall/name").isString()).isTrue();
      assertThat(part.at("/functionCall/args").isObject()).isTrue();
    }
    if (part.has("functionResponse")) {
      assertThat(part.at("/functionResponse/name").isString()).isTrue();
      assertThat(part.at("/functionResponse/response").isObject()).isTrue();
    }
  }

  static void response(JsonNode response) {
    onlyIn(
        response,
        Set.of("candidates", "promptFeedback", "usageMetadata", "modelVersion", "responseId", "createTime"));
    for (JsonNode candidate : response.path("candidates")) {
      candidate.at("/content/parts").forEach(GeminiForm::part);
      if (candidate.has("finishReason")) {
        assertThat(candidate.path("finishReason").stringValue()).isIn(FINISH_REASONS);
      }
    }
    for (var count : response.path("usageMetadata").properties()) {
      assertThat(count.getValue().isIntegralNumber()).as(count.getKey()).isTrue();
    }
  }

  static void error(JsonNode error) {
    assertThat(error.at("/error/code").isInt()).isTrue();
    assertThat(error.at("/error/message").isString()).isTrue();
    assertThat(error.at("/error/status").stringValue()).matches("[A-Z_]+");
  }

  private static void onlyIn(JsonNode object, Set<String> known) {
    assertThat(object.propertyNames()).as("fields of %s", object).isSubsetOf(known);
  }
}
