// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.fault.Fault;
import dev.auriga.sandbox.fault.Notation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The faults that are still to come, in the order they were scripted. Guarded by its monitor.
final class FaultScript {
  /// As often as it is asked for, until cleared.
  static final int ALWAYS = -1;

  private static final Set<String> BESIDE = Set.of("provider", "model", "times");

  private final List<Entry> entries = new ArrayList<>();

  /// A fault on a provider, perhaps of one model only, so many times more.
  record Entry(Simulated provider, @Nullable String model, int times, Fault fault) {
    Entry {
      if (times != ALWAYS && times < 1) {
        throw new IllegalArgumentException(
            "a fault happens at least once, not " + times + " times");
      }
    }

    /// An entry in the notation of the control port and of script files.
    static Entry read(JsonNode node) {
      if (!node.isObject()) {
        throw new IllegalArgumentException(
            "a fault is an object such as {\"provider\": \"foundry\", \"fault\": \"reset\"}");
      }
      Simulated provider = Simulated.of(node.path("provider").asString(""));
      String model = node.path("model").asString(null);
      JsonNode times = node.path("times");
      if (!times.isMissingNode() && !times.isIntegralNumber()) {
        throw new IllegalArgumentException(
            "\"times\" must be a whole number; leave it out for until cleared");
      }
      return new Entry(provider, model, times.asInt(ALWAYS), Notation.read(node, BESIDE));
    }

    boolean concerns(Simulated asked, @Nullable String modelAsked) {
      return provider == asked && (model == null || model.equals(modelAsked));
    }

    Entry onceLess() {
      return new Entry(provider, model, times - 1, fault);
    }
  }

  synchronized void add(Entry entry) {
    entries.add(entry);
  }

  /// The fault for this call, used up once; null when the call is to go well.
  synchronized @Nullable Fault take(Simulated provider, @Nullable String model) {
    for (int index = 0; index < entries.size(); index++) {
      Entry entry = entries.get(index);
      if (entry.concerns(provider, model)) {
        if (entry.times() == 1) {
          entries.remove(index);
        } else if (entry.times() != ALWAYS) {
          entries.set(index, entry.onceLess());
        }
        return entry.fault();
      }
    }
    return null;
  }

  synchronized List<Entry> pending() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized void clear(Simulated provider) {
    for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
      if (all.next().provider() == provider) {
        all.remove();
      }
    }
  }
}
