// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Lineage;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Thinking;
import dev.auriga.route.Conversation.Bond;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Lineage FIRST = new Lineage(null, null, 1, 11, 0);
  private static final Lineage SECOND = new Lineage(null, null, 3, 11, 22);

  private static @Nullable Conversation of(String caller, @Nullable String session, String model, Lineage lineage, boolean tools) {
    return Conversation.of(
        caller, session,
        new Outline(
            model, false, new LazyText(() -> ""), Cargo.NONE, tools, Outline.Form.FREE, null, new Thinking.Unsaid(), true,
            Surcharge.NONE, lineage));
  }

  private static Conversation of(@Nullable String session, Lineage lineage) {
    return Objects.requireNonNull(of("dev", session, "r", lineage, false));
  }

  @Test
  void whatTheCallerNames_comesFirst_thenTheDialectsSession_thenItsCacheKey_thenHowItBegins() {
    Lineage all = new Lineage("agent", "key", 3, 11, 22);
    assertThat(of("mine", all)).isEqualTo(of("mine", FIRST));
    assertThat(of(null, all)).isEqualTo(of("agent", FIRST)).isNotEqualTo(of("mine", FIRST));
    assertThat(of(null, new Lineage(null, "key", 3, 11, 22)).key())
        .isEqualTo(of(null, new Lineage(null, "key", 1, 99, 0)).key());
    assertThat(of("dev", null, "r", Lineage.UNKNOWN, false)).isNull();
  }

  @Test
  void bonds_areAsFirmAsTheirReason() {
    assertThat(of("mine", FIRST).bond()).isEqualTo(Bond.SESSION);
    assertThat(of(null, new Lineage(null, "key", 1, 11, 0)).bond()).isEqualTo(Bond.PREFIX);
    assertThat(of(null, FIRST).bond()).as("a question that many may ask").isEqualTo(Bond.NONE);
    assertThat(of(null, SECOND).bond()).isEqualTo(Bond.PREFIX);
    assertThat(Objects.requireNonNull(of("dev", null, "r", SECOND, true)).bond()).as("an agent at work").isEqualTo(Bond.SESSION);
    assertThat(Objects.requireNonNull(of("dev", null, "r", FIRST, true)).bond()).isEqualTo(Bond.NONE);
  }

  @Test
  void theSecondTurn_knowsTheFirst_andEveryLaterOneTheSecond() {
    assertThat(of(null, SECOND).before()).isEqualTo(of(null, FIRST).key());
    assertThat(of(null, new Lineage(null, null, 5, 11, 22)).key()).isEqualTo(of(null, SECOND).key());
    assertThat(of(null, new Lineage(null, null, 5, 11, 23)).key()).isNotEqualTo(of(null, SECOND).key());
  }

  @Test
  void callersAndRoutes_areKeptApart_andNoTextCanBeRead() {
    Conversation mine = Objects.requireNonNull(of("dev", "secret name", "r", SECOND, false));
    assertThat(of("ops", "secret name", "r", SECOND, false)).isNotEqualTo(mine);
    assertThat(of("dev", "secret name", "q", SECOND, false)).isNotEqualTo(mine);
    assertThat(mine.key()).matches("[0-9a-f]{32}");
  }
}
