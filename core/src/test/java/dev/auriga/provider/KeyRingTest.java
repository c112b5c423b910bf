// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.dialect.Headers;
import dev.auriga.resilience.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingTest {
  private static final Headers.Field A = new Headers.Field("x-api-key", "a");
  private static final Headers.Field B = new Headers.Field("x-api-key", "b");
  private static final Headers.Field C = new Headers.Field("x-api-key", "c");

  private final FakeTime time = new FakeTime();
  private final KeyRing ring = new KeyRing(List.of(A, B, C), time);

  private static Failure limited(Duration wait) {
    return Failure.of(FailureKind.RATE_LIMITED, 429, "slow down").withRetryAfter(wait);
  }

  @Test
  void oneKeyIsUsed_untilItIsLimited_andAgainWhenItsRestIsOverAndTheOthersRest() {
    assertThat(ring.header()).isEqualTo(A);
    assertThat(ring.header()).isEqualTo(A);
    assertThat(ring.failed(A, limited(Duration.ofSeconds(30)))).isEqualTo(Credential.Next.ANOTHER);
    assertThat(ring.header()).isEqualTo(B);
    time.pass(Duration.ofSeconds(31));
    assertThat(ring.header()).as("caches are warm there").isEqualTo(B);
    assertThat(ring.failed(B, limited(Duration.ofMinutes(9)))).isEqualTo(Credential.Next.ANOTHER);
    assertThat(ring.failed(C, limited(Duration.ofMinutes(9)))).isEqualTo(Credential.Next.ANOTHER);
    assertThat(ring.header()).isEqualTo(A);
  }

  @Test
  void aLimitThatIsOverAtOnce_isNoReasonToAskWithTheSameKeyAgain() {
    KeyRing twice = new KeyRing(List.of(A, A), time);
    assertThat(twice.failed(A, limited(Duration.ZERO))).isEqualTo(Credential.Next.SAME);
    assertThat(ring.failed(A, limited(Duration.ZERO))).isEqualTo(Credential.Next.ANOTHER);
    assertThat(ring.header()).isEqualTo(B);
  }

  @Test
  void whereAllRest_theFailureIsTheProviders_andTheFirstToBeRestedIsUsed() {
    ring.failed(A, limited(Duration.ofSeconds(30)));
    ring.failed(B, limited(Duration.ofSeconds(20)));
    assertThat(ring.failed(C, limited(Duration.ofSeconds(40)))).isEqualTo(Credential.Next.SAME);
    assertThat(ring.header()).isEqualTo(B);
  }

  @Test
  void aFailureOfACallUnderWay_whoseKeyHasBeenLeft_leavesTheNextInPlace() {
    ring.failed(A, limited(Duration.ofSeconds(30)));
    assertThat(ring.failed(A, limited(Duration.ofSeconds(10)))).isEqualTo(Credential.Next.ANOTHER);
    assertThat(ring.header()).isEqualTo(B);
    time.pass(Duration.ofSeconds(11));
    ring.failed(B, limited(Duration.ofMinutes(1)));
    ring.failed(C, limited(Duration.ofMinutes(1)));
    assertThat(ring.header()).as("the longer rest holds, and is over first").isEqualTo(A);
    assertThat(ring.failed(new Headers.Field("x-api-key", "unknown"), limited(Duration.ofSeconds(1))))
        .isEqualTo(Credential.Next.SAME);
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void onlyWhatIsTheKeysFault_turnsTheRing(FailureKind kind) {
    boolean keysFault =
        switch (kind) {
          case RATE_LIMITED, QUOTA_EXHAUSTED, UNAUTHORISED -> true;
          default -> false;
        };
    ring.failed(A, Failure.of(kind, "x"));
    assertThat(ring.header()).isEqualTo(keysFault ? B : A);
  }
}
