// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.responses.SpecJudge;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every request and reply the golden files expect fits the vendor's published schema; of Google's
/// there is none, and where the documents are not at hand the tests are skipped with a notice.
/// OpenAI's document has no `input_audio` in a message of the Responses API, so those are not judged.
class GoldenSpecsTest {
  private static SpecJudge openAi;
  private static SpecJudge anthropic;

  @BeforeAll
  static void read() {
    openAi = SpecJudge.of("openai.json");
    anthropic = SpecJudge.of("anthropic.json");
  }

  static List<Golden.Pair> requests() {
    return judged(Golden.Kind.REQUESTS);
  }

  static List<Golden.Pair> replies() {
    return judged(Golden.Kind.REPLIES);
  }

  private static List<Golden.Pair> judged(Golden.Kind kind) {
    return Golden.pairs(kind).stream()
        .filter(pair -> pair.to() != Words.GEMINI && pair.expectation().has("body"))
        .filter(pair -> !(pair.to() == Words.RESPONSES && pair.name().startsWith("audio")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request_fitsTheSpecification(Golden.Pair pair) {
    JsonNode body = pair.expectation().path("body");
    assertThat(
            switch (pair.to()) {
              case CHAT -> openAi.faults(body, "CreateChatCompletionRequest");
              case RESPONSES -> openAi.faults(body, "CreateResponse");
              case ANTHROPIC -> anthropic.faults(body, "CreateMessageParams");
              case GEMINI -> throw new IllegalStateException("there is no specification");
            })
        .as(pair.toString())
        .isEmpty();
  }

  /// A stop reason nobody knows is passed on as it is and fits no closed list.
  @ParameterizedTest
  @MethodSource("replies")
  void reply_fitsTheSpecification(Golden.Pair pair) {
    JsonNode body = pair.expectation().path("body");
    List<String> faults =
        switch (pair.to()) {
          case CHAT -> openAi.faults(body, "CreateChatCompletionResponse");
          case RESPONSES -> openAi.faults(body, "Response");
          case ANTHROPIC -> anthropic.faults(body, "Message");
          case GEMINI -> throw new IllegalStateException("there is no specification");
        };
    assertThat(faults)
        .as(pair.toString())
        .filteredOn(fault -> !(pair.name().equals("unknown-stop") && fault.contains("is none of")))
        .isEmpty();
  }
}
