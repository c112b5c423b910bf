// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.FailureKind;
import dev.auriga.dialect.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long OpenAI or Azure asks to wait, in all the forms it is said.
///
/// In the order of OpenAI's SDKs: `retry-after-ms`, `retry-after` in seconds, `retry-after` as a
/// date. On a rate limit that says none of these, the reset of the limit that is used up
/// (`x-ratelimit-reset-requests`, `…-tokens`: `2ms`, `6m0s`), else the words "try again in 1.2s"
/// and "retry after 26 seconds". Sources: OpenAI documentation, Rate limits; Azure OpenAI
/// documentation, Quota; RFC 9110, section 10.2.3.
final class OpenAiRetryAfter {
  private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|d|h|m|s)");
  private static final Pattern DURATION = Pattern.compile("(?:" + AMOUNT + ")+");
  private static final Pattern SAID =
      Pattern.compile("(?i)(?:try again in|retry after) (\\d[\\dhms.]*(?<!\\.))");

  private final InstantSource clock;

  OpenAiRetryAfter(InstantSource clock) {
    this.clock = clock;
  }

  /// Null when nothing is said.
  @Nullable Duration read(FailureKind kind, Headers headers, String message) {
    String millis = headers.first("retry-after-ms");
    Duration wait = millis == null ? null : seconds(millis, 1_000);
    String after = headers.first("retry-after");
    if (wait == null && after != null) {
      wait = seconds(after, 1);
      wait = wait == null ? untilDate(after) : wait;
    }
    if (wait == null && kind == FailureKind.RATE_LIMITED) {
      wait = untilReset(headers);
      wait = wait == null ? said(message) : wait;
    }
    return wait;
  }

  /// `text` as a number of seconds, each in `parts` parts; null when it is none.
  private static @Nullable Duration seconds(String text, int parts) {
    try {
      double amount = Double.parseDouble(text.strip()) / parts;
      return amount >= 0 && amount < Integer.MAX_VALUE
          ? Duration.ofMillis(Math.round(amount * 1_000))
          : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private @Nullable Duration untilDate(String text) {
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
      Duration wait = Duration.between(clock.instant(), then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// The reset of a limit with nothing remaining; the longest where none admits to that.
  private static @Nullable Duration untilReset(Headers headers) {
    Duration usedUp = null;
    Duration any = null;
    for (String limit : List.of("requests", "tokens")) {
      String reset = headers.first("x-ratelimit-reset-" + limit);
      Duration wait = reset == null ? null : duration(reset);
      any = longer(any, wait);
      if ("0".equals(headers.first("x-ratelimit-remaining-" + limit))) {
        usedUp = longer(usedUp, wait);
      }
    }
    return usedUp != null ? usedUp : any;
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? other : one;
  }

  private static @Nullable Duration said(String message) {
    Matcher matcher = SAID.matcher(message);
    return matcher.find() ? duration(matcher.group(1)) : null;
  }

  /// `6m0s`, `1.5s`, `2ms`, or a bare number of seconds; null for anything else.
  static @Nullable Duration duration(String text) {
    if (!DURATION.matcher(text).matches()) {
      return seconds(text, 1);
    }
    double millis = 0;
    Matcher amount = AMOUNT.matcher(text);
    while (amount.find()) {
      double unit =
          switch (amount.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
          };
      millis += Double.parseDouble(amount.group(1)) * unit;
    }
    return Duration.ofMillis(Math.round(millis));
  }
}
