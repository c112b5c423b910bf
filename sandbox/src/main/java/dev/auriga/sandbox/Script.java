// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A script file in YAML: `seed`, `time-scale`, `faults` in the notation of the control port, and
/// providers that begin `down`. All parts may be left out.
record Script(
    @Nullable Long seed,
    @Nullable Double timeScale,
    List<FaultScript.Entry> faults,
    List<Simulated> down) {
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("seed", "time-scale", "faults", "down"));

  Script {
    faults = List.copyOf(faults);
    down = List.copyOf(down);
  }

  /// Reads a file; null is an empty script.
  ///
  /// @throws IllegalArgumentException if it cannot be read or says something unknown
  static Script read(@Nullable Path file) {
    if (file == null) {
      return new Script(null, null, List.of(), List.of());
    }
    try {
      return read(YAMLMapper.builder().build().readTree(Files.readString(file)));
    } catch (java.io.IOException | JacksonException | IllegalArgumentException problem) {
      throw new IllegalArgumentException("script " + file + ": " + problem.getMessage(), problem);
    }
  }

  private static Script read(JsonNode root) {
    for (String key : root.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "unknown key \"" + key + "\"; known are " + String.join(", ", KEYS));
      }
    }
    List<FaultScript.Entry> faults = new ArrayList<>();
    root.path("faults").forEach(fault -> faults.add(FaultScript.Entry.read(fault)));
    List<Simulated> down = new ArrayList<>();
    root.path("down").forEach(provider -> down.add(Simulated.of(provider.asString(""))));
    Long seed = root.path("seed").isIntegralNumber() ? (Long) root.path("seed").asLong() : null;
    Double timeScale =
        root.path("time-scale").isNumber() ? (Double) root.path("time-scale").asDouble() : null;
    return new Script(seed, timeScale, faults, down);
  }
}
