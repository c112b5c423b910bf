// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import dev.auriga.dialect.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `docs/fidelity.md`: what becomes of each golden case on its way from each dialect to each other.
final class FidelityTable {
  private static final String HEAD =
      """
      # Fidelity

      What becomes of a request, a whole answer and a stream on the way from one dialect to another. Between
      two sides of the same dialect the bytes go through. Generated from the golden files under
      `core/src/test/resources/golden` (see CONTRIBUTING.md); a test fails when it is stale.

      | fate | means |
      |---|---|
      | same | every field the case is about has the same name and value there |
      | mapped | said in the other dialect's words; nothing is lost |
      | reported | sent, and each loss is named by its reason in `x-auriga-loss` (streams: in the record) |
      | refused | not sent: the client is told what is wrong |
      | failure | told to the client as a failed request, or as a stream that broke off |

      With `fidelity: strict` everything that is reported here is refused where no other deployment of the
      route loses nothing. The reasons are those of `Loss.Reason`. The models asked are `gpt-4o`,
      `claude-sonnet-4-5` and `gemini-2.5-pro`, others where a case says so.
      """;

  private FidelityTable() {}

  static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    for (Golden.Kind kind : Golden.Kind.values()) {
      text.append("\n## ").append(title(kind)).append('\n');
      for (Words from : Words.values()) {
        table(kind, from, text);
      }
    }
    return text.toString();
  }

  private static String title(Golden.Kind kind) {
    return switch (kind) {
      case REQUESTS -> "Requests: from the client's dialect to the provider's";
      case REPLIES -> "Whole answers: from the provider's dialect to the client's";
      case STREAMS -> "Streams: from the provider's dialect to the client's";
    };
  }

  private static void table(Golden.Kind kind, Words from, StringBuilder text) {
    List<Words> others = Arrays.stream(Words.values()).filter(to -> to != from).toList();
    text.append("\n| from `").append(from.dialectName()).append("` |");
    others.forEach(to -> text.append(" to `").append(to.dialectName()).append("` |"));
    text.append("\n|---|---|---|---|\n");
    for (String name : Golden.names(kind, from)) {
      text.append("| ").append(name.replace('-', ' ')).append(" |");
      others.forEach(to -> text.append(' ').append(fate(new Golden.Pair(kind, from, name, to))).append(" |"));
      text.append('\n');
    }
  }

  private static String fate(Golden.Pair pair) {
    JsonNode said = pair.expectation();
    if (said.has("refused")) {
      return "refused";
    }
    if (said.has("failed") || isBroken(said)) {
      return "failure";
    }
    if (!said.path("losses").isEmpty()) {
      return "reported: "
          + said.path("losses").valueStream()
              .map(loss -> "`" + loss.stringValue().split(":", 2)[0] + "`")
              .distinct()
              .collect(Collectors.joining(", "));
    }
    return pair.kind() == Golden.Kind.REQUESTS && isSame(pair, said.path("body")) ? "same" : "mapped";
  }

  /// A stream whose last event is an error.
  private static boolean isBroken(JsonNode said) {
    JsonNode events = said.path("events");
    JsonNode last = events.path(events.size() - 1);
    return last.path("data").has("error")
        || last.path("event").asString("").equals("error")
        || last.path("event").asString("").equals("response.failed");
  }

  /// Whether every field in which the input differs from the plainest one is there as it is.
  private static boolean isSame(Golden.Pair pair, JsonNode body) {
    ObjectNode input = (ObjectNode) Json.read(pair.input());
    input.remove(GoldenRequestsTest.ASIDE);
    JsonNode plain = Json.read(Golden.read(Golden.input(pair.kind(), pair.from(), "plain")));
    long differing =
        input.properties().stream().filter(field -> !field.getValue().equals(plain.get(field.getKey()))).count();
    return differing > 0
        && input.properties().stream()
            .filter(field -> !field.getValue().equals(plain.get(field.getKey())))
            .allMatch(field -> field.getValue().equals(body.get(field.getKey())));
  }
}
