// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Failure OVERLOADED = Failure.of(FailureKind.OVERLOADED, 529, "busy");

  private final FakeTime time = new FakeTime();
  private final CircuitBreaker breaker =
      new CircuitBreaker(new CircuitBreaker.Settings(3, Duration.ofSeconds(30)), time);

  @Test
  void opens_afterThreeFailuresInARow() {
    breaker.failed(OVERLOADED);
    breaker.failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isZero();
    breaker.failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(30));
    assertThat(breaker.admits()).isFalse();
  }

  @Test
  void aSuccessBetweenFailures_startsTheCountAgain() {
    breaker.failed(OVERLOADED);
    breaker.failed(OVERLOADED);
    breaker.succeeded(time.nanos());
    breaker.failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isZero();
  }

  @Test
  void opensAtOnce_forAsLongAsUpstreamAsked() {
    breaker.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aLaterFailure_neverShortensTheCooldown() {
    breaker.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofMinutes(5), null));
    breaker.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(1), null));
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aBadKeyOrRequest_saysNothingAboutHealth() {
    for (FailureKind kind : new FailureKind[] {
        FailureKind.UNAUTHORISED, FailureKind.NOT_FOUND, FailureKind.INVALID, FailureKind.TOO_LONG,
        FailureKind.CONTENT_FILTERED}) {
      for (int i = 0; i < 10; i++) {
        breaker.failed(Failure.of(kind, "no"));
      }
    }
    assertThat(breaker.cooldownLeft()).isZero();
  }

  @Test
  void afterTheCooldown_oneProbeGoesThrough_andItsSuccessCloses() {
    breaker.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    time.pass(Duration.ofSeconds(7));
    assertThat(breaker.cooldownLeft()).isZero();
    assertThat(breaker.admits()).as("the probe").isTrue();
    assertThat(breaker.admits()).as("a second one beside it").isFalse();
    breaker.succeeded(time.nanos());
    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void aSuccessThatWasUnderWay_doesNotCloseIt() {
    long before = time.nanos();
    time.pass(Duration.ofMillis(100));
    breaker.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    time.pass(Duration.ofMillis(100));
    breaker.succeeded(before);
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofMillis(6_900));
  }

  @Test
  void whatUpstreamAsksFor_isADayAtMost() {
    breaker.failed(
        new Failure(FailureKind.QUOTA_EXHAUSTED, 429, "in the year 9999", Duration.ofDays(365L * 7_000), null));
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aFailedProbe_startsAnotherCooldown() {
    breaker.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    time.pass(Duration.ofSeconds(8));
    assertThat(breaker.admits()).isTrue();
    breaker.failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(30));
  }
}
