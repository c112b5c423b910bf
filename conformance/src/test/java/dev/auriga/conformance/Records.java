// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import dev.auriga.observe.Observer;
import dev.auriga.observe.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Collects what an orchestrator records.
final class Records implements Observer {
  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<RequestRecord> told = new LinkedBlockingQueue<>();

  @Override
  public void ended(RequestRecord request) {
    told.add(request);
  }

  /// The next record, waited for: a client may have its answer before it is recorded.
  RequestRecord next() throws InterruptedException {
    RequestRecord record = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (record == null) {
      throw new AssertionError("no request was recorded within " + PATIENCE_SECONDS + " s");
    }
    return record;
  }

  /// Every record that has come and was not taken.
  List<RequestRecord> rest() {
    List<RequestRecord> rest = new ArrayList<>();
    told.drainTo(rest);
    return rest;
  }
}
