// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.capability.Facts;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Secret;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the whole document into a [Config.Builder]; what cannot be read is reported, and left out
/// in a way that its name still counts as given.
final class ConfigReader {
  private final Section root;
  private final Findings findings;
  private final Config.Builder builder = Config.builder();

  ConfigReader(Section root) {
    this.root = root;
    this.findings = root.findings();
  }

  Config.Builder read() {
    Listen listen = root.parsed("listen", Listen::parse);
    builder.listen(listen == null ? Listen.LOOPBACK : listen);
    root.each("keys", this::key);
    root.each("providers", this::provider);
    Config.Timeouts timeouts = timeouts(root.section("timeouts"), Config.Timeouts.USUAL);
    root.each("deployments", (name, node, path) -> deployment(name, root.of(node, path), timeouts));
    RouteReader routes = new RouteReader(root);
    root.each("routes", (name, node, path) -> route(name, routes.read(node, path)));
    root.each("prices", this::price);
    builder
        .fidelity(fidelity())
        .learning(new LearningReader(root.section("learning")).read())
        .timeouts(timeouts)
        .defaults(defaults(root.section("defaults")))
        .retries(retries(root.section("retries")))
        .limits(limits(root.section("limits")))
        .records(records(root.section("records")))
        .metrics(metrics(root.section("metrics")));
    root.finish();
    return builder;
  }

  /// One word for everything, or the usual one and those of routes.
  private FidelityRule fidelity() {
    FidelityRule usual = FidelityRule.USUAL;
    if (root.value("fidelity") instanceof Node.Scalar) {
      Fidelity all = root.parsed("fidelity", ConfigReader::fidelity);
      return all == null ? usual : new FidelityRule(all, Map.of());
    }
    Section section = root.section("fidelity");
    Fidelity said = section.parsed("usual", ConfigReader::fidelity);
    Map<String, Fidelity> routes = new LinkedHashMap<>();
    Section named = section.section("routes");
    for (String name : named.names()) {
      Fidelity own = named.parsed(name, ConfigReader::fidelity);
      if (own != null) {
        routes.put(name, own);
      }
    }
    section.finish();
    return new FidelityRule(said == null ? usual.usual() : said, routes);
  }

  private static Fidelity fidelity(String text) {
    return Fidelity.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be %s, not \"%s\"".formatted(String.join(" or ", Fidelity.names()), text)));
  }

  private void key(String name, Node node, String path) {
    Section section = root.of(node, path);
    String ofSecret =
        section.parsed("secret", text -> KeyConfig.digest(new Secret(text)));
    String given = section.parsed("sha256", ConfigReader::digest);
    List<String> routes = section.texts("routes");
    List<String> deployments = section.texts("deployments");
    List<String> regions = section.texts("regions");
    boolean highVolume = section.flag("high-volume");
    boolean admin = section.flag("admin");
    section.finish();
    boolean hasSecret = section.has("secret");
    if (hasSecret == section.has("sha256")) {
      findings.add(
          path,
          hasSecret ? "\"secret\" and \"sha256\" exclude each other" : "\"secret\" is missing",
          hasSecret ? "leave one out" : "as in secret: \"${env:NAME}\", or sha256: its digest");
    }
    String digest = ofSecret == null ? given : ofSecret;
    if (digest == null) {
      builder.unreadable("keys", name);
    } else {
      builder.key(name, new KeyConfig(digest, routes, deployments, regions, highVolume, admin));
    }
  }

  private static String digest(String text) {
    String digest = text.toLowerCase(Locale.ROOT);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("must be 64 hexadecimal digits, as sha256sum prints them");
    }
    return digest;
  }

  private void provider(String name, Node node, String path) {
    Section section = root.of(node, path);
    if (section.flag("discover")) {
      builder.discover(name);
    }
    ProviderConfig provider = ProviderReader.read(section, path);
    if (provider == null) {
      builder.unreadable("providers", name);
    } else {
      builder.provider(name, provider);
    }
  }

  private void deployment(String name, Section section, Config.Timeouts general) {
    String provider = section.required("provider", "name one of the providers");
    String model = section.text("model");
    String baseModel = section.text("base-model");
    Facts capabilities = CapabilitiesReader.read(section.section("capabilities"));
    Config.Timeouts own =
        section.has("timeouts") ? timeouts(section.section("timeouts"), general) : null;
    String region = section.text("region");
    DeploymentConfig.Api api = section.api("api");
    Integer most = section.count("max-concurrent", 1);
    RouterConfig router = new RouterReader(section).read();
    section.finish();
    if (provider == null) {
      builder.unreadable("deployments", name);
    } else {
      builder.deployment(
          name,
          new DeploymentConfig(provider, model, baseModel, capabilities, own, region, api, most, router));
    }
  }

  private void route(String name, @Nullable RouteConfig route) {
    if (route == null) {
      builder.unreadable("routes", name);
    } else {
      builder.route(name, route);
    }
  }

  private void price(String model, Node node, String path) {
    Section section = root.of(node, path);
    BigDecimal input = section.price("input");
    BigDecimal output = section.price("output");
    BigDecimal cached = section.price("cached");
    BigDecimal write5m = section.price("cache-write-5m");
    BigDecimal write1h = section.price("cache-write-1h");
    section.finish();
    for (String needed : List.of("input", "output")) {
      if (!section.has(needed)) {
        findings.add(path, "\"%s\" is missing".formatted(needed), "in US dollars for a million tokens");
      }
    }
    if (input != null && output != null) {
      builder.price(model, new PriceConfig(input, cached, write5m, write1h, output));
    }
  }

  private static Config.Timeouts timeouts(Section section, Config.Timeouts usual) {
    Config.Timeouts timeouts =
        new Config.Timeouts(
            section.duration("connect", usual.connect()),
            section.duration("first-event", usual.firstEvent()),
            section.duration("idle", usual.idle()),
            section.duration("total", usual.total()));
    section.finish();
    return timeouts;
  }

  private static Config.Output defaults(Section section) {
    Config.Output usual = Config.Output.USUAL;
    Config.Output defaults =
        new Config.Output(
            section.count("max-tokens", usual.maxTokens(), 1),
            section.count("thinking-budget", usual.thinkingBudget(), Config.Output.LEAST_THINKING));
    section.finish();
    return defaults;
  }

  private static Config.Retries retries(Section section) {
    Config.Retries usual = Config.Retries.USUAL;
    List<String> routes = section.texts("past-content-filters");
    Config.Retries retries =
        new Config.Retries(
            section.count("attempts-per-deployment", usual.attemptsPerDeployment(), 1),
            section.count("attempts-per-request", usual.attemptsPerRequest(), 1),
            section.duration("backoff", usual.backoff()),
            section.duration("cooldown", usual.cooldown()),
            routes == null ? Set.of() : Set.copyOf(routes));
    section.finish();
    return retries;
  }

  private Config.Limits limits(Section section) {
    Config.Limits usual = Config.Limits.USUAL;
    int body = section.size("body", usual.bodyBytes());
    int bodies = section.size("bodies", Math.max(usual.bodiesBytes(), body));
    if (bodies < body) {
      findings.add(
          "limits.bodies",
          "all bodies together need the room of at least one, which is %d bytes".formatted(body),
          "it bounds the sum of all requests in flight");
    }
    Config.Limits limits =
        new Config.Limits(
            body,
            Math.max(bodies, body),
            section.size("event", usual.eventBytes()),
            section.duration("keep-alive", usual.keepAlive()),
            section.duration("drain", usual.drain()));
    section.finish();
    return limits;
  }

  private static Config.Metrics metrics(Section section) {
    Config.Metrics metrics = new Config.Metrics(section.flag("open"));
    section.finish();
    return metrics;
  }

  private static Config.Records records(Section section) {
    Config.Records usual = Config.Records.USUAL;
    Config.Records records =
        new Config.Records(
            section.count("memory", usual.memory(), 0),
            section.file("file"),
            section.size("size", usual.size()),
            section.count("files", usual.files(), 0));
    section.finish();
    return records;
  }
}
