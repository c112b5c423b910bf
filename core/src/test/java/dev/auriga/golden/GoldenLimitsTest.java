// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The limits on output in the golden requests follow from one rule: the client's own, where it set
/// one; else 4,000 tokens for the answer and on top of them what thinking may take: its budget where
/// one is said, 10,000 where the model thinks without one, nothing where it does not.
class GoldenLimitsTest {
  private static final int ANSWER = 4_000;
  private static final int THINKING = 10_000;

  /// Models that think where nothing is said of it.
  private static final Pattern THINK_UNASKED =
      Pattern.compile("gpt-5(?!\\.[12]).*|o3.*|gemini-(2\\.5|3).*|claude-(opus|sonnet)-5.*");

  static List<Golden.Pair> requests() {
    return Golden.pairs(Golden.Kind.REQUESTS).stream()
        .filter(pair -> pair.expectation().has("body"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void limit_isTheClientsOrTheSum(Golden.Pair pair) {
    JsonNode body = pair.expectation().path("body");
    ObjectNode input = (ObjectNode) Json.read(pair.input());
    input.remove(GoldenRequestsTest.ASIDE);
    CompletionRequest asked =
        pair.from().dialect().readRequest(pair.from().request(Json.write(input), false));
    Integer said = asked.maxTokens();
    if (said == null) {
      assertThat(limit(body))
          .as(pair.toString())
          .isEqualTo(ANSWER + room(asked.thinking(), pair.expectation()));
    } else if (!pair.expectation().path("losses").toString().contains("clamped:maxTokens")) {
      assertThat(limit(body)).as(pair.toString()).isEqualTo(said);
    }
  }

  private static int limit(JsonNode body) {
    return Stream.of("/max_tokens", "/max_completion_tokens", "/max_output_tokens", "/generationConfig/maxOutputTokens")
        .map(body::at)
        .filter(JsonNode::isNumber)
        .findFirst()
        .orElseThrow()
        .intValue();
  }

  private static int room(Thinking wish, JsonNode expectation) {
    JsonNode body = expectation.path("body");
    for (String place : List.of("/thinking/budget_tokens", "/generationConfig/thinkingConfig/thinkingBudget")) {
      if (body.at(place).asInt(-1) >= 0) {
        return body.at(place).intValue();
      }
    }
    String effort = body.path("reasoning_effort").asString(body.at("/reasoning/effort").asString(""));
    boolean said =
        !effort.isEmpty() || body.has("thinking") || body.at("/generationConfig/thinkingConfig").isObject();
    boolean thinks =
        !effort.equals("none")
            && (said || THINK_UNASKED.matcher(expectation.path("model").asString("")).matches());
    return switch (wish) {
      case Thinking.Off _ -> 0;
      case Thinking.Budget(int tokens) when thinks -> tokens;
      case Thinking.Budget _, Thinking.On _, Thinking.Effort _, Thinking.Unsaid _ -> thinks ? THINKING : 0;
    };
  }
}
