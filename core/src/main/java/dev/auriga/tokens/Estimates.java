// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.TokenCount;
import dev.auriga.resilience.Time;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Estimates the tokens of prompts, and learns from what providers count how far it is off.
///
/// Thread-safe. Counting takes processor time, so it happens on one platform thread, which is there
/// while there is something to count. Nothing is learned, and no table loaded, before the first
/// estimate is asked for.
public final class Estimates implements AutoCloseable {
  private static final int MOST_WAITING = 64;
  private static final long IDLE_SECONDS = 10;

  /// The least time between two observations of one model.
  private static final long LEARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// A shorter prompt says more about the framing than about the tokenizer.
  private static final long LEAST_LEARNED = 50;

  private final TokenEstimator estimator;
  private final Time time;
  private final Map<String, Factor> factors = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor counter;
  private volatile boolean wanted;

  public Estimates(TokenEstimator estimator, Time time) {
    this.estimator = estimator;
    this.time = time;
    this.counter =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("auriga-tokens").factory());
    counter.allowCoreThreadTimeOut(true);
  }

  /// The tokens `request` may have for `model`, images and tools included.
  ///
  /// Throws a [Refusal] when too many estimates are waiting already.
  public TokenCount of(CompletionRequest request, String model) throws InterruptedException {
    wanted = true;
    long tokens = awaited(() -> plain(request, model));
    return TokenCount.estimated(Math.max(1, Math.round(tokens * factor(model).mean())));
  }

  /// The tokens of texts to embed; throws as the other.
  public TokenCount of(EmbeddingRequest request) throws InterruptedException {
    wanted = true;
    return TokenCount.estimated(awaited(() -> request.inputs().stream().mapToLong(this::plain).sum()));
  }

  /// Takes note that `model` counted `actual` tokens for a prompt without media; most are let pass,
  /// so that learning costs next to nothing. `words` are read on another thread.
  public void learn(String model, Supplier<CompletionRequest> words, long actual) {
    if (!wanted || actual < LEAST_LEARNED || !counter.getQueue().isEmpty()
        || !factor(model).isDue(time.nanos(), LEARN_EVERY_NANOS)) {
      return;
    }
    try {
      counter.execute(() -> observe(model, words, actual));
    } catch (RejectedExecutionException closed) {
      // Nothing is lost: the next prompt will do.
    }
  }

  private void observe(String model, Supplier<CompletionRequest> words, long actual) {
    long estimate;
    try {
      estimate = plain(words.get(), model);
    } catch (Refusal unreadable) {
      return;
    }
    if (estimate > 0) {
      factor(model).observe((double) actual / estimate);
    }
  }

  private long plain(CompletionRequest request, String model) {
    Prompt prompt = Prompt.of(request, model);
    return prompt.rest() + prompt.texts().stream().mapToLong(estimator::count).sum();
  }

  private long plain(EmbeddingRequest.Input input) {
    return switch (input) {
      case EmbeddingRequest.Input.Text text -> estimator.count(text.text());
      case EmbeddingRequest.Input.Tokens tokens -> tokens.ids().size();
    };
  }

  private Factor factor(String model) {
    return factors.computeIfAbsent(model, _ -> new Factor());
  }

  private long awaited(Callable<Long> count) throws InterruptedException {
    Future<Long> counted;
    try {
      counted = counter.submit(count);
    } catch (RejectedExecutionException full) {
      throw new Refusal(Refusal.Kind.OVERLOADED, "too many estimates of tokens are waiting; try again");
    }
    try {
      return counted.get();
    } catch (InterruptedException gone) {
      counted.cancel(true);
      throw gone;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("tokens could not be estimated", failed.getCause());
    }
  }

  @Override
  public void close() {
    counter.shutdownNow();
  }
}
