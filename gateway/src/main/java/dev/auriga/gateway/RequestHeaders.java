// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Nearest;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Task;
import dev.auriga.dialect.Headers;
import dev.auriga.engine.Caller;
import dev.auriga.provider.PassedHeaders;
import dev.auriga.route.Hints;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a client says beside the body: `x-auriga-task`, `x-auriga-high-volume`, `x-auriga-session`,
/// `x-auriga-region`, `x-auriga-max-cost`, `x-auriga-max-attempts`, `x-auriga-fidelity`,
/// `x-auriga-deadline`, and the headers that go on to a provider of its own dialect.
record RequestHeaders(Headers headers) {
  private static final int LONGEST_SESSION = 256;
  private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]?");
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m)");

  /// Throws a [Refusal] when the body is said to be something else than JSON, or packed.
  void requireJson() {
    String type = headers.first("content-type");
    if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Refusal(
          Refusal.Kind.UNSUPPORTED_MEDIA,
          "the body is said to be \"%s\"; send application/json".formatted(type));
    }
    String encoding = headers.first("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Refusal(
          Refusal.Kind.UNSUPPORTED_MEDIA,
          "content-encoding \"%s\" is not understood; send the body as it is".formatted(encoding));
    }
  }

  /// What may go on to a provider of the client's dialect; which does, is the provider's affair.
  Headers passed() {
    return PassedHeaders.candidates(headers);
  }

  /// @param regions the region tags there are
  Hints hints(Caller caller, Set<String> regions) {
    String task = headers.first("x-auriga-task");
    boolean highVolume = caller.highVolume() || isSet("x-auriga-high-volume");
    return new Hints(task == null ? null : task(task), highVolume)
        .keeping(fidelity())
        .within(maxCost())
        .in(regions(regions))
        .inSession(session());
  }

  private @Nullable Long maxCost() {
    String value = headers.first("x-auriga-max-cost");
    if (value == null) {
      return null;
    }
    if (!DOLLARS.matcher(value).matches()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "x-auriga-max-cost is an amount of US dollars such as 0.05, not \"%s\"".formatted(value),
          "x-auriga-max-cost");
    }
    return new BigDecimal(value).movePointRight(6).longValueExact();
  }

  /// One tag or several, with commas; a client may ask for fewer than its key allows, not for more.
  private Set<String> regions(Set<String> known) {
    String value = headers.first("x-auriga-region");
    if (value == null) {
      return Set.of();
    }
    Set<String> asked = new TreeSet<>();
    for (String each : value.split(",", -1)) {
      String tag = each.strip();
      if (!known.contains(tag)) {
        String advice = Nearest.advice(tag, known);
        throw new Refusal(
            Refusal.Kind.INVALID,
            "x-auriga-region: no deployment is in region \"%s\"; %s"
                .formatted(tag, advice == null ? "none has a region" : advice),
            "x-auriga-region");
      }
      asked.add(tag);
    }
    return asked;
  }

  private @Nullable String session() {
    String value = headers.first("x-auriga-session");
    if (value != null && (value.isBlank() || value.length() > LONGEST_SESSION)) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "x-auriga-session has 1 to %d characters".formatted(LONGEST_SESSION),
          "x-auriga-session");
    }
    return value;
  }

  private Fidelity fidelity() {
    String value = headers.first("x-auriga-fidelity");
    return value == null
        ? Fidelity.REPORT
        : Fidelity.of(value)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Kind.INVALID,
                        "x-auriga-fidelity is %s, not \"%s\""
                            .formatted(String.join(" or ", Fidelity.names()), value),
                        "x-auriga-fidelity"));
  }

  private static Task task(String named) {
    return Task.of(named)
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Kind.INVALID,
                    "there is no task \"%s\"; there are %s"
                        .formatted(
                            named,
                            Arrays.stream(Task.values())
                                .map(Task::token)
                                .collect(Collectors.joining(", "))),
                    "x-auriga-task"));
  }

  private boolean isSet(String name) {
    String value = headers.first(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw new Refusal(
        Refusal.Kind.INVALID, "%s is true or false, not \"%s\"".formatted(name, value), name);
  }

  /// What the client allows the request to take.
  Orchestrator.Bounds bounds() {
    return new Orchestrator.Bounds(deadline(), attempts());
  }

  private @Nullable Integer attempts() {
    String value = headers.first("x-auriga-max-attempts");
    if (value == null) {
      return null;
    }
    if (!COUNT.matcher(value).matches()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "x-auriga-max-attempts is a whole number from 1 to 99, not \"%s\"".formatted(value),
          "x-auriga-max-attempts");
    }
    return Integer.valueOf(value);
  }

  private @Nullable Duration deadline() {
    String value = headers.first("x-auriga-deadline");
    if (value == null) {
      return null;
    }
    Matcher read = DURATION.matcher(value);
    if (!read.matches()) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "x-auriga-deadline is a duration such as 800ms, 30s or 2m, not \"%s\"".formatted(value),
          "x-auriga-deadline");
    }
    long unit = read.group(2).equals("ms") ? 1 : read.group(2).equals("s") ? 1_000 : 60_000;
    BigDecimal millis = new BigDecimal(read.group(1)).multiply(BigDecimal.valueOf(unit));
    return Duration.ofMillis(
        millis.min(BigDecimal.valueOf(Duration.ofDays(1).toMillis())).longValue());
  }
}
