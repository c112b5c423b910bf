// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.FidelityRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A whole configuration, as `auriga.yaml` or a [Builder] says it; one that exists is sound.
///
/// The constructor makes the same checks as [Builder#build] and [ConfigFile#read] and throws
/// [ConfigProblems] with everything that is wrong. The maps keep the order they were given in.
///
/// @param discover the providers whose lists of models are read after the start
public record Config(
    Listen listen,
    Map<String, KeyConfig> keys,
    Map<String, ProviderConfig> providers,
    Map<String, DeploymentConfig> deployments,
    Map<String, RouteConfig> routes,
    Output defaults,
    Timeouts timeouts,
    Retries retries,
    Limits limits,
    Map<String, PriceConfig> prices,
    Set<String> discover,
    FidelityRule fidelity,
    LearningConfig learning,
    Records records,
    Metrics metrics) {

  /// What is set where a client set nothing and the model's dialect needs a number.
  ///
  /// @param maxTokens the limit on output tokens
  /// @param thinkingBudget tokens to think with, where thinking is on without a budget
  public record Output(int maxTokens, int thinkingBudget) {
    /// Anthropic API reference, Extended thinking: `budget_tokens` is at least 1,024.
    static final int LEAST_THINKING = 1024;
    public static final Output USUAL = new Output(4000, 10_000);

    public Output {
      requireAtLeast("max-tokens", maxTokens, 1);
      requireAtLeast("thinking-budget", thinkingBudget, LEAST_THINKING);
    }
  }

  /// How long is waited, at most.
  ///
  /// @param connect for a connection
  /// @param firstEvent from sending the request to the first meaningful event
  /// @param idle between two events
  /// @param total for the whole request, with every retry and fallback
  public record Timeouts(Duration connect, Duration firstEvent, Duration idle, Duration total) {
    public static final Timeouts USUAL =
        new Timeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(10));

    public Timeouts {
      requirePositive("connect", connect);
      requirePositive("first-event", firstEvent);
      requirePositive("idle", idle);
      requirePositive("total", total);
    }
  }

  /// How often is tried.
  ///
  /// @param attemptsPerDeployment with retries, at one deployment
  /// @param attemptsPerRequest at all deployments together
  /// @param backoff before the first retry; doubled for each further one, and jittered
  /// @param cooldown how long a failing deployment is left alone
  /// @param pastContentFilters the routes whose requests go on to another deployment when a content
  ///     filter stopped them; elsewhere that is the answer
  public record Retries(
      int attemptsPerDeployment,
      int attemptsPerRequest,
      Duration backoff,
      Duration cooldown,
      Set<String> pastContentFilters) {
    public static final Retries USUAL =
        new Retries(2, 6, Duration.ofMillis(200), Duration.ofSeconds(30));

    public Retries(
        int attemptsPerDeployment, int attemptsPerRequest, Duration backoff, Duration cooldown) {
      this(attemptsPerDeployment, attemptsPerRequest, backoff, cooldown, Set.of());
    }

    public Retries {
      pastContentFilters = Set.copyOf(pastContentFilters);
      requireAtLeast("attempts-per-deployment", attemptsPerDeployment, 1);
      requireAtLeast("attempts-per-request", attemptsPerRequest, 1);
      requirePositive("backoff", backoff);
      requirePositive("cooldown", cooldown);
    }
  }

  /// What is taken, and how patiently the gateway serves.
  ///
  /// @param bodyBytes a request's body, at most
  /// @param bodiesBytes the bodies of all requests in flight together, at most; each takes about three
  ///     times its length of memory while it is served
  /// @param eventBytes one event of a provider's stream, at most
  /// @param keepAlive how long a stream to a client may be silent before it is sent a sign of life
  /// @param drain how long running requests may go on after the gateway was told to stop
  public record Limits(
      int bodyBytes, int bodiesBytes, int eventBytes, Duration keepAlive, Duration drain) {
    public static final Limits USUAL =
        new Limits(32 << 20, 128 << 20, 4 << 20, Duration.ofSeconds(15), Duration.ofSeconds(30));

    public Limits {
      requireAtLeast("body", bodyBytes, 1);
      requireAtLeast("bodies", bodiesBytes, bodyBytes);
      requireAtLeast("event", eventBytes, 1);
      requirePositive("keep-alive", keepAlive);
      requirePositive("drain", drain);
    }
  }

  /// Which records of requests are kept; they hold no word of a request or an answer.
  ///
  /// @param memory how many of the newest are kept in memory, 0 for none
  /// @param file the file each is appended to as a line of JSON, absent for none
  /// @param size how large the file may grow, in bytes, before it is set aside and begun anew
  /// @param files how many that were set aside are kept
  public record Records(int memory, @Nullable Path file, int size, int files) {
    public static final Records USUAL = new Records(1000, null, 64 << 20, 4);

    public Records {
      requireAtLeast("memory", memory, 0);
      requireAtLeast("size", size, 1);
      requireAtLeast("files", files, 0);
    }

    public Records in(Path other) {
      return new Records(memory, other, size, files);
    }
  }

  /// Who may read `/metrics`.
  ///
  /// @param open whether it is told without a key
  public record Metrics(boolean open) {
    public static final Metrics USUAL = new Metrics(false);
  }

  public Config {
    keys = ordered(keys);
    providers = ordered(providers);
    deployments = ordered(deployments);
    routes = ordered(routes);
    prices = ordered(prices);
    discover = Collections.unmodifiableSet(new LinkedHashSet<>(discover));
    Builder tree =
        builder().listen(listen).timeouts(timeouts).retries(retries).fidelity(fidelity).learning(learning)
            .records(records);
    tree.keys.putAll(keys);
    tree.providers.putAll(providers);
    tree.deployments.putAll(deployments);
    tree.routes.putAll(routes);
    tree.discover.addAll(discover);
    Findings findings = new Findings();
    TreeChecks.run(tree, findings);
    if (!findings.isEmpty()) {
      throw new ConfigProblems("the configuration", findings.problems());
    }
  }

  /// The timeouts that hold for the deployment of that name.
  public Timeouts timeoutsFor(String deployment) {
    DeploymentConfig found = deployments.get(deployment);
    return found == null || found.timeouts() == null ? timeouts : found.timeouts();
  }

  public static Builder builder() {
    return new Builder();
  }

  /// A builder that starts with everything this configuration says.
  public Builder toBuilder() {
    Builder builder =
        builder().listen(listen).defaults(defaults).timeouts(timeouts).retries(retries).limits(limits)
            .fidelity(fidelity).learning(learning).records(records).metrics(metrics);
    builder.keys.putAll(keys);
    builder.providers.putAll(providers);
    builder.deployments.putAll(deployments);
    builder.routes.putAll(routes);
    builder.prices.putAll(prices);
    builder.discover.addAll(discover);
    return builder;
  }

  /// The configuration for the usual environment variables, when there is no file; see
  /// [EnvironmentDiscovery]. Throws [ConfigProblems] when nothing usable is set.
  public static Config fromEnvironment(Map<String, String> environment) {
    return new EnvironmentDiscovery(environment).config();
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than 0, not " + duration);
    }
  }

  private static void requireAtLeast(String name, int number, int least) {
    if (number < least) {
      throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(name, least, number));
    }
  }

  /// Says in Java whatever the file can say. A name given twice means the later one.
  public static final class Builder {
    Listen listen = Listen.LOOPBACK;
    final Map<String, KeyConfig> keys = new LinkedHashMap<>();
    final Map<String, ProviderConfig> providers = new LinkedHashMap<>();
    final Map<String, DeploymentConfig> deployments = new LinkedHashMap<>();
    final Map<String, RouteConfig> routes = new LinkedHashMap<>();
    private final Map<String, PriceConfig> prices = new LinkedHashMap<>();
    final Set<String> discover = new LinkedHashSet<>();
    private final Map<String, Set<String>> unreadable = new LinkedHashMap<>();
    private Output defaults = Output.USUAL;
    Timeouts timeouts = Timeouts.USUAL;
    Retries retries = Retries.USUAL;
    private Limits limits = Limits.USUAL;
    FidelityRule fidelity = FidelityRule.USUAL;
    LearningConfig learning = LearningConfig.USUAL;
    Records records = Records.USUAL;
    private Metrics metrics = Metrics.USUAL;

    private Builder() {}

    public Builder listen(Listen address) {
      this.listen = address;
      return this;
    }

    public Builder key(String name, KeyConfig key) {
      keys.put(name, key);
      return this;
    }

    public Builder provider(String name, ProviderConfig provider) {
      providers.put(name, provider);
      return this;
    }

    /// The list of models of that provider is read once after the start; what it says counts where
    /// neither the configuration nor the catalogue knows better.
    public Builder discover(String provider) {
      discover.add(provider);
      return this;
    }

    public Builder deployment(String name, DeploymentConfig deployment) {
      deployments.put(name, deployment);
      return this;
    }

    /// A deployment whose model has the same name at the provider.
    public Builder deployment(String name, String provider) {
      return deployment(name, new DeploymentConfig(provider));
    }

    public Builder route(String name, RouteConfig route) {
      routes.put(name, route);
      return this;
    }

    public Builder defaults(Output numbers) {
      this.defaults = numbers;
      return this;
    }

    public Builder timeouts(Timeouts limits) {
      this.timeouts = limits;
      return this;
    }

    public Builder retries(Retries numbers) {
      this.retries = numbers;
      return this;
    }

    public Builder limits(Limits numbers) {
      this.limits = numbers;
      return this;
    }

    public Builder price(String model, PriceConfig price) {
      prices.put(model, price);
      return this;
    }

    public Builder fidelity(FidelityRule rule) {
      this.fidelity = rule;
      return this;
    }

    public Builder learning(LearningConfig rule) {
      this.learning = rule;
      return this;
    }

    public Builder records(Records kept) {
      this.records = kept;
      return this;
    }

    public Builder metrics(Metrics shown) {
      this.metrics = shown;
      return this;
    }

    /// Throws [ConfigProblems] with everything that is wrong.
    public Config build() {
      return new Config(
          listen, keys, providers, deployments, routes, defaults, timeouts, retries, limits, prices,
          discover, fidelity, learning, records, metrics);
    }

    /// Something of that name was given, but could not be read.
    void unreadable(String section, String name) {
      unreadable.computeIfAbsent(section, _ -> new LinkedHashSet<>()).add(name);
    }

    /// Every name given in that section, readable or not.
    Set<String> names(String section) {
      Map<String, ?> read =
          switch (section) {
            case "keys" -> keys;
            case "providers" -> providers;
            case "deployments" -> deployments;
            case "routes" -> routes;
            case String other -> throw new IllegalArgumentException("no section of names: " + other);
          };
      Set<String> names = new LinkedHashSet<>(read.keySet());
      names.addAll(unreadable.getOrDefault(section, Set.of()));
      return names;
    }
  }
}
