// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long an error reply asks to wait.
///
/// In this order: `retry-after-ms`, `retry-after` in seconds or as an HTTP date, on a 429 the
/// `anthropic-ratelimit-*-reset` of the buckets that are empty (else the earliest of all), and the
/// "in N seconds" of Azure API Management's message.
/// Source: Anthropic API reference, Rate limits (response headers); RFC 9110, section 10.2.3.
final class AnthropicRetryAfter {
  private static final String BUCKET = "anthropic-ratelimit-";
  private static final String RESET = "-reset";
  private static final Pattern SECONDS_IN_TEXT = Pattern.compile("(?:in|after) (\\d{1,6}) seconds?");

  private final Headers headers;
  private final Instant now;

  AnthropicRetryAfter(Headers headers, Instant now) {
    this.headers = headers;
    this.now = now;
  }

  @Nullable Duration read(int status, String message) {
    Duration wait = millis(headers.first("retry-after-ms"), 1);
    if (wait == null) {
      wait = secondsOrDate(headers.first("retry-after"));
    }
    if (wait == null && status == 429) {
      wait = untilReset();
    }
    return wait == null && status == 429 ? inText(message) : wait;
  }

  private static @Nullable Duration millis(@Nullable String number, long millisEach) {
    if (number == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(number.strip());
      return value >= 0 && value < 1e9 ? Duration.ofMillis(Math.round(value * millisEach)) : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  private @Nullable Duration secondsOrDate(@Nullable String value) {
    Duration seconds = millis(value, 1000);
    if (seconds != null || value == null) {
      return seconds;
    }
    try {
      return until(
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  private @Nullable Duration untilReset() {
    List<Instant> all = new ArrayList<>();
    List<Instant> ofEmpty = new ArrayList<>();
    for (Headers.Field field : headers.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!name.startsWith(BUCKET) || !name.endsWith(RESET)) {
        continue;
      }
      try {
        Instant reset = OffsetDateTime.parse(field.value().strip()).toInstant();
        all.add(reset);
        String remaining =
            headers.first(name.substring(0, name.length() - RESET.length()) + "-remaining");
        if ("0".equals(remaining)) {
          ofEmpty.add(reset);
        }
      } catch (DateTimeException notADate) {
        // The bucket says nothing usable; others may.
      }
    }
    if (!ofEmpty.isEmpty()) {
      return until(Collections.max(ofEmpty));
    }
    return all.isEmpty() ? null : until(Collections.min(all));
  }

  private static @Nullable Duration inText(String message) {
    Matcher seconds = SECONDS_IN_TEXT.matcher(message);
    return seconds.find() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : null;
  }

  private Duration until(Instant moment) {
    return moment.isBefore(now) ? Duration.ZERO : Duration.between(now, moment);
  }
}
