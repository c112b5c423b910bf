// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LossTest {

  /// Clients match these words: one may be added, none may change or go.
  @Test
  void tokensAreStable() {
    assertThat(Arrays.stream(Loss.Reason.values()).map(Loss.Reason::token))
        .containsExactly(
            "unsupported-field", "unsupported-value", "unsupported-by-model", "unsupported-combination",
            "unsupported-part", "foreign-field", "foreign-part", "foreign-tool", "foreign-signature",
            "refused-signature", "refused-control", "unsigned-thinking", "orphan-thinking", "substituted-signature",
            "thinking-off", "clamped",
            "approximated", "changed-role", "empty-content", "unsupported-prefill", "trimmed",
            "synthesised-turn", "orphan-call", "orphan-result", "wrapped-arguments", "renamed-key",
            "schema-keyword");
  }

  @Test
  void isTold_asReasonAndField() {
    assertThat(new Loss(Loss.Reason.CHANGED_ROLE, "messages[2]")).hasToString("changed-role:messages[2]");
  }
}
