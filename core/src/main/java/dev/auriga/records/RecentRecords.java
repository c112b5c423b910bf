// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.observe.Observer;
import dev.auriga.observe.RequestRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest records, in memory; the oldest are forgotten first.
///
/// Thread-safe; every method takes the object's lock and no other.
public final class RecentRecords implements Observer {
  private final Map<String, RequestRecord> records;

  /// Keeps at most `most` of them, 0 for none.
  public RecentRecords(int most) {
    this.records =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, RequestRecord> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public synchronized void ended(RequestRecord request) {
    records.put(request.id(), request.withoutProvidersWords());
  }

  /// The record of request `id`; null when there is none, or none any more.
  public synchronized @Nullable RequestRecord of(String id) {
    return records.get(id);
  }
}
