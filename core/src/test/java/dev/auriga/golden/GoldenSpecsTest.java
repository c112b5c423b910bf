// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.responses.SpecJudge;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every request, reply and event the golden files expect fits the vendor's published schema; of Google's
/// there is none, and where the documents are not at hand the tests are skipped with a notice.
/// OpenAI's document has no `input_audio` in a message of the Responses API, so those are not judged.
class GoldenSpecsTest {
  private static final Set<String> CLIENT_CODES = Set.of("context_length_exceeded", "insufficient_quota");

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

  static List<Golden.Pair> streams() {
    return Golden.pairs(Golden.Kind.STREAMS).stream()
        .filter(pair -> pair.to() != Words.GEMINI && !pair.expectation().path("events").isEmpty())
        .toList();
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

  /// An error of Chat Completions stands in an event of no kind, Anthropic's in one of its own. The
  /// usage of a response in progress is null in the recorded streams of the service, and two codes of
  /// errors are those that OpenAI's own command line client acts on.
  @ParameterizedTest
  @MethodSource("streams")
  void events_fitTheSpecification(Golden.Pair pair) {
    for (JsonNode event : pair.expectation().path("events")) {
      JsonNode data = event.path("data");
      if (!data.isObject() || event.path("event").asString("").equals("ping")) {
        continue;
      }
      assertThat(faults(pair.to(), data)).as("%s: %s", pair, data).isEmpty();
    }
  }

  private static List<String> faults(Words to, JsonNode data) {
    return switch (to) {
      case CHAT ->
          data.has("error")
              ? openAi.faults(data, "ErrorResponse")
              : openAi.faults(data, "CreateChatCompletionStreamResponse");
      case RESPONSES -> openAi.faults(asDocumented(data), "ResponseStreamEvent");
      case ANTHROPIC ->
          data.path("type").asString("").equals("error")
              ? anthropic.faults(data, "ErrorResponse")
              : anthropic.faults(data, "MessageStreamEvent");
      case GEMINI -> throw new IllegalStateException("there is no specification");
    };
  }

  private static JsonNode asDocumented(JsonNode event) {
    JsonNode copy = event.deepCopy();
    if (copy.path("response") instanceof ObjectNode response && response.path("usage").isNull()) {
      response.remove("usage");
    }
    if (copy.at("/response/error") instanceof ObjectNode error
        && CLIENT_CODES.contains(error.path("code").asString(""))) {
      error.put("code", "server_error");
    }
    return copy;
  }
}
