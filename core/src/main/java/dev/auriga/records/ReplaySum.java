// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.records.Replayed.Change;
import dev.auriga.records.Replayed.Expense;
import java.util.EnumMap;
import java.util.Map;

/// What a replay comes to. For one thread.
public final class ReplaySum {
  private final Map<Change, Integer> changes = new EnumMap<>(Change.class);
  private int records;
  private int exact;
  private int priced;
  private int unpriced;
  private long thenMicros;
  private long nowMicros;

  public void add(Replayed replayed) {
    records++;
    exact += replayed.isExact() ? 1 : 0;
    changes.merge(replayed.change(), 1, Integer::sum);
    Expense expense = replayed.expense();
    if (expense != null && expense.isPriced()) {
      priced++;
      thenMicros = Math.addExact(thenMicros, expense.then().orElseThrow());
      nowMicros = Math.addExact(nowMicros, expense.now().orElseThrow());
    } else if (expense != null) {
      unpriced++;
    }
  }

  public int records() {
    return records;
  }

  /// How many were decided the same, bit for bit.
  public int exact() {
    return exact;
  }

  public int of(Change change) {
    return changes.getOrDefault(change, 0);
  }

  /// How many are decided otherwise in what is done: who is asked, in what order, who is left out, or
  /// whether it is served at all.
  public int changed() {
    return records - of(Change.NONE) - of(Change.TASK_UNKNOWN) - of(Change.UNDECIDED);
  }

  /// Of the requests that ask another deployment first, how many have a price then and now.
  public int priced() {
    return priced;
  }

  /// How many of them have tokens, but no price then or now.
  public int unpriced() {
    return unpriced;
  }

  /// What the priced ones cost, in millionths of a dollar.
  public long thenMicros() {
    return thenMicros;
  }

  /// What the same tokens cost now.
  public long nowMicros() {
    return nowMicros;
  }
}
