// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.observe.Observer;
import dev.auriga.observe.RequestRecord;
import org.jspecify.annotations.Nullable;

/// The records an orchestrator keeps: the newest in memory, and all in a file where there is one.
/// Thread-safe.
public final class Records implements Observer, AutoCloseable {
  private final RecentRecords recent;
  private final @Nullable RecordLog log;

  /// Keeps at most `inMemory` records; `file` is absent where none is written.
  public Records(int inMemory, RecordLog.@Nullable Settings file) {
    this.recent = new RecentRecords(inMemory);
    this.log = file == null ? null : new RecordLog(file);
  }

  @Override
  public void ended(RequestRecord request) {
    recent.ended(request);
    if (log != null) {
      log.ended(request);
    }
  }

  @Override
  public boolean wantsTasks() {
    return log != null && log.wantsTasks();
  }

  /// The record of request `id`, null when it is not among the newest.
  public @Nullable RequestRecord of(String id) {
    return recent.of(id);
  }

  /// How many records are missing from the file since the start; 0 without one.
  public long lost() {
    return log == null ? 0 : log.lost();
  }

  /// Returns when everything that was told is written.
  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }
}
