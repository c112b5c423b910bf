// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Written;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What a client of each dialect is told of a provider's whole reply in each other one.
class GoldenRepliesTest {
  static List<Golden.Pair> pairs() {
    return Golden.pairs(Golden.Kind.REPLIES);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reply_isToldAsReviewed(Golden.Pair pair) {
    ObjectNode told = Json.object();
    try {
      Written written =
          pair.to()
              .dialect()
              .writeReply(pair.from().dialect().readReply(pair.input()), pair.to().asked(false));
      GoldenRequestsTest.losses(told, written.losses());
      told.set("body", Json.read(written.body()));
    } catch (BadReply bad) {
      told.putObject("failed")
          .put("kind", bad.failure().kind().token())
          .put("detail", bad.failure().detail());
    }
    pair.check(told);
  }
}
