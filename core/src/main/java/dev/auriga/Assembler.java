// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.capability.Api;
import dev.auriga.capability.Capabilities;
import dev.auriga.capability.CapabilityBook;
import dev.auriga.capability.Facts;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.KeyConfig;
import dev.auriga.config.PriceConfig;
import dev.auriga.dialect.Target;
import dev.auriga.engine.Attempts;
import dev.auriga.engine.Caller;
import dev.auriga.engine.Engine;
import dev.auriga.engine.Fleet;
import dev.auriga.ledger.PriceBook;
import dev.auriga.ledger.Rates;
import dev.auriga.observe.LogObserver;
import dev.auriga.observe.Observer;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.EntraSource;
import dev.auriga.provider.JdkTransport;
import dev.auriga.provider.Limits;
import dev.auriga.provider.Transport;
import dev.auriga.records.RecordLog;
import dev.auriga.records.Records;
import dev.auriga.resilience.Backoff;
import dev.auriga.resilience.CircuitBreaker;
import dev.auriga.resilience.Crew;
import dev.auriga.resilience.Room;
import dev.auriga.resilience.Time;
import dev.auriga.resilience.Timeouts;
import dev.auriga.route.Allowed;
import dev.auriga.route.Policy;
import dev.auriga.tokens.Estimates;
import dev.auriga.tokens.PlainEstimator;
import dev.auriga.tokens.TokenEstimator;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Builds from a [Config] what runs: providers, deployments, the policy and the engine.
///
/// The only class that knows both the configuration and the stages.
public final class Assembler {

  /// What is built around: everything that touches the outside, exchangeable.
  ///
  /// @param transport makes the calls; closed with the orchestrator
  /// @param entra gives credentials for providers that are reached with Entra ID
  /// @param tokens counts where no provider does
  public record Parts(
      Transport transport,
      EntraSource entra,
      List<Observer> observers,
      Time time,
      Crew.Maker crews,
      Supplier<RandomGenerator> random,
      TokenEstimator tokens) {

    /// The JDK's HTTP client, the machine's time, a log line for each request, and no Entra ID.
    public static Parts usual() {
      return usual(new JdkTransport());
    }

    /// The same over `transport`.
    public static Parts usual(Transport transport) {
      return new Parts(
          transport,
          EntraSource.NONE,
          List.of(new LogObserver()),
          Time.SYSTEM,
          Crew.Maker.VIRTUAL,
          ThreadLocalRandom::current,
          new PlainEstimator());
    }

    public Parts withEntra(EntraSource source) {
      return new Parts(transport, source, observers, time, crews, random, tokens);
    }

    public Parts withObservers(List<Observer> others) {
      return new Parts(transport, entra, List.copyOf(others), time, crews, random, tokens);
    }

    public Parts withTokens(TokenEstimator estimator) {
      return new Parts(transport, entra, observers, time, crews, random, estimator);
    }
  }

  /// What was built; providers and estimates are closed with the orchestrator.
  record Assembled(
      Config config,
      Policy policy,
      Fleet fleet,
      Engine engine,
      Time time,
      Room bodies,
      Providers providers,
      Discovery discovery,
      Estimates estimates,
      Records records) {}

  /// How many failures in a row start a cooldown where upstream does not ask for one.
  private static final int FAILURES_BEFORE_COOLDOWN = 3;

  /// The longest backoff, in multiples of the first.
  private static final int LONGEST_BACKOFF = 25;

  private final Config config;
  private final Parts parts;
  private final CapabilityBook book;

  Assembler(Config config, Parts parts) {
    this.config = config;
    this.parts = parts;
    this.book = CapabilityBook.shipped(LocalDate.ofInstant(parts.time().now(), ZoneOffset.UTC));
  }

  /// Who shows the key called `name` in the configuration.
  public static Caller caller(String name, KeyConfig said) {
    Allowed allowed = new Allowed(listed(said.deployments()), listed(said.regions()));
    return new Caller(name, listed(said.routes()), allowed, said.highVolume(), said.admin());
  }

  /// What a list that may be left out says.
  private static Set<String> listed(@Nullable List<String> names) {
    return names == null ? Set.of() : Set.copyOf(names);
  }

  /// What `config` decides by, without anything that could call a provider.
  ///
  /// Throws [dev.auriga.config.ConfigProblems] with every provider that cannot be built; closes the
  /// transport of `parts`.
  public static Policy policy(Config config, Parts parts) {
    try (Providers providers = new Providers(config, parts)) {
      Assembler assembler = new Assembler(config, parts);
      return new PolicyAssembler(config, assembler.deployments(providers), assembler.prices()).assemble();
    }
  }

  Assembled assemble() {
    Providers providers = new Providers(config, parts);
    List<Deployment> deployments = deployments(providers);
    Fleet fleet = new Fleet(deployments, breaker(), parts.time());
    PriceBook prices = prices();
    Policy policy = new PolicyAssembler(config, deployments, prices).assemble();
    Estimates estimates = new Estimates(parts.tokens(), parts.time());
    Records records = new Records(config.records().memory(), recordFile());
    List<Observer> observers = new ArrayList<>(parts.observers());
    observers.add(records);
    Room bodies = new Room(config.limits().bodiesBytes());
    Engine engine =
        new Engine(
            policy, fleet, attempts(),
            new Engine.Surroundings(parts.time(), parts.random(), parts.crews(), bodies),
            estimates, observers);
    Discovery discovery =
        new Discovery(
            providers.lists(),
            parts.transport(),
            parts.time(),
            (provider, models) -> fleet.change(each -> informed(each, provider, models)));
    return new Assembled(
        config, policy, fleet, engine, parts.time(), bodies, providers, discovery, estimates, records);
  }

  private RecordLog.@Nullable Settings recordFile() {
    Path file = config.records().file();
    return file == null
        ? null
        : new RecordLog.Settings(file, config.records().size(), config.records().files());
  }

  /// `deployment` with what `provider` says of its model, where it is one of that provider's.
  private Deployment informed(Deployment deployment, String provider, Map<String, Facts> models) {
    DeploymentConfig said = config.deployments().get(deployment.name());
    Facts facts = models.get(deployment.target().model());
    if (said == null || facts == null || !said.provider().equals(provider)) {
      return deployment;
    }
    Api api = Providers.api(config, provider);
    return deployment.withCapabilities(
        capabilities(said, deployment.target().model(), api, facts));
  }

  private List<Deployment> deployments(Providers providers) {
    List<Deployment> deployments = new ArrayList<>();
    config
        .deployments()
        .forEach((name, said) -> deployments.add(deployment(name, said, providers)));
    return deployments;
  }

  private Deployment deployment(String name, DeploymentConfig said, Providers providers) {
    String model = said.modelFor(name);
    Target target =
        new Target(
            model,
            providers.host(said.provider()),
            capabilities(said, model, Providers.api(config, said.provider()), Facts.NONE),
            config.defaults().maxTokens(),
            config.defaults().thinkingBudget());
    return new Deployment(
        name,
        said.provider(),
        target,
        said.baseModel() != null ? said.baseModel() : model,
        providers.router(name, said),
        limits(name, said),
        providers.provider(said.provider(), said.api()));
  }

  private Capabilities capabilities(
      DeploymentConfig said, String model, Api api, Facts discovered) {
    String known = said.baseModel() != null ? said.baseModel() : model;
    return book.of(api, known, said.capabilities(), discovered);
  }

  private Limits limits(String name, DeploymentConfig deployment) {
    Config.Timeouts said = config.timeoutsFor(name);
    Integer most = deployment.maxConcurrent();
    return new Limits(
        new Timeouts(said.connect(), said.firstEvent(), said.idle(), said.total()),
        Limits.USUAL.replyBytes(),
        config.limits().eventBytes(),
        most == null ? Limits.USUAL.slots() : Limits.USUAL.slots().of(most));
  }

  private CircuitBreaker.Settings breaker() {
    return new CircuitBreaker.Settings(FAILURES_BEFORE_COOLDOWN, config.retries().cooldown());
  }

  private Attempts.Settings attempts() {
    Attempts.Settings usual = Attempts.Settings.USUAL;
    return new Attempts.Settings(
        config.retries().attemptsPerDeployment(),
        new Backoff(
            config.retries().backoff(), config.retries().backoff().multipliedBy(LONGEST_BACKOFF)),
        usual.longestWait(),
        usual.waitBeforeFallback(),
        config.retries().pastContentFilters());
  }

  private PriceBook prices() {
    PriceBook prices = PriceBook.shipped();
    for (Map.Entry<String, PriceConfig> said : config.prices().entrySet()) {
      PriceConfig price = said.getValue();
      prices =
          prices.with(
              said.getKey(),
              new Rates(
                  Rates.micros(price.input()),
                  rate(price.cached(), price),
                  rate(price.cacheWrite5m(), price),
                  rate(price.cacheWrite1h(), price),
                  Rates.micros(price.output())));
    }
    return prices;
  }

  /// A cache price that is left out is that of fresh input.
  private static long rate(@Nullable BigDecimal said, PriceConfig price) {
    return Rates.micros(said == null ? price.input() : said);
  }
}
