// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checks that need the whole tree: names that must exist, or must not; cycles; what may be
/// reached from outside. The same for a file and for a builder.
final class TreeChecks {
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Config.Builder tree;
  private final Findings findings;
  private final Set<String> deployments;
  private final Set<String> routes;
  private final Set<String> callable = new TreeSet<>();

  private TreeChecks(Config.Builder tree, Findings findings) {
    this.tree = tree;
    this.findings = findings;
    this.deployments = tree.names("deployments");
    this.routes = tree.names("routes");
    callable.addAll(deployments);
    callable.addAll(routes);
  }

  static void run(Config.Builder tree, Findings findings) {
    TreeChecks checks = new TreeChecks(tree, findings);
    checks.somethingToServe();
    checks.names();
    tree.providers.forEach(
        (name, provider) -> new AddressChecks("providers." + name, findings).check(provider));
    tree.discover.forEach(checks::discovery);
    tree.deployments.forEach(checks::deployment);
    tree.routes.forEach((name, route) -> checks.route(route, "routes." + name));
    checks.cycles();
    checks.keys();
    checks.fidelity();
    checks.learning();
    checks.numbers();
    checks.records();
  }

  private void somethingToServe() {
    if (tree.names("providers").isEmpty()) {
      findings.add(
          "providers", "no provider", "as in providers: { first: { kind: anthropic, api-key: … } }");
    }
    if (deployments.isEmpty()) {
      findings.add(
          "deployments",
          "no deployment",
          "as in deployments: { claude-sonnet-4-5: { provider: first } }");
    }
  }

  private void names() {
    for (String section : List.of("keys", "providers", "deployments", "routes")) {
      for (String name : tree.names(section)) {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
          findings.add(section + "." + name, "a name has 1 to 200 characters and no space");
        }
      }
    }
    for (String name : routes) {
      if (deployments.contains(name)) {
        findings.add(
            "routes." + name,
            "a deployment has the same name",
            "rename one: clients put either name into \"model\"");
      }
    }
  }

  private void discovery(String name) {
    Set<String> providers = tree.names("providers");
    ProviderConfig provider = tree.providers.get(name);
    if (!providers.contains(name)) {
      findings.unknown("providers." + name, "no provider \"%s\"".formatted(name), name, providers);
    } else if (provider instanceof ProviderConfig.AzureOpenAi || provider instanceof ProviderConfig.Foundry) {
      findings.add(
          "providers.%s.discover".formatted(name),
          "%s has no list of its deployments".formatted(provider.kind()),
          "leave it out; say base-model and capabilities of a deployment");
    }
  }

  private void deployment(String name, DeploymentConfig deployment) {
    Set<String> providers = tree.names("providers");
    if (!providers.contains(deployment.provider())) {
      findings.unknown(
          "deployments.%s.provider".formatted(name),
          "no provider \"%s\"".formatted(deployment.provider()),
          deployment.provider(),
          providers);
    }
    if (deployment.region() != null && !REGION.matcher(deployment.region()).matches()) {
      findings.add(
          "deployments.%s.region".formatted(name),
          "not a region tag: \"%s\"".formatted(deployment.region()),
          "write 1 to 64 letters, digits, dots, hyphens or underscores, as in eu");
    }
    if (deployment.maxConcurrent() != null && deployment.maxConcurrent() < 1) {
      findings.add(
          "deployments.%s.max-concurrent".formatted(name),
          "must be a whole number of at least 1, not \"%d\"".formatted(deployment.maxConcurrent()),
          "it is how many calls may be under way at once");
    }
    if (deployment.timeouts() != null) {
      timeouts(deployment.timeouts(), "deployments.%s.timeouts".formatted(name));
    }
    ProviderConfig provider = tree.providers.get(deployment.provider());
    new RouterChecks(findings).check(name, deployment, provider);
    if (deployment.api() != null && provider != null && !hasApis(provider)) {
      findings.add(
          "deployments.%s.api".formatted(name),
          "the provider \"%s\" has one API only".formatted(deployment.provider()),
          "leave it out; chat and responses are for OpenAI, Azure OpenAI and what speaks like them");
    }
  }

  private static boolean hasApis(ProviderConfig provider) {
    return switch (provider) {
      case ProviderConfig.OpenAi _, ProviderConfig.AzureOpenAi _, ProviderConfig.OpenRouter _,
          ProviderConfig.OpenAiCompatible _ -> true;
      case ProviderConfig.Anthropic _, ProviderConfig.Foundry _, ProviderConfig.Gemini _ -> false;
    };
  }

  private void route(RouteConfig route, String path) {
    if (route instanceof RouteConfig.Name(String name) && !callable.contains(name)) {
      findings.unknown(path, "no deployment or route \"%s\"".formatted(name), name, callable);
    }
    if (route instanceof RouteConfig.Classify classify && !classify.branches().containsKey(Task.ANALYSIS)) {
      findings.add(
          path + ".classify",
          "no branch for analysis",
          "add one: every task that is not listed takes it");
    }
    if (route instanceof RouteConfig.Panel panel) {
      new PanelChecks(findings).check(panel, path + "." + panel.strategy());
    }
    route.parts().forEach((at, part) -> route(part, path + at));
  }

  /// Reports each cycle once, at the route it was entered by.
  private void cycles() {
    Set<String> done = new LinkedHashSet<>();
    for (String name : tree.routes.keySet()) {
      follow(name, new ArrayList<>(), done);
    }
  }

  private void follow(String name, List<String> way, Set<String> done) {
    int seen = way.indexOf(name);
    if (seen >= 0) {
      List<String> cycle = new ArrayList<>(way.subList(seen, way.size()));
      cycle.add(name);
      findings.add(
          "routes." + name, "a route that leads back to itself: " + String.join(" → ", cycle));
      return;
    }
    RouteConfig route = tree.routes.get(name);
    if (route == null || done.contains(name)) {
      return;
    }
    way.add(name);
    Set<String> named = new LinkedHashSet<>();
    collect(route, named);
    named.forEach(next -> follow(next, way, done));
    way.removeLast();
    done.add(name);
  }

  private static void collect(RouteConfig route, Set<String> names) {
    if (route instanceof RouteConfig.Name(String name)) {
      names.add(name);
    }
    route.parts().values().forEach(part -> collect(part, names));
  }

  private void keys() {
    Map<String, String> owners = new HashMap<>();
    tree.keys.forEach(
        (name, key) -> {
          String owner = owners.putIfAbsent(key.sha256(), name);
          if (owner != null) {
            findings.add("keys." + name, "has the same secret as \"%s\"".formatted(owner));
          }
          known("keys.%s.routes".formatted(name), key.routes(), "route or deployment", callable);
          known("keys.%s.deployments".formatted(name), key.deployments(), "deployment", deployments);
          known("keys.%s.regions".formatted(name), key.regions(), "deployment in region", regions());
        });
    if (!tree.listen.isLoopback() && tree.names("keys").isEmpty()) {
      findings.add(
          "listen",
          "%s can be reached from other machines, and there are no keys".formatted(tree.listen),
          "add keys, or listen on 127.0.0.1");
    }
  }

  private void fidelity() {
    for (String name : new TreeSet<>(tree.fidelity.routes().keySet())) {
      if (!callable.contains(name)) {
        findings.unknown(
            "fidelity.routes." + name, "no route or deployment \"%s\"".formatted(name), name, callable);
      }
    }
  }

  /// Reports whatever a key lists that is not there.
  private void known(String path, @Nullable List<String> names, String what, Set<String> known) {
    if (names == null) {
      return;
    }
    if (names.isEmpty()) {
      findings.add(path, "an empty list: the key could do nothing", "leave it out to allow everything");
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!known.contains(name)) {
        findings.unknown("%s[%d]".formatted(path, i), "no %s \"%s\"".formatted(what, name), name, known);
      }
    }
  }

  private Set<String> regions() {
    Set<String> regions = new TreeSet<>();
    for (DeploymentConfig deployment : tree.deployments.values()) {
      if (deployment.region() != null) {
        regions.add(deployment.region());
      }
    }
    return regions;
  }

  /// Where deployments could not be read, their models are not known either.
  private void learning() {
    Set<String> models = new TreeSet<>();
    tree.deployments.forEach((name, deployment) -> models.add(deployment.knownAs(name)));
    if (tree.deployments.size() < deployments.size()) {
      return;
    }
    for (LearningConfig.Skill skill : tree.learning.priors().keySet()) {
      if (!models.contains(skill.model())) {
        findings.unknown(
            "learning.priors.%s.%s".formatted(skill.task() == null ? "all" : skill.task().token(), skill.model()),
            "no deployment of a model \"%s\"".formatted(skill.model()),
            skill.model(),
            models);
      }
    }
  }

  private void numbers() {
    timeouts(tree.timeouts, "timeouts");
    if (tree.retries.attemptsPerDeployment() > tree.retries.attemptsPerRequest()) {
      findings.add(
          "retries.attempts-per-deployment",
          "%d is more than the %d attempts a request has"
              .formatted(tree.retries.attemptsPerDeployment(), tree.retries.attemptsPerRequest()));
    }
    for (String name : new TreeSet<>(tree.retries.pastContentFilters())) {
      if (!callable.contains(name)) {
        findings.unknown(
            "retries.past-content-filters", "no route or deployment \"%s\"".formatted(name), name, callable);
      }
    }
  }

  /// Nothing is made here: the file itself comes with the first record.
  private void records() {
    Path file = tree.records.file();
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      findings.add("records.file", "there is no folder %s".formatted(folder), "make it, or name another");
    } else if (Files.isDirectory(file)) {
      findings.add("records.file", "%s is a folder".formatted(file), "name a file in it");
    } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      findings.add("records.file", "%s cannot be written".formatted(file), "name a file that can");
    }
  }

  private void timeouts(Config.Timeouts timeouts, String path) {
    atMostTotal(timeouts.connect(), timeouts.total(), path + ".connect");
    atMostTotal(timeouts.firstEvent(), timeouts.total(), path + ".first-event");
    atMostTotal(timeouts.idle(), timeouts.total(), path + ".idle");
  }

  private void atMostTotal(Duration limit, Duration total, String path) {
    if (limit.compareTo(total) > 0) {
      findings.add(path, "is longer than \"total\", %d ms".formatted(total.toMillis()));
    }
  }
}
