// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Operation;
import dev.auriga.observe.RequestRecord;
import dev.auriga.observe.RequestRecord.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static RequestRecord ended(String id, String shadowOf) {
    return new RequestRecord(
        id, shadowOf, Instant.EPOCH, "dev", Operation.COMPLETION, "auto", null, false, Ending.COMPLETED,
        null, "", List.of(), null, null, List.of(), 0, List.of(), null, Duration.ofMillis(3), null, null);
  }

  @Test
  void whatIsSentBesideARequest_isNoRequestOfAClients() {
    Metrics metrics = new Metrics();
    metrics.ended(ended("r1", null));
    metrics.ended(ended("r1-shadow", "r1"));
    metrics.ended(ended("r2-shadow", "r2"));
    assertThat(metrics.text().lines())
        .contains(
            "auriga_requests_total{auriga_ending=\"completed\",auriga_route=\"other\",gen_ai_operation_name=\"completion\"} 1.0",
            "auriga_shadows_total{auriga_ending=\"completed\",auriga_route=\"other\"} 2.0",
            "gen_ai_client_operation_duration_seconds_count{auriga_route=\"other\",gen_ai_operation_name=\"completion\"} 1");
  }
}
