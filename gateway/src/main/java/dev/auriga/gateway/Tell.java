// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Problem;
import dev.auriga.engine.Journey;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.ledger.Cost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How answers are told over HTTP: Auriga's own header fields, and problems.
final class Tell {
  static final Problem OWN_FAULT =
      new Problem(
          Problem.Kind.INTERNAL, "a fault of Auriga's own; its log says more", null, null, null);

  /// Servers before clients take heads of 4 KiB at the least (nginx, `proxy_buffer_size`).
  private static final int LONGEST_LOSSES = 1_500;

  private Tell() {}

  /// The fields of an answer for which nothing was routed: no route, no attempt.
  static Headers aside(String requestId) {
    return aside(requestId, "-");
  }

  /// The fields of an answer that only tells of `route`.
  static Headers aside(String requestId, String route) {
    return aside("application/json", requestId, route);
  }

  static Headers aside(String contentType, String requestId, String route) {
    return Headers.of(
        "content-type", contentType,
        "x-auriga-request", requestId,
        "x-auriga-route", visible(route),
        "x-auriga-attempts", "0");
  }

  /// The fields of an answer that has to begin before anybody has answered: who will is not known.
  static Headers early(Journey journey, String contentType) {
    return Headers.of(
        "content-type", contentType,
        "x-auriga-request", journey.id(),
        "x-auriga-route", visible(journey.route()));
  }

  /// The fields every answer to a journey carries; the cost is there once it is settled.
  static Headers headers(Journey journey, String contentType) {
    List<Headers.Field> fields = new ArrayList<>(8);
    fields.add(new Headers.Field("content-type", contentType));
    fields.add(new Headers.Field("x-auriga-request", journey.id()));
    fields.add(new Headers.Field("x-auriga-route", visible(journey.route())));
    String servedBy = journey.servedBy();
    if (servedBy != null) {
      fields.add(new Headers.Field("x-auriga-served-by", visible(servedBy)));
    }
    fields.add(new Headers.Field("x-auriga-attempts", Integer.toString(journey.attemptCount())));
    switch (journey.cost()) {
      case null -> {}
      case Cost.Priced priced -> fields.add(new Headers.Field("x-auriga-cost-usd", priced.usd()));
      case Cost.Unpriced _ -> fields.add(new Headers.Field("x-auriga-cost-usd", "unpriced"));
    }
    if (!journey.losses().isEmpty()) {
      fields.add(
          new Headers.Field("x-auriga-loss", visible(Loss.line(journey.losses(), 0, LONGEST_LOSSES))));
    }
    fields.addAll(journey.limits().fields());
    return Headers.of(fields);
  }

  /// `text` as a header value may be: printable ASCII, anything else as `?`.
  private static String visible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return text.codePoints()
            .map(each -> each < ' ' || each > '~' ? '?' : each)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  /// Tells `problem` in `dialect`: as an answer of its own, or as the end of a stream whose head
  /// has already gone out with a sign of life.
  static void problem(Exchange exchange, Dialect dialect, Problem problem, Headers headers)
      throws InterruptedException {
    Headers all = headers;
    Duration wait = problem.retryAfter();
    if (wait != null) {
      all = all.with("retry-after", Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000)));
    }
    exchange.reply(dialect.statusOf(problem), all, dialect.writeProblem(problem.of(headers.first("x-auriga-request"))));
  }
}
