// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.serve.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The bounded log of calls and their totals. Guarded by its monitor; a call is in it from the
/// moment it is answered and changes once, when it is over.
final class CallLog {
  private final int most;
  private final LinkedHashMap<Long, Call> calls = new LinkedHashMap<>();
  private final Map<String, Totals.Model> models = new HashMap<>();
  private long numbers;
  private long all;

  CallLog(int most) {
    this.most = most;
  }

  synchronized long nextNumber() {
    return ++numbers;
  }

  synchronized void add(Call call) {
    calls.put(call.number(), call);
    all++;
    if (calls.size() > most) {
      calls.remove(calls.firstEntry().getKey());
    }
    if (call.modelAnswered() != null) {
      models.merge(
          call.modelAnswered(),
          new Totals.Model(1, call.usage()),
          (one, other) ->
              new Totals.Model(one.calls() + other.calls(), one.usage().plus(other.usage())));
    }
  }

  synchronized void over(long number, Outcome outcome) {
    Call.Ending ending =
        switch (outcome.end()) {
          case FINISHED -> Call.Ending.FINISHED;
          case CUT -> Call.Ending.CUT;
          case ABANDONED -> Call.Ending.ABANDONED;
        };
    calls.computeIfPresent(
        number, (_, call) -> call.over(ending, outcome.pieces(), outcome.lasted()));
  }

  synchronized List<Call> calls() {
    return new ArrayList<>(calls.values());
  }

  synchronized Totals totals() {
    return new Totals(models, all);
  }

  synchronized void forget() {
    calls.clear();
    models.clear();
    all = 0;
  }
}
