// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The page `/metrics`, in Prometheus' text format.
///
/// Source: Prometheus documentation, Exposition formats (text format 0.0.4).
public record MetricsPage(Metrics metrics) {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// Writes the page on a thread of its own, since that may take more time than a request's thread
  /// may keep its event loop from others.
  public byte[] written() throws InterruptedException {
    FutureTask<byte[]> page =
        new FutureTask<>(() -> metrics.text().getBytes(StandardCharsets.UTF_8));
    Thread.ofPlatform().daemon().name("auriga-metrics").start(page);
    try {
      return page.get();
    } catch (ExecutionException fault) {
      throw new IllegalStateException("the metrics could not be written", fault.getCause());
    }
  }
}
