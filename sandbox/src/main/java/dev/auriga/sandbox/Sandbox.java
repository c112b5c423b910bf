// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.anthropic.Anthropic;
import dev.auriga.sandbox.fault.Pace;
import dev.auriga.sandbox.fault.Staging;
import dev.auriga.sandbox.gemini.Gemini;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.openai.OpenAi;
import dev.auriga.sandbox.openrouter.OpenRouter;
import dev.auriga.sandbox.protocol.Provider;
import dev.auriga.sandbox.serve.Loops;
import dev.auriga.sandbox.serve.Port;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Six simulated providers, each on its own loopback port, and a control port.
///
/// Safe for use by many threads. Closing it closes all ports and connections.
public final class Sandbox implements AutoCloseable {
  private static final String ENTRA_TOKEN = "sandbox-entra-token";
  private static final int MOST_LOOPS = 2;

  private final SandboxSettings settings;
  private final FaultScript script = new FaultScript();
  private final CallLog log;
  private final Loops loops;
  private final Map<Simulated, Provider> providers = new EnumMap<>(Simulated.class);
  private final Map<Simulated, Port> ports = new EnumMap<>(Simulated.class);
  private final Port control;

  private Sandbox(SandboxSettings settings, Script first) {
    this.settings = settings;
    this.log = new CallLog(settings.loggedCalls());
    this.loops = new Loops(Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));
    try {
      Mind mind = new Mind(settings.seed());
      int number = settings.basePort();
      for (Simulated simulated : Simulated.values()) {
        Provider provider = provider(simulated, mind);
        Staging staging =
            new Staging(
                provider, new Pace(settings.seed(), settings.timeScale(), simulated.label()));
        providers.put(simulated, provider);
        Desk desk = new Desk(simulated, provider, staging, script, log);
        ports.put(simulated, Port.open(loops, number, desk));
        number = number == 0 ? 0 : number + 1;
      }
      this.control = Port.open(loops, number, new Control(this, script));
      first.faults().forEach(script::add);
      first.down().forEach(this::down);
    } catch (RuntimeException failure) {
      loops.close();
      throw failure;
    }
  }

  /// Starts a sandbox on any free ports, with seed 1 and no waiting.
  public static Sandbox start() {
    return start(SandboxSettings.forTests());
  }

  /// Starts a sandbox. What the script file says of seed and time scale goes before the settings.
  ///
  /// @throws IllegalArgumentException if the script file is not understood
  /// @throws IllegalStateException if a port is taken
  public static Sandbox start(SandboxSettings settings) {
    Script first = Script.read(settings.script());
    SandboxSettings seeded = first.seed() == null ? settings : settings.withSeed(first.seed());
    SandboxSettings scaled =
        first.timeScale() == null ? seeded : seeded.withTimeScale(first.timeScale());
    return new Sandbox(scaled, first);
  }

  private Provider provider(Simulated simulated, Mind mind) {
    return switch (simulated) {
      case ANTHROPIC -> Anthropic.firstParty(key(simulated), mind);
      case FOUNDRY -> Anthropic.inFoundry(key(simulated), ENTRA_TOKEN, mind);
      case OPENAI -> OpenAi.firstParty(key(simulated), mind);
      case AZURE -> OpenAi.inAzure(key(simulated), ENTRA_TOKEN, mind);
      case GEMINI -> new Gemini(key(simulated), mind);
      case OPENROUTER -> new OpenRouter(key(simulated), mind);
    };
  }

  /// How this sandbox was started, script file included.
  public SandboxSettings settings() {
    return settings;
  }

  /// The root of a provider's address, such as `http://127.0.0.1:41234`; of Foundry and Azure the
  /// resource's.
  public URI address(Simulated provider) {
    return loopback(port(provider));
  }

  /// The root of the control port's address.
  public URI controlAddress() {
    return loopback(control);
  }

  private static URI loopback(Port port) {
    return URI.create("http://127.0.0.1:" + port.number());
  }

  /// The API key a provider accepts.
  public String key(Simulated provider) {
    return "sandbox-key-" + provider.label();
  }

  /// The bearer token that Foundry and Azure accept.
  public String entraToken() {
    return ENTRA_TOKEN;
  }

  /// The names clients may put in `model` at this provider.
  public List<String> models(Simulated provider) {
    Provider known = providers.get(provider);
    return known == null ? List.of() : known.models();
  }

  /// Scripts what goes wrong.
  public Faults faults() {
    return new Faults(script);
  }

  /// The logged calls, oldest first. A call is there from the moment it is answered.
  public List<Call> calls() {
    return log.calls();
  }

  /// The logged calls of one provider, oldest first.
  public List<Call> calls(Simulated provider) {
    return log.calls().stream().filter(call -> call.provider() == provider).toList();
  }

  /// Forgets calls and totals.
  public void forget() {
    log.forget();
  }

  /// What all calls since the start, or since [#forget], came to.
  public Totals totals() {
    return log.totals();
  }

  /// Closes a provider's port and its connections.
  public void down(Simulated provider) {
    port(provider).down();
  }

  /// Opens a provider's port again, on the same number.
  public void up(Simulated provider) {
    port(provider).up();
  }

  /// Whether a provider's port is open.
  public boolean isUp(Simulated provider) {
    return port(provider).isUp();
  }

  private Port port(Simulated provider) {
    Port port = ports.get(provider);
    if (port == null) {
      throw new IllegalStateException("no port for " + provider);
    }
    return port;
  }

  @Override
  public void close() {
    ports.values().forEach(Port::close);
    control.close();
    loops.close();
  }
}
