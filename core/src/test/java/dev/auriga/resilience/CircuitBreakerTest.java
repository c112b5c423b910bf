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
    breaker.insist().failed(OVERLOADED);
    breaker.insist().failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isZero();
    breaker.insist().failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(30));
    assertThat(breaker.admit()).isNull();
  }

  @Test
  void aSuccessBetweenFailures_startsTheCountAgain() {
    breaker.insist().failed(OVERLOADED);
    breaker.insist().failed(OVERLOADED);
    breaker.insist().succeeded();
    breaker.insist().failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isZero();
  }

  @Test
  void opensAtOnce_forAsLongAsUpstreamAsked() {
    breaker.insist().failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aLaterFailure_neverShortensTheCooldown() {
    breaker.insist().failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofMinutes(5), null));
    breaker.insist().failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(1), null));
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aBadKeyOrRequest_saysNothingAboutHealth() {
    for (FailureKind kind : new FailureKind[] {
        FailureKind.UNAUTHORISED, FailureKind.NOT_FOUND, FailureKind.INVALID, FailureKind.TOO_LONG,
        FailureKind.CONTENT_FILTERED}) {
      for (int i = 0; i < 10; i++) {
        breaker.insist().failed(Failure.of(kind, "no"));
      }
    }
    assertThat(breaker.cooldownLeft()).isZero();
  }

  @Test
  void afterTheCooldown_oneProbeGoesThrough_andItsSuccessCloses() {
    breaker.insist().failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    time.pass(Duration.ofSeconds(7));
    assertThat(breaker.cooldownLeft()).isZero();
    CircuitBreaker.Leave probe = admitted();
    assertThat(breaker.admit()).as("a second one beside it").isNull();
    probe.succeeded();
    assertThat(breaker.admit()).isNotNull();
    assertThat(breaker.admit()).isNotNull();
  }

  private CircuitBreaker.Leave admitted() {
    CircuitBreaker.Leave leave = breaker.admit();
    assertThat(leave).isNotNull();
    return leave;
  }

  @Test
  void aSuccessThatWasUnderWay_doesNotCloseIt() {
    CircuitBreaker.Leave before = admitted();
    breaker.insist().failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    time.pass(Duration.ofMillis(100));
    before.succeeded();
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofMillis(6_900));
  }

  @Test
  void whateverOtherCallsTell_thereIsOneProbe() {
    CircuitBreaker.Leave well = admitted();
    CircuitBreaker.Leave ill = admitted();
    CircuitBreaker.Leave unknown = admitted();
    open();
    time.pass(Duration.ofSeconds(31));
    CircuitBreaker.Leave probe = admitted();
    well.succeeded();
    assertThat(breaker.admit()).as("after a stale success").isNull();
    ill.failed(OVERLOADED);
    assertThat(breaker.admit()).as("after a stale failure").isNull();
    unknown.withdrawn();
    assertThat(breaker.admit()).as("after a stale call's end").isNull();
    CircuitBreaker.Leave last = breaker.insist();
    last.withdrawn();
    assertThat(breaker.admit()).as("after one that had no other place to go").isNull();
    probe.succeeded();
    assertThat(breaker.cooldownLeft()).isZero();
    assertThat(breaker.isAiling()).isFalse();
  }

  private void open() {
    for (int i = 0; i < 3; i++) {
      breaker.insist().failed(OVERLOADED);
    }
  }

  @Test
  void aStaleFailure_doesNotMakeTheProbesSuccessVoid() {
    CircuitBreaker.Leave stale = admitted();
    open();
    time.pass(Duration.ofSeconds(30));
    CircuitBreaker.Leave probe = admitted();
    stale.failed(OVERLOADED);
    probe.succeeded();
    assertThat(breaker.cooldownLeft()).isZero();
    assertThat(breaker.admit()).isNotNull();
  }

  @Test
  void aStaleFailureThatSaysHowLong_isHeeded() {
    CircuitBreaker.Leave stale = admitted();
    open();
    time.pass(Duration.ofSeconds(30));
    CircuitBreaker.Leave probe = admitted();
    stale.failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofMinutes(5), null));
    probe.succeeded();
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aProbeThatTellsNothing_makesRoomForTheNext() {
    open();
    time.pass(Duration.ofSeconds(30));
    admitted().withdrawn();
    CircuitBreaker.Leave unaccountable = admitted();
    unaccountable.failed(Failure.of(FailureKind.UNAUTHORISED, "a bad key"));
    CircuitBreaker.Leave next = admitted();
    assertThat(breaker.admit()).isNull();
    next.succeeded();
    next.failed(OVERLOADED);
    assertThat(breaker.isAiling()).as("a call tells once").isFalse();
  }

  @Test
  void whoMustBeAsked_isTheProbe_whereOneIsDue() {
    open();
    time.pass(Duration.ofSeconds(30));
    CircuitBreaker.Leave last = breaker.insist();
    assertThat(breaker.admit()).isNull();
    last.failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aProbeThatIsNeverHeardOf_isFollowedByAnother_aCooldownLater() {
    open();
    time.pass(Duration.ofSeconds(30));
    CircuitBreaker.Leave lost = admitted();
    time.pass(Duration.ofSeconds(30));
    CircuitBreaker.Leave second = admitted();
    lost.withdrawn();
    assertThat(breaker.admit()).as("the second is under way").isNull();
    second.succeeded();
    assertThat(breaker.cooldownLeft()).isZero();
  }

  @Test
  void whatUpstreamAsksFor_isADayAtMost() {
    breaker.insist().failed(
        new Failure(FailureKind.QUOTA_EXHAUSTED, 429, "in the year 9999", Duration.ofDays(365L * 7_000), null));
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aFailedProbe_startsAnotherCooldown() {
    breaker.insist().failed(new Failure(FailureKind.RATE_LIMITED, 429, "slow down", Duration.ofSeconds(7), null));
    time.pass(Duration.ofSeconds(8));
    admitted().failed(OVERLOADED);
    assertThat(breaker.cooldownLeft()).isEqualTo(Duration.ofSeconds(30));
  }
}
