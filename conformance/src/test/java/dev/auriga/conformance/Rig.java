// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.awaitility.Awaitility.await;

import dev.auriga.Assembler;
import dev.auriga.Orchestrator;
import dev.auriga.cli.SandboxConfig;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.KeyConfig;
import dev.auriga.config.Listen;
import dev.auriga.config.ProviderConfig;
import dev.auriga.gateway.Gateway;
import dev.auriga.gateway.Key;
import dev.auriga.gateway.metrics.Metrics;
import dev.auriga.gateway.transport.EventLoops;
import dev.auriga.gateway.transport.LoopTransport;
import dev.auriga.observe.LogObserver;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Sandbox;
import dev.auriga.sandbox.SandboxSettings;
import dev.auriga.sandbox.Simulated;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Simulated providers and event loops, on which gateways are started as `serve --sandbox` starts one.
///
/// Beside what `serve --sandbox` configures there are `gpt-4o-older`, the same model over Azure's path
/// with the deployment in it, `gpt-4o-responses`, the same over Responses whatever the client speaks,
/// `gpt-5`, which reasons, `gpt-5.6-terra`, which takes tools over Responses only, and
/// `gpt-5-codex`, which is called there only.
final class Rig implements AutoCloseable {
  /// The secret of the key that every gateway of a rig takes.
  static final String KEY = "conformance-key-5f1c9a";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Sandbox sandbox;
  private final EventLoops loops = EventLoops.start();

  private Rig(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  static Rig start() {
    return new Rig(Sandbox.start(SandboxSettings.forTests()));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /// What `serve --sandbox` configures and the two deployments more, on a free port.
  Config.Builder config() {
    return SandboxConfig.alone(sandbox).toBuilder()
        .listen(new Listen("127.0.0.1", 0))
        .key("tester", KeyConfig.of(new Secret(KEY)))
        .provider("azure-older", olderAzure())
        .deployment("gpt-4o-older", new DeploymentConfig("azure-older", "gpt-4o"))
        .deployment(
            "gpt-4o-responses",
            new DeploymentConfig("azure", "gpt-4o").withApi(DeploymentConfig.Api.RESPONSES))
        .deployment("gpt-5", "azure")
        .deployment("gpt-5.6-terra", "azure")
        .deployment("gpt-5-codex", "azure");
  }

  private ProviderConfig olderAzure() {
    return new ProviderConfig.AzureOpenAi(
        sandbox.address(Simulated.AZURE).toString(),
        "2024-10-21",
        new ProviderConfig.Auth.ApiKey(new Secret(sandbox.key(Simulated.AZURE))),
        false);
  }

  /// Starts a gateway in front of what `config` says.
  Running serve(Config config) {
    Records records = new Records();
    Metrics metrics = new Metrics();
    Orchestrator orchestrator =
        Orchestrator.of(
            config,
            Assembler.Parts.usual(new LoopTransport(loops))
                .withObservers(List.of(new LogObserver(), records, metrics)));
    List<Key> keys = new ArrayList<>();
    config.keys().forEach((name, said) -> keys.add(Key.of(name, said)));
    return new Running(orchestrator, Gateway.start(orchestrator, keys, loops, metrics), records);
  }

  /// All goes well from now on, and what was called is forgotten.
  void reset() {
    sandbox.faults().clear();
    sandbox.forget();
  }

  /// The calls since [#reset], once none of them is under way any more; fails when one stays open.
  List<Call> callsWhenQuiet() {
    return await("upstream exchanges closed")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            sandbox::calls,
            calls -> calls.stream().noneMatch(call -> call.ending() == Call.Ending.RUNNING));
  }

  @Override
  public void close() {
    loops.close();
    sandbox.close();
  }

  /// A gateway that takes requests, the orchestrator behind it, and what its observers were told.
  record Running(Orchestrator orchestrator, Gateway gateway, Records records)
      implements AutoCloseable {
    URI address() {
      return gateway.address();
    }

    @Override
    public void close() {
      gateway.close();
      orchestrator.close();
    }
  }
}
