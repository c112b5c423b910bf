// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One test of a policy: in such a situation such a decision is expected.
///
/// @param line where it stands in its file, from 1
public record PolicyCase(
    String name, int line, Asked asked, Said said, Known known, List<Expectation> expectations) {

  public PolicyCase {
    expectations = List.copyOf(expectations);
  }

  /// What the request is.
  ///
  /// @param prompt the last text of the user's; empty where the case names the task instead
  /// @param carries what it has beside text
  /// @param tokens about how many it has: a body of four bytes for each, as estimates take them
  public record Asked(
      String route,
      String prompt,
      Set<Modality> carries,
      boolean streamed,
      boolean tools,
      Outline.Form form,
      @Nullable Integer maxTokens,
      int tokens) {
    public Asked {
      carries = Set.copyOf(carries);
    }
  }

  /// What is said beside it.
  ///
  /// @param key the configured key that is shown, absent for one that may do everything
  /// @param maxCost in millionths of a dollar
  public record Said(
      @Nullable String key,
      @Nullable Task task,
      boolean highVolume,
      Fidelity fidelity,
      Set<String> regions,
      @Nullable Long maxCost,
      @Nullable String session) {
    public Said {
      regions = Set.copyOf(regions);
    }
  }

  /// What is known of the deployments, and what is drawn by.
  ///
  /// @param cooling those that cool down
  /// @param speeds how fast they answered lately: to the first token and to the end alike
  /// @param held the one that has the session
  /// @param at the moment, by which prices are looked up; absent for now
  public record Known(
      Set<String> cooling, Map<String, Duration> speeds, @Nullable String held, @Nullable Instant at, long seed) {
    public Known {
      cooling = Set.copyOf(cooling);
      speeds = Map.copyOf(speeds);
    }
  }

  /// One thing that is expected; `line` is where it stands.
  public sealed interface Expectation {
    int line();

    /// It is classified so.
    record OfTask(int line, Task task) implements Expectation {}

    /// This one is asked first.
    record Served(int line, String deployment) implements Expectation {}

    /// These are asked, in this order, and no other.
    record Order(int line, List<String> deployments) implements Expectation {
      public Order {
        deployments = List.copyOf(deployments);
      }
    }

    /// This one is left out, with a reason that has `why` in it.
    record Excluded(int line, String deployment, String why) implements Expectation {}

    /// It is refused, with a reason that has `why` in it.
    record Refused(int line, String why) implements Expectation {}
  }
}
