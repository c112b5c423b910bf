// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Written;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What each dialect makes of a request of each other one.
///
/// The input may have a field `golden` beside what a client sends: `models` names the model asked in
/// a dialect where it is not the usual one, `streamed` asks Gemini for a stream.
class GoldenRequestsTest {
  static final String ASIDE = "golden";

  static List<Golden.Pair> pairs() {
    return Golden.pairs(Golden.Kind.REQUESTS);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void request_isSaidAsReviewed(Golden.Pair pair) {
    ObjectNode input = (ObjectNode) Json.read(pair.input());
    JsonNode aside = input.has(ASIDE) ? input.remove(ASIDE) : Json.object();
    String model =
        aside.path("models").path(pair.to().dialectName()).asString(pair.to().usualModel());
    boolean streamed = aside.path("streamed").asBoolean(false);
    ObjectNode said = Json.object().put("model", model);
    try {
      Written written =
          pair.to()
              .dialect()
              .writeRequest(
                  pair.from().dialect().readRequest(pair.from().request(Json.write(input), streamed)),
                  pair.to().target(model));
      losses(said, written.losses());
      said.set("body", Json.read(written.body()));
    } catch (Refusal refusal) {
      said.putObject("refused").put("field", refusal.field()).put("reason", refusal.reason());
    }
    pair.check(said);
  }

  static void losses(ObjectNode said, List<Loss> losses) {
    ArrayNode written = said.putArray("losses");
    losses.forEach(loss -> written.add(loss.toString()));
  }
}
