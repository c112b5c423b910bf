// SPDX-License-Identifier: Apache-2.0
///
/// What an operator watches: counts and times of requests, attempts, tokens, money and losses, kept by
/// [Metrics] from the records of the engine and told by [MetricsPage] in Prometheus' text format.
/// Every name is in [MetricNames].
@NullMarked
package dev.auriga.gateway.metrics;

import org.jspecify.annotations.NullMarked;
