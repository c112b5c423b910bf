// SPDX-License-Identifier: Apache-2.0
package dev.auriga.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.dialect.Headers;
import dev.auriga.provider.Credential;
import dev.auriga.provider.CredentialFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A bearer token from Entra ID, kept fresh in the background.
///
/// The first request waits for the first token, all others for the same one. From then on nobody
/// waits: a successor is fetched at about half of a token's life on a thread of its own, tried
/// again every few seconds where that fails, and the old token serves for as long as it is valid.
/// Each fetch builds its credential anew, because a kept one answers from a cache of its own until
/// minutes before the end. Guarded by one lock that is never held while a token is fetched.
public final class EntraCredential implements Credential {
  /// Claude documentation, Claude in Microsoft Foundry.
  public static final String FOUNDRY_SCOPE = "https://ai.azure.com/.default";

  /// Azure OpenAI documentation, Microsoft Entra ID authentication.
  public static final String AZURE_OPENAI_SCOPE = "https://cognitiveservices.azure.com/.default";

  /// A fetch that takes longer is given up, and another one started.
  static final Duration LONGEST_FETCH = Duration.ofSeconds(30);

  /// A token this young is not the one a refusal that comes in now is about, or fetching another
  /// would not mend it: 1,000 refusals of one token make one fetch.
  static final Duration YOUNG = Duration.ofSeconds(30);

  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

  /// What tests replace: time, chance and the threads that fetch.
  record Surroundings(Clock clock, RandomGenerator random, Executor threads, Runnable closing) {}

  private final Supplier<TokenCredential> identity;
  private final String scope;
  private final Surroundings surroundings;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Token held;
  private @Nullable Flight flight;
  private @Nullable CredentialFailure lastFailure;
  private Instant notBefore = Instant.MIN;
  private int failures;
  private boolean isClosed;

  EntraCredential(Supplier<TokenCredential> identity, String scope, Surroundings surroundings) {
    this.identity = identity;
    this.scope = scope;
    this.surroundings = surroundings;
  }

  /// The identity of this process, as `DefaultAzureCredential` finds it: environment variables,
  /// workload identity, managed identity, or a developer's sign-in. Nothing is fetched yet.
  public static EntraCredential open(String scope) {
    ExecutorService threads = Executors.newCachedThreadPool(daemons("auriga-entra"));
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(daemons("auriga-entra-clock"));
    HttpClient http = new JdkHttpClientBuilder().executor(threads).build();
    EntraCredential credential =
        new EntraCredential(
            () -> new DefaultAzureCredentialBuilder().httpClient(http).executorService(threads).build(),
            scope,
            new Surroundings(
                Clock.systemUTC(),
                RandomGenerator.getDefault(),
                threads,
                () -> {
                  ticker.shutdownNow();
                  threads.shutdownNow();
                }));
    long tickMillis = TICK.toMillis();
    var _ = ticker.scheduleWithFixedDelay(credential::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    return credential;
  }

  /// Starts to fetch the first token, without waiting for it.
  public void warm() {
    if (held == null) {
      var _ = fetch();
    }
  }

  @Override
  public Headers.Field header() throws InterruptedException {
    Token token = held;
    Instant now = surroundings.clock().instant();
    if (token == null || token.isRefused() || !token.isValidAt(now)) {
      return header(awaited(token));
    }
    if (token.isDueAt(now)) {
      var _ = fetch();
    }
    return header(token);
  }

  /// Fetches another token, unless the one there is was fetched just now. Until it comes requests
  /// wait; when none comes they go with the old one for as long as that is valid.
  @Override
  public Next failed(Headers.Field sent, Failure failure) {
    return failure.kind() == FailureKind.UNAUTHORISED && refused() ? Next.ANOTHER : Next.SAME;
  }

  private boolean refused() {
    lock.lock();
    try {
      Token token = held;
      Instant now = surroundings.clock().instant();
      if (token == null || token.isRefused() || now.isBefore(token.fetchedAt().plus(YOUNG))) {
        return token != null && token.isRefused();
      }
      held = token.refused();
    } finally {
      lock.unlock();
    }
    var _ = fetch();
    return true;
  }

  /// Called every few seconds: also a credential nobody uses stays fresh.
  void tick() {
    Token token = held;
    if (token != null && token.isDueAt(surroundings.clock().instant())) {
      var _ = fetch();
    }
  }

  /// Stops fetching; whoever waits gets a [CredentialFailure].
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      held = null;
      if (flight != null) {
        flight.abandon(failure("closed"));
      }
    } finally {
      lock.unlock();
    }
    surroundings.closing().run();
  }

  private Token awaited(@Nullable Token old) throws InterruptedException {
    String why;
    try {
      return fetch().get(LONGEST_FETCH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      why = String.valueOf(cause.getMessage());
    } catch (TimeoutException late) {
      why = String.valueOf(tooLate().getMessage());
    }
    if (old != null && old.isValidAt(surroundings.clock().instant())) {
      return old;
    }
    throw new CredentialFailure(why);
  }

  /// Joins the fetch under way or starts one; soon after a failure, that failure again.
  private CompletableFuture<Token> fetch() {
    Flight started;
    lock.lock();
    try {
      Instant now = surroundings.clock().instant();
      if (isClosed) {
        return CompletableFuture.failedFuture(failure("closed"));
      }
      if (flight != null && flight.isUnderWay()) {
        if (now.isBefore(flight.startedAt().plus(LONGEST_FETCH))) {
          return flight.token();
        }
        failed(flight.token(), tooLate());
        flight.abandon(failure("given up"));
      }
      if (lastFailure != null && now.isBefore(notBefore)) {
        return CompletableFuture.failedFuture(lastFailure);
      }
      started = Flight.of(now, this::run);
      flight = started;
    } finally {
      lock.unlock();
    }
    try {
      surroundings.threads().execute(started.work());
    } catch (RejectedExecutionException closing) {
      started.abandon(failure("closed"));
    }
    return started.token();
  }

  private void run(CompletableFuture<Token> waiting) {
    try {
      AccessToken fetched = identity.get().getTokenSync(new TokenRequestContext().addScopes(scope));
      Instant now = surroundings.clock().instant();
      if (fetched == null) {
        failed(waiting, failure("the identity gave no token"));
        return;
      }
      Token token = Token.of(fetched, now, surroundings.random().nextDouble());
      if (token.isValidAt(now)) {
        landed(waiting, token);
      } else {
        failed(waiting, failure("the token has expired already; is this machine's clock right?"));
      }
    } catch (RuntimeException unavailable) {
      failed(waiting, failure(firstLine(unavailable)));
    }
  }

  private void landed(CompletableFuture<Token> waiting, Token token) {
    lock.lock();
    try {
      Token current = held;
      if (!isClosed && (current == null || !token.fetchedAt().isBefore(current.fetchedAt()))) {
        held = token;
        failures = 0;
        lastFailure = null;
      }
    } finally {
      lock.unlock();
    }
    waiting.complete(token);
  }

  /// Twice as long after each failure, from one second on, with half of it left to chance.
  private void failed(CompletableFuture<Token> waiting, CredentialFailure why) {
    lock.lock();
    try {
      if (waiting.isDone()) {
        return;
      }
      failures++;
      long longest = Math.min(LONGEST_BACKOFF.toMillis(), 1000L << Math.min(failures - 1, 10));
      long backoff = (long) (longest * (0.5 + 0.5 * surroundings.random().nextDouble()));
      notBefore = surroundings.clock().instant().plusMillis(backoff);
      lastFailure = why;
    } finally {
      lock.unlock();
    }
    waiting.completeExceptionally(why);
  }

  private CredentialFailure tooLate() {
    return failure("none came within " + LONGEST_FETCH.toSeconds() + " s");
  }

  private CredentialFailure failure(String why) {
    return new CredentialFailure("no Entra ID token for %s: %s".formatted(scope, why));
  }

  private static Headers.Field header(Token token) {
    return new Headers.Field("authorization", "Bearer " + token.text().reveal());
  }

  private static String firstLine(RuntimeException unavailable) {
    String message = String.valueOf(unavailable.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }
}
