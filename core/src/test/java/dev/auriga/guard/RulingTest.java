// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.auriga.guard.Passage.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulingTest {
  private static final Ruling NOTED = new Ruling.Allow(List.of("a"));
  private static final Ruling REDACTED = new Ruling.Redact(List.of(new Hit("x", 2, 5)), List.of("b"));
  private static final Ruling DENIED = new Ruling.Deny("t", "no", List.of("c"));

  @Test
  void rulings_addUp() {
    assertThat(Ruling.pass().and(NOTED)).isEqualTo(NOTED);
    assertThat(NOTED.and(REDACTED)).isEqualTo(new Ruling.Redact(List.of(new Hit("x", 2, 5)), List.of("a", "b")));
    assertThat(REDACTED.and(DENIED)).isEqualTo(new Ruling.Deny("t", "no", List.of("b", "c")));
    assertThat(DENIED.and(new Ruling.Deny("u", "never", List.of())))
        .isEqualTo(new Ruling.Deny("t", "no", List.of("c")));
  }

  @Test
  void overlappingHits_areOneMask() {
    Ruling.Redact redact =
        new Ruling.Redact(
            List.of(new Hit("late", 6, 8), new Hit("inner", 1, 2), new Hit("first", 0, 3), new Hit("over", 2, 4)), List.of());
    assertThat(redact.hits()).containsExactly(new Hit("first", 0, 4), new Hit("late", 6, 8));
    assertThat(redact.apply("abcdefghi")).isEqualTo("[redacted:first]ef[redacted:late]i");
  }

  @Test
  void hit_hasCharacters() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Hit("x", 3, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Hit("x", -1, 3));
  }

  @Test
  void severalGuardrails_seeTheSameText_untilOneDenies() throws InterruptedException {
    List<String> asked = new ArrayList<>();
    Guardrail first = passage -> said(asked, "1 " + passage.text(), REDACTED);
    Guardrail second = passage -> said(asked, "2 " + passage.text(), DENIED);
    Guardrail third = passage -> said(asked, "3 " + passage.text(), NOTED);
    Passage passage = new Passage(Direction.REQUEST, "abcdefg");

    assertThat(new Guardrails(List.of(first, second, third)).check(passage)).isInstanceOf(Ruling.Deny.class);
    assertThat(asked).containsExactly("1 abcdefg", "2 abcdefg");
    assertThat(new Guardrails(List.of()).check(passage)).isEqualTo(Ruling.pass());
  }

  private static Ruling said(List<String> asked, String what, Ruling ruling) {
    asked.add(what);
    return ruling;
  }
}
