// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

/// Every name of a metric and of a label, in one place.
///
/// What OpenTelemetry's GenAI conventions have a name for bears it (status Development, so they may
/// change: open-telemetry/semantic-conventions-genai, client metrics); the rest begins with
/// `auriga`. Prometheus writes dots as underscores and adds the unit and `_total`.
final class MetricNames {
  /// Requests of clients that have ended, by [#ROUTE], [#OPERATION] and [#ENDING].
  static final String REQUESTS = "auriga.requests";

  /// Requests sent beside a client's, whose answers nobody waits for, by [#ROUTE] and [#ENDING]. Their
  /// attempts, tokens and money are counted with all others.
  static final String SHADOWS = "auriga.shadows";

  /// From admission to the end of the answer, by [#ROUTE] and [#OPERATION].
  static final String DURATION = "gen_ai.client.operation.duration";

  /// From admission to the first meaningful event of a stream, by [#ROUTE] and [#OPERATION].
  static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

  /// What translations could not carry, by [#ROUTE] and [#REASON].
  static final String LOSSES = "auriga.losses";

  /// Calls to deployments, by [#DEPLOYMENT] and [#OUTCOME]: `answered` or a kind of failure.
  static final String ATTEMPTS = "auriga.attempts";

  /// Tokens that providers counted, by [#DEPLOYMENT] and [#TOKEN_TYPE]; no token is in two types.
  static final String TOKENS = "auriga.tokens";

  /// Dollars, by [#DEPLOYMENT].
  static final String COST = "auriga.cost.usd";

  /// Answers without a price, by [#DEPLOYMENT].
  static final String UNPRICED = "auriga.unpriced";

  /// Seconds that are left of a deployment's cooldown, by [#DEPLOYMENT]; 0 while it is well.
  static final String COOLDOWN = "auriga.deployment.cooldown";

  /// Requests being answered now.
  static final String IN_FLIGHT = "auriga.requests.in_flight";

  /// Records of requests that are missing from the file of records, since the start.
  static final String RECORDS_LOST = "auriga.records.lost";

  static final String ROUTE = "auriga.route";
  static final String DEPLOYMENT = "auriga.deployment";
  static final String OPERATION = "gen_ai.operation.name";
  static final String ENDING = "auriga.ending";
  static final String OUTCOME = "auriga.outcome";
  static final String REASON = "auriga.loss";
  static final String TOKEN_TYPE = "gen_ai.token.type";

  private MetricNames() {}
}
