// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.completion.Secret;
import dev.auriga.gateway.Gateway;
import dev.auriga.gateway.Key;
import dev.auriga.gateway.metrics.Metrics;
import dev.auriga.gateway.tokens.TableEstimator;
import dev.auriga.gateway.transport.EventLoops;
import dev.auriga.gateway.transport.LoopTransport;
import dev.auriga.observe.LogObserver;
import dev.auriga.sandbox.SandboxSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gateway that serves, with everything under it; closing lets answers under way finish and takes
/// it down from the top.
record Serving(EventLoops loops, Setting.Running running, Gateway gateway) implements AutoCloseable {

  /// Starts what `setting` says, with `admin` as a key beside the configured ones; `port` replaces
  /// the configured one where it is given.
  static Serving start(
      Setting setting, SandboxSettings simulated, @Nullable Integer port, Secret admin) {
    EventLoops loops = EventLoops.start();
    Setting.Running running = null;
    try {
      Metrics metrics = new Metrics();
      Assembler.Parts parts =
          Assembler.Parts.usual(new LoopTransport(loops))
              .withObservers(List.of(new LogObserver(), metrics))
              .withTokens(new TableEstimator());
      running = setting.start(parts, simulated, port);
      return new Serving(
          loops, running, Gateway.start(running.orchestrator(), keys(running, admin), loops, metrics));
    } catch (RuntimeException failed) {
      if (running != null) {
        running.close();
      }
      loops.close();
      throw failed;
    }
  }

  private static List<Key> keys(Setting.Running running, Secret admin) {
    List<Key> keys = new ArrayList<>();
    keys.add(Key.admin(admin));
    running.orchestrator().config().keys().forEach((name, said) -> keys.add(Key.of(name, said)));
    return keys;
  }

  @Override
  public void close() {
    gateway.close();
    running.close();
    loops.close();
  }
}
