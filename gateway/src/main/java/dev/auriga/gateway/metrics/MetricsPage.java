// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import dev.auriga.gateway.transport.EventLoops;
import java.nio.charset.StandardCharsets;

/// The page `/metrics`, in Prometheus' text format.
///
/// Source: Prometheus documentation, Exposition formats (text format 0.0.4).
public record MetricsPage(Metrics metrics, EventLoops loops) {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// Writes the page away from the event loops, since that may take more time than a request's thread
  /// may keep its loop from others.
  public byte[] written() throws InterruptedException {
    try {
      return loops.offload(() -> metrics.text().getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException | RuntimeException thrown) {
      throw thrown;
    } catch (Exception fault) {
      throw new IllegalStateException("the metrics could not be written", fault);
    }
  }
}
