// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// How long a client is told to wait, and in which of the three forms clients meet.
public record RetryAfter(Duration delay, Form form) {

  /// The header and notation that carries the wait.
  public enum Form {
    /// `retry-after: 2`, rounded up.
    SECONDS,
    /// `retry-after-ms: 1500`.
    MILLISECONDS,
    /// `retry-after: Wed, 21 Oct 2026 07:28:00 GMT`.
    DATE
  }

  /// The header that says it.
  public Map<String, String> header() {
    return switch (form) {
      case SECONDS -> Map.of("retry-after", Long.toString((delay.toMillis() + 999) / 1000));
      case MILLISECONDS -> Map.of("retry-after-ms", Long.toString(delay.toMillis()));
      case DATE ->
          Map.of(
              "retry-after",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  ZonedDateTime.now(ZoneOffset.UTC).plus(delay)));
    };
  }
}
