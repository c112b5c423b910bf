// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a sandbox is started: the first of seven consecutive ports (the providers in the order of
/// [Simulated], then the control port; 0 = any free ports), the seed of all answers and waits, the
/// factor on all waits (0 = none), how many calls the log keeps, and a script file to begin with.
public record SandboxSettings(
    int basePort, long seed, double timeScale, int loggedCalls, @Nullable Path script) {
  private static final int LOGGED_CALLS = 10_000;

  public SandboxSettings {
    if (basePort < 0 || basePort > 65_535 - Simulated.values().length) {
      throw new IllegalArgumentException("base port out of range: " + basePort);
    }
    if (!(timeScale >= 0) || Double.isInfinite(timeScale)) {
      throw new IllegalArgumentException("time scale must be 0 or more: " + timeScale);
    }
    if (loggedCalls < 1) {
      throw new IllegalArgumentException("the log must keep at least one call, not " + loggedCalls);
    }
  }

  /// Any ports, seed 1, no waiting, no script.
  public static SandboxSettings forTests() {
    return new SandboxSettings(0, 1, 0, LOGGED_CALLS, null);
  }

  /// The same from that port on.
  public SandboxSettings withBasePort(int port) {
    return new SandboxSettings(port, seed, timeScale, loggedCalls, script);
  }

  /// The same with that seed.
  public SandboxSettings withSeed(long newSeed) {
    return new SandboxSettings(basePort, newSeed, timeScale, loggedCalls, script);
  }

  /// The same with waits multiplied by that factor.
  public SandboxSettings withTimeScale(double factor) {
    return new SandboxSettings(basePort, seed, factor, loggedCalls, script);
  }

  /// The same keeping that many calls in the log.
  public SandboxSettings withLoggedCalls(int calls) {
    return new SandboxSettings(basePort, seed, timeScale, calls, script);
  }

  /// The same beginning with a script file.
  public SandboxSettings withScript(Path file) {
    return new SandboxSettings(basePort, seed, timeScale, loggedCalls, file);
  }
}
