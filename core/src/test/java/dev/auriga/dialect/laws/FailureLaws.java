// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;

/// Error replies: whatever they say, they are a failure of some kind, and every dialect can tell it.
public final class FailureLaws {
  private static final int[] STATUSES = {200, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 529};

  private FailureLaws() {}

  /// The first line of `input` is the value of the waiting headers, the rest the body; the status
  /// comes from both.
  public static void check(Dialect dialect, byte[] input) {
    String text = new String(input, UTF_8);
    int end = text.indexOf('\n');
    String wait = end < 0 ? "" : text.substring(0, end);
    byte[] body = text.substring(end + 1).getBytes(UTF_8);
    Headers headers = Headers.of("retry-after", wait, "retry-after-ms", wait, "x-ratelimit-reset-requests", wait);
    for (int status : STATUSES) {
      Failure failure = dialect.readFailure(status, headers, body);
      assertThat(failure.detail()).isNotBlank();
      assertThat(failure.retryAfter() == null || !failure.retryAfter().isNegative())
          .as("waits %s", failure.retryAfter())
          .isTrue();
      told(failure);
    }
  }

  private static void told(Failure failure) {
    Problem problem = Problem.of(failure, failure.detail());
    for (Dialect client : Dialects.ALL) {
      assertThat(client.statusOf(problem)).isBetween(400, 599);
      assertThat(Json.read(client.writeProblem(problem)).isObject()).isTrue();
    }
  }
}
