// SPDX-License-Identifier: Apache-2.0
package dev.auriga.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.provider.CredentialFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class EntraCredentialTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeClock clock = new FakeClock();
  private final Issuer issuer = new Issuer();

  @Test
  void thousandConcurrentCallers_makeOneFetch() throws Exception {
    CountDownLatch everybodyAsks = new CountDownLatch(1000);
    issuer.before = () -> await(everybodyAsks);
    try (ExecutorService threads = Executors.newCachedThreadPool();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        EntraCredential credential = credential(threads, threads::shutdownNow)) {
      List<Future<String>> values = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        values.add(
            callers.submit(
                () -> {
                  everybodyAsks.countDown();
                  return credential.header().value();
                }));
      }
      for (Future<String> value : values) {
        assertThat(value.get()).isEqualTo("Bearer token-1");
      }
    }
    assertThat(issuer.fetches).hasValue(1);
    assertThat(issuer.scopes).containsExactly("scope/.default");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void hourOfFiveMinuteTokens_isOneFetchAPeriodAndNeverAnExpiredToken(long seed) throws Exception {
    EntraCredential credential = credential(Runnable::run, () -> {}, seed);
    for (int second = 0; second < 3600; second++) {
      assertThat(validUntil(credential)).isAfter(clock.instant());
      clock.advance(Duration.ofSeconds(1));
      if (second % 5 == 0) {
        credential.tick();
      }
    }
    // A period is 40 to 50 percent of 300 s: 120 to 150 s, so 24 to 30 in an hour, and the first.
    assertThat(issuer.fetches.get()).isBetween(24, 31);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 90, 100, 119, 120, 125, 130, 150})
  void twoMinutesWithoutIssuer_areNotNoticed(int start) throws Exception {
    EntraCredential credential = credential(Runnable::run, () -> {}, start);
    Instant begin = clock.instant();
    for (int second = 0; second < 900; second++) {
      Duration since = Duration.between(begin, clock.instant());
      issuer.isDown = since.toSeconds() >= start && since.toSeconds() < start + 120;
      assertThat(validUntil(credential)).as("after %s", since).isAfter(clock.instant());
      clock.advance(Duration.ofSeconds(1));
      credential.tick();
    }
    assertThat(issuer.refusals.get()).as("the issuer was asked while it was down").isPositive();
    assertThat(issuer.refusals.get()).as("with backoff").isLessThan(25);
  }

  @Test
  void unusedCredential_staysFresh() throws Exception {
    EntraCredential credential = credential(Runnable::run, () -> {});
    credential.header();
    for (int i = 0; i < 720; i++) {
      clock.advance(Duration.ofSeconds(5));
      credential.tick();
    }
    int fetched = issuer.fetches.get();
    assertThat(validUntil(credential)).isAfter(clock.instant());
    assertThat(issuer.fetches).as("no fetch for the request").hasValue(fetched);
  }

  @Test
  void warmCredential_neverWaitsForARefresh() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch refreshing = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool();
        EntraCredential credential = credential(threads, threads::shutdownNow)) {
      assertThat(credential.header().value()).isEqualTo("Bearer token-1");
      issuer.before =
          () -> {
            refreshing.countDown();
            await(never);
          };
      clock.advance(Duration.ofSeconds(200));
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            for (int i = 0; i < 1000; i++) {
              assertThat(credential.header().value()).isEqualTo("Bearer token-1");
            }
            refreshing.await();
          });
      assertThat(issuer.fetches).hasValue(2);
    }
  }

  @Test
  void hangingFetch_isGivenUpAndStartedAnew() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool();
        EntraCredential credential = credential(threads, threads::shutdownNow)) {
      credential.header();
      CountDownLatch hanging = new CountDownLatch(1);
      issuer.before =
          () -> {
            hanging.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException givenUp) {
              interrupted.countDown();
              throw new IllegalStateException("given up", givenUp);
            }
          };
      clock.advance(Duration.ofSeconds(160));
      credential.tick();
      hanging.await();
      CountDownLatch again = new CountDownLatch(1);
      issuer.before = again::countDown;
      clock.advance(EntraCredential.LONGEST_FETCH);
      credential.tick();
      clock.advance(Duration.ofSeconds(15));
      credential.tick();
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            interrupted.await();
            again.await();
          });
    }
  }

  private static void refused(EntraCredential credential) throws InterruptedException {
    var _ = credential.failed(
        credential.header(), Failure.of(FailureKind.UNAUTHORISED, 401, "the token has expired"));
  }

  @Test
  void refusedToken_isFetchedAnewOnce() throws Exception {
    EntraCredential credential = credential(Runnable::run, () -> {});
    assertThat(credential.header().value()).isEqualTo("Bearer token-1");
    refused(credential);
    assertThat(credential.header().value()).as("a token this young is kept").isEqualTo("Bearer token-1");

    clock.advance(EntraCredential.YOUNG);
    for (int i = 0; i < 1000; i++) {
      refused(credential);
    }
    assertThat(credential.header().value()).isEqualTo("Bearer token-2");
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void refusedToken_servesOnWhileThereIsNoOther() throws Exception {
    EntraCredential credential = credential(Runnable::run, () -> {});
    credential.header();
    clock.advance(EntraCredential.YOUNG);
    issuer.isDown = true;
    refused(credential);
    assertThat(credential.header().value()).isEqualTo("Bearer token-1");
    issuer.isDown = false;
    clock.advance(Duration.ofSeconds(15));
    assertThat(credential.header().value()).isEqualTo("Bearer token-2");
  }

  @Test
  void issuerThatIsDown_isAFailureThatSaysWhyAndIsNotAskedByEveryRequest() throws Exception {
    issuer.isDown = true;
    EntraCredential credential = credential(Runnable::run, () -> {});
    for (int i = 0; i < 100; i++) {
      assertThatExceptionOfType(CredentialFailure.class)
          .isThrownBy(credential::header)
          .withMessage("no Entra ID token for scope/.default: the issuer is down");
    }
    assertThat(issuer.refusals).hasValue(1);
    issuer.isDown = false;
    clock.advance(Duration.ofSeconds(1));
    assertThat(credential.header().value()).isEqualTo("Bearer token-1");
  }

  @Test
  void expiredToken_isNotHandedOut() {
    issuer.life = Duration.ofSeconds(5);
    EntraCredential credential = credential(Runnable::run, () -> {});
    assertThatExceptionOfType(CredentialFailure.class)
        .isThrownBy(credential::header)
        .withMessageContaining("expired already");
  }

  @Test
  void close_endsWaiting() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    issuer.before =
        () -> {
          fetching.countDown();
          await(new CountDownLatch(1));
        };
    try (ExecutorService threads = Executors.newCachedThreadPool();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      EntraCredential credential = credential(threads, threads::shutdownNow);
      Future<?> waiting = callers.submit(credential::header);
      fetching.await();
      credential.close();
      assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
          .isThrownBy(waiting::get)
          .withCauseInstanceOf(CredentialFailure.class)
          .withMessageContaining("closed");
      assertThatExceptionOfType(CredentialFailure.class).isThrownBy(credential::header);
      assertThat(threads.isShutdown()).isTrue();
    }
  }

  @Test
  void realIdentity_isBuiltOnTheJdkClient() {
    EntraCredential credential = EntraCredential.open(EntraCredential.FOUNDRY_SCOPE);
    credential.close();
    assertThatExceptionOfType(CredentialFailure.class).isThrownBy(credential::header);
    assertThat(new DefaultAzureCredentialBuilder().httpClient(new JdkHttpClientBuilder().build()).build())
        .isNotNull();
  }

  private Instant validUntil(EntraCredential credential) throws InterruptedException {
    String value = credential.header().value();
    return issuer.expiries.get(Integer.parseInt(value.substring("Bearer token-".length())) - 1);
  }

  private EntraCredential credential(Executor threads, Runnable closing) {
    return credential(threads, closing, 1);
  }

  private EntraCredential credential(Executor threads, Runnable closing, long seed) {
    return new EntraCredential(
        () -> issuer,
        "scope/.default",
        new EntraCredential.Surroundings(clock, new Random(seed), threads, closing));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  /// Issues tokens of five minutes, numbered.
  private final class Issuer implements TokenCredential {
    final AtomicInteger fetches = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    final List<Instant> expiries = new ArrayList<>();
    volatile List<String> scopes = List.of();
    volatile Runnable before = () -> {};
    volatile boolean isDown;
    volatile Duration life = Duration.ofMinutes(5);

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
      return Mono.fromSupplier(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
      if (isDown) {
        refusals.incrementAndGet();
        throw new ClientAuthenticationException("the issuer is down\nand more lines", null);
      }
      int number = fetches.incrementAndGet();
      before.run();
      scopes = List.copyOf(request.getScopes());
      Instant expiry = clock.instant().plus(life);
      expiries.add(expiry);
      return new AccessToken("token-" + number, expiry.atOffset(ZoneOffset.UTC));
    }
  }

  private static final class FakeClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
