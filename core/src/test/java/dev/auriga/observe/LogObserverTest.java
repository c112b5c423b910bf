// SPDX-License-Identifier: Apache-2.0
package dev.auriga.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.observe.RequestRecord.Attempt;
import dev.auriga.observe.RequestRecord.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogObserverTest {
  private static String line(String route, Ending ending, List<Attempt> attempts, String detail) {
    return LogObserver.line(record(route, ending, attempts, List.of(), detail));
  }

  private static RequestRecord record(
      String route, Ending ending, List<Attempt> attempts, List<Loss> losses, @Nullable String detail) {
    return new RequestRecord(
        "req_1", null, Instant.EPOCH, "dev", Operation.COMPLETION, route, null, false, ending, null, "", attempts, null, null,
        losses, 0, List.of(), null, Duration.ofMillis(3), null, detail);
  }

  @Test
  void losses_areNamedUpToALength_andCountedBeyond() {
    List<Loss> losses =
        IntStream.range(0, 5_000).mapToObj(i -> new Loss(Loss.Reason.FOREIGN_FIELD, "field_" + i)).toList();
    RequestRecord record = record("auto", Ending.COMPLETED, List.of(), losses, null);
    String line = LogObserver.line(record);

    assertThat(record.losses()).isEqualTo(losses.subList(0, 100));
    assertThat(record.moreLosses()).isEqualTo(4_900);
    assertThat(line).contains("lost foreign-field:field_0, foreign-field:field_1, ").hasSizeLessThan(1_200);
    long named = line.split("foreign-field:", -1).length - 1;
    assertThat(line).endsWith(", +" + (5_000 - named) + " more");
  }

  @Test
  void aRoutesName_cannotBeginALineOfItsOwn() {
    assertThat(line("auto\r\nreq_2 completed\u2028", Ending.REFUSED, List.of(), "no route \"auto\r\n\""))
        .isEqualTo("req_1 refused · auto??req_2 completed? · 0 attempts · 3 ms · no route \"auto??\"");
  }

  @Test
  void aProvidersWords_areLeftOut_becauseTheyMayQuoteTheRequest() {
    Failure quoting = Failure.of(FailureKind.INVALID, 400, "Invalid value: \"my diagnosis is\"");
    Attempt attempt = 
        new Attempt(
            1, "gemini-2.5-pro", Duration.ZERO, Duration.ZERO, RequestRecord.Outcome.FAILED, quoting, null, null);
    assertThat(line("auto", Ending.FAILED, List.of(attempt), quoting.detail()))
        .isEqualTo("req_1 failed · auto · 1 attempt, gemini-2.5-pro invalid · 3 ms");
    assertThat(line("auto", Ending.FAILED, List.of(), "the request's deadline has passed"))
        .as("our own words").endsWith(" · the request's deadline has passed");
  }
}
