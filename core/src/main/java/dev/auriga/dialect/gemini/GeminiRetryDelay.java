// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.dialect.Headers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How long Google asks to wait: `RetryInfo` in the body, a header, or a sentence in the message.
///
/// Sources: `google.rpc.RetryInfo` (a proto JSON duration such as `34.4s`); RFC 9110, section
/// 10.2.3 (`retry-after` as seconds or as a date, here measured from the answer's own `date`).
final class GeminiRetryDelay {
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s?");
  private static final Pattern SENTENCE =
      Pattern.compile("retry in (\\d{1,9}(?:\\.\\d{1,20})?)s", Pattern.CASE_INSENSITIVE);

  private GeminiRetryDelay() {}

  static @Nullable Duration read(Headers headers, JsonNode error, String message) {
    for (JsonNode detail : error.path("details")) {
      Duration stated = seconds(detail.path("retryDelay").asString(""));
      if (stated != null) {
        return stated;
      }
    }
    String header = headers.first("retry-after");
    if (header != null) {
      Duration stated = seconds(header.strip());
      return stated != null ? stated : untilDate(header.strip(), headers.first("date"));
    }
    Matcher sentence = SENTENCE.matcher(message);
    return sentence.find() ? ofSeconds(sentence.group(1)) : null;
  }

  private static @Nullable Duration seconds(String text) {
    Matcher stated = SECONDS.matcher(text);
    return stated.matches() ? ofSeconds(stated.group(1)) : null;
  }

  private static Duration ofSeconds(String decimal) {
    return Duration.ofNanos(new BigDecimal(decimal).movePointRight(9).longValue());
  }

  private static @Nullable Duration untilDate(String date, @Nullable String now) {
    try {
      DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME;
      Duration wait =
          now == null
              ? Duration.ZERO
              : Duration.between(ZonedDateTime.parse(now.strip(), format), ZonedDateTime.parse(date, format));
      return now == null || wait.isNegative() ? null : wait;
    } catch (DateTimeException notADate) {
      return null;
    }
  }
}
