// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.auriga.capability.Fact;
import dev.auriga.capability.Facts;
import dev.auriga.capability.When;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Secret;
import dev.auriga.completion.Task;
import dev.auriga.config.ConfigProblems.Place;
import dev.auriga.config.ConfigProblems.Problem;
import dev.auriga.config.ProviderConfig.Auth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  static final String WHOLE =
      """
      listen: 127.0.0.1:9090
      keys:
        dev: { secret: "${env:AURIGA_DEV_KEY}", routes: [auto, gpt-4o], deployments: [gpt-4o, claude-sonnet-4-5], regions: [eu], high-volume: true }
        ops: { sha256: "2C26B46B68FFC68FF99B453C1D30413413422D706483BFA0F98A5E886266E7AE", admin: true }
      providers:
        foundry: { kind: anthropic-foundry, resource: my-res, auth: entra, entra-scope: "https://x/.default" }
        azure:
          kind: azure-openai
          endpoint: https://my-res.openai.azure.com/
          api-version: 2024-10-21
          api-key: "${env:AZURE_KEY}"
        google: { kind: gemini, api-key: g-key }
        first: { kind: anthropic, api-key: a-key, base-url: http://127.0.0.1:4010 }
        oai: { kind: openai, api-key: o-key, organization: org, project: prj }
        local: { kind: openai-compatible, base-url: http://10.0.0.5:11434/v1, insecure: true, discover: true }
      deployments:
        claude-sonnet-4-5: { provider: foundry }
        gpt-4o: { provider: azure, model: blue, base-model: gpt-4o, region: eu, max-concurrent: 40, timeouts: { first-event: 2m } }
        gemini-2.5-pro:
          provider: google
          capabilities:
            { context: 90000, modalities: [text, image], forced-tools: no, highest-temperature: 1.5 }
      routes:
        auto:
          classify:
            coding: [claude-sonnet-4-5, gpt-4o]
            analysis: two
            high-volume: [[gpt-4o, gemini-2.5-pro], two]
        two: [claude-sonnet-4-5, gpt-4o]
        one: gemini-2.5-pro
      defaults: { max-tokens: 5000, thinking-budget: 2048 }
      timeouts: { connect: 800ms, first-event: 30s, idle: 45s, total: 5m }
      retries: { attempts-per-deployment: 3, attempts-per-request: 7, backoff: 100ms, cooldown: 1m }
      limits: { body: 10MB, bodies: 90MB, keep-alive: 10s, drain: 20s, event: 64KiB }
      prices:
        my-tune: { input: 2.5, cached: 1.25, output: 10 }
      fidelity: { usual: report, routes: { two: strict } }
      metrics: { open: true }
      learning:
        exploration: 2.5%
        least-outcomes: 20
        most-of-one-caller: 50
        prior-weight: 30
        priors: { all: { gpt-4o: 70% }, coding: { claude-sonnet-4-5: 92.5%, gpt-4o: 80% } }
      """;
  static final Map<String, String> ENVIRONMENT =
      Map.of("AURIGA_DEV_KEY", "dev-secret", "AZURE_KEY", "azure-secret");

  private static Config parse(String yaml) {
    return ConfigFile.parse(yaml, Path.of("auriga.yaml"), ENVIRONMENT);
  }

  static List<Problem> problems(String yaml) {
    ConfigProblems thrown = catchThrowableOfType(ConfigProblems.class, () -> parse(yaml));
    assertThat(thrown).as("problems of:%n%s", yaml).isNotNull();
    return thrown.problems();
  }

  @Test
  void file_saysWhatTheBuilderSays() {
    Config.Timeouts timeouts =
        new Config.Timeouts(
            Duration.ofMillis(800), Duration.ofSeconds(30), Duration.ofSeconds(45), Duration.ofMinutes(5));
    Config built =
        Config.builder()
            .listen(new Listen("127.0.0.1", 9090))
            .key("dev", KeyConfig.of(new Secret("dev-secret")).withRoutes("auto", "gpt-4o")
                .withDeployments("gpt-4o", "claude-sonnet-4-5").withRegions("eu").asHighVolume())
            .key("ops", KeyConfig.of(new Secret("foo")).asAdmin())
            .provider("foundry", ProviderConfig.foundry("my-res", new Auth.Entra("https://x/.default")))
            .provider(
                "azure",
                new ProviderConfig.AzureOpenAi(
                    "https://my-res.openai.azure.com/",
                    "2024-10-21",
                    new Auth.ApiKey(new Secret("azure-secret")),
                    false))
            .provider("google", ProviderConfig.gemini(new Secret("g-key")))
            .provider(
                "first",
                new ProviderConfig.Anthropic(new Secret("a-key"), "http://127.0.0.1:4010", false))
            .provider(
                "oai",
                new ProviderConfig.OpenAi(
                    new Secret("o-key"), null, new ProviderConfig.OpenAi.Account("org", "prj"), false))
            .provider(
                "local",
                new ProviderConfig.OpenAiCompatible("http://10.0.0.5:11434/v1", null, true))
            .discover("local")
            .deployment("claude-sonnet-4-5", "foundry")
            .deployment(
                "gpt-4o",
                new DeploymentConfig("azure", "blue")
                    .withBaseModel("gpt-4o")
                    .withRegion("eu")
                    .withMaxConcurrent(40)
                    .withTimeouts(
                        new Config.Timeouts(
                            timeouts.connect(), Duration.ofMinutes(2), timeouts.idle(), timeouts.total())))
            .deployment(
                "gemini-2.5-pro",
                new DeploymentConfig("google")
                    .withCapabilities(
                        Facts.NONE
                            .with(Fact.CONTEXT, 90_000)
                            .with(Fact.MODALITIES, Set.of(Modality.IMAGE))
                            .with(Fact.FORCED_TOOLS, When.NEVER)
                            .with(Fact.HIGHEST_TEMPERATURE, 1.5)))
            .route(
                "auto",
                RouteConfig.classify(
                    Map.of(
                        Task.CODING, RouteConfig.inTurn("claude-sonnet-4-5", "gpt-4o"),
                        Task.ANALYSIS, RouteConfig.to("two"),
                        Task.HIGH_VOLUME,
                            RouteConfig.inTurn(
                                List.of(
                                    RouteConfig.inTurn("gpt-4o", "gemini-2.5-pro"),
                                    RouteConfig.to("two"))))))
            .route("two", RouteConfig.inTurn("claude-sonnet-4-5", "gpt-4o"))
            .route("one", RouteConfig.to("gemini-2.5-pro"))
            .defaults(new Config.Output(5000, 2048))
            .timeouts(timeouts)
            .retries(new Config.Retries(3, 7, Duration.ofMillis(100), Duration.ofMinutes(1)))
            .limits(
                new Config.Limits(10_000_000, 90_000_000, 64 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(20)))
            .price("my-tune", PriceConfig.of("2.5", "10").withCached("1.25"))
            .fidelity(new FidelityRule(Fidelity.REPORT, Map.of("two", Fidelity.STRICT)))
            .metrics(new Config.Metrics(true))
            .learning(
                LearningConfig.USUAL
                    .withExploration(0.025)
                    .withBounds(20, 50)
                    .withPriorWeight(30)
                    .withPrior("gpt-4o", 0.7)
                    .withPrior(Task.CODING, "claude-sonnet-4-5", 0.925)
                    .withPrior(Task.CODING, "gpt-4o", 0.8))
            .build();

    assertThat(parse(WHOLE)).isEqualTo(built);
    assertThat(built.timeoutsFor("gpt-4o").firstEvent()).isEqualTo(Duration.ofMinutes(2));
    assertThat(built.timeoutsFor("gemini-2.5-pro")).isEqualTo(timeouts);
    assertThat(built.deployments().get("gpt-4o").modelFor("gpt-4o")).isEqualTo("blue");
  }

  @Test
  void everyStrategy_isReadAsTheBuilderSaysIt() {
    SequencedMap<String, Double> weights = new LinkedHashMap<>();
    weights.put("a", 90.0);
    weights.put("b", 0.5);
    List<RouteConfig> both = List.of(RouteConfig.to("a"), RouteConfig.to("b"));
    Map<String, RouteConfig> said = new LinkedHashMap<>(
        Map.of(
            "name: a", RouteConfig.to("a"),
            "list: [a, [b, a]]", RouteConfig.inTurn(List.of(RouteConfig.to("a"), RouteConfig.inTurn("b", "a"))),
            "classify: { classify: { coding: a, analysis: [a, b] } }",
                RouteConfig.classify(
                    Map.of(Task.CODING, RouteConfig.to("a"), Task.ANALYSIS, RouteConfig.inTurn("a", "b"))),
            "weighted: { weighted: { a: 90, b: 0.5 } }", new RouteConfig.Weighted(weights),
            "fastest: { fastest: [a, b] }", new RouteConfig.Fastest(both),
            "cheapest: { cheapest: [a, b] }", new RouteConfig.Cheapest(both),
            "usual: { best: { of: [a, b] } }", new RouteConfig.Best(both, RouteConfig.Best.Mode.BALANCED),
            "best: { best: { of: [a, b], mode: quality } }",
                new RouteConfig.Best(both, RouteConfig.Best.Mode.QUALITY),
            "hedge: { hedge: { first: a, second: { fastest: [a, b] }, after: p95 } }",
                new RouteConfig.Hedge(RouteConfig.to("a"), new RouteConfig.Fastest(both), null),
            "shadow: { shadow: { main: { hedge: { first: a, second: b, after: 800ms } }, with: b, sample: 0.5% } }",
                new RouteConfig.Shadow(
                    new RouteConfig.Hedge(RouteConfig.to("a"), RouteConfig.to("b"), Duration.ofMillis(800)),
                    RouteConfig.to("b"), 0.005)));
    said.put(
        "consensus: { consensus: { of: [a, b], agreement: 60%, quorum: 2, start: 2, within: 20s, opinion: b } }",
        new RouteConfig.Panel(
            both, new RouteConfig.Panel.Agree(0.6, RouteConfig.to("b")),
            new RouteConfig.Panel.Terms(2, 2, Duration.ofSeconds(20))));
    said.forEach(
        (line, built) -> {
          String yaml =
              """
              providers: { first: { kind: anthropic, api-key: k } }
              deployments: { a: { provider: first }, b: { provider: first } }
              routes: { %s }
              """
                  .formatted(line);
          assertThat(parse(yaml).routes().values()).as(line).containsExactly(built);
        });
    // A strategy that is added needs a line here.
    assertThat(said.values().stream().map(Object::getClass).distinct())
        .hasSize(RouteConfig.class.getPermittedSubclasses().length);
  }

  @Test
  void fiveMistakes_areAllReportedWithLineAndPath() {
    List<Problem> problems =
        problems(
            """
            listen: 127.0.0.1:8080
            providers:
              azure:
                kind: azure-openai
                endpont: https://r.openai.azure.com
                endpoint: http://r.openai.azure.com
                api-key: "${env:AZURE_OPENAI_KEY}"
              google: { kind: gemini, api-key: k }
            deployments:
              gpt-4o: { provider: azure }
              gemini-2.5-pro: { provider: gogle }
            routes:
              auto: [gpt-4o, gemini-2.5-por]
            timeouts: { idle: 5 }
            """);

    assertThat(problems).extracting(Problem::toString)
        .containsExactly(
            "line 5, column 5: providers.azure.endpont: unknown key; did you mean \"endpoint\"?",
            "line 7, column 5: providers.azure.api-key: the environment variable AZURE_OPENAI_KEY is not set",
            "line 11, column 21: deployments.gemini-2.5-pro.provider: no provider \"gogle\";"
                + " did you mean \"google\"?",
            "line 13, column 18: routes.auto[1]: no deployment or route \"gemini-2.5-por\";"
                + " did you mean \"gemini-2.5-pro\"?",
            "line 14, column 13: timeouts.idle: not a duration: \"5\"; write a whole number with ms, s,"
                + " m or h, as in 800ms or 2s");
  }

  @Test
  void unreadableProvider_isReportedOnceAndNotAgainByItsDeployments() {
    assertThat(
            problems(
                """
                providers: { first: { kind: anthropc, api-key: k } }
                deployments: { a: { provider: first } }
                routes: { auto: a }
                """))
        .extracting(Problem::path)
        .containsExactly("providers.first.kind");
  }

  @Test
  void json_isReadWithLines() {
    String json =
        """
        {
        \t"providers": {"first": {"kind": "anthropic", "api-key": "k"}},
        \t"deployments": {"a": {"provider": "frist"}}
        }
        """;
    ConfigProblems thrown =
        catchThrowableOfType(
            ConfigProblems.class,
            () -> ConfigFile.parse(json, Path.of("auriga.json"), Map.of()));
    assertThat(thrown.problems())
        .containsExactly(
            new Problem(
                "deployments.a.provider",
                new Place(3, 24),
                "no provider \"frist\"",
                "did you mean \"first\"?"));

    String right = json.replace("frist", "first").replace('\t', ' ');
    assertThat(ConfigFile.parse(right, Path.of("auriga.json"), Map.of()))
        .isEqualTo(ConfigFile.parse(right, Path.of("auriga.yaml"), Map.of()));
  }

  @Test
  void anchors_areFollowed() {
    Config config =
        parse(
            """
            providers: { first: &p { kind: anthropic, api-key: abc }, second: *p }
            deployments: { a: { provider: second } }
            """);
    assertThat(config.providers().get("second")).isEqualTo(ProviderConfig.anthropic(new Secret("abc")));
  }

  @Test
  void anchorsThatMultiply_areRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", List.of(alias, alias, alias, alias))));
    }
    assertThat(problems(bomb.toString()).getFirst().message()).contains("more than 50000 values");
  }

  @Test
  void files_areReadBesideTheConfiguration(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("key.txt"), "from-file\n");
    Path file = folder.resolve("auriga.yaml");
    Files.writeString(
        file,
        """
        providers: { first: { kind: anthropic, api-key: "${file:key.txt}" } }
        deployments: { a: { provider: first } }
        """);
    assertThat(ConfigFile.read(file, Map.of()).providers().get("first"))
        .isEqualTo(ProviderConfig.anthropic(new Secret("from-file")));
  }

  @Test
  void whatCannotBeReadAtAll_isAProblemThatNamesTheFile(@TempDir Path folder) throws IOException {
    Path absent = folder.resolve("absent.yaml");
    assertThat(catchThrowableOfType(ConfigProblems.class, () -> ConfigFile.read(absent, Map.of())))
        .hasMessageContaining("absent.yaml")
        .hasMessageContaining("there is no such file");
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(catchThrowableOfType(ConfigProblems.class, () -> ConfigFile.read(binary, Map.of())))
        .hasMessageContaining("not UTF-8");
    Path huge = folder.resolve("huge.yaml");
    Files.write(huge, " ".repeat(1_100_000).getBytes(StandardCharsets.UTF_8));
    assertThat(catchThrowableOfType(ConfigProblems.class, () -> ConfigFile.read(huge, Map.of())))
        .hasMessageContaining("over 1 MiB");
  }

  /// Whatever is in the file, the outcome is a configuration or problems that can be listed.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedFile_givesAConfigurationOrProblems(long seed) {
    Random random = new Random(seed);
    String alphabet = "{}[]:,&*#!|>'\"%@`-? \n\t$a0.~\\\u0000\u00e9";
    int refused = 0;
    for (int round = 0; round < 1500; round++) {
      StringBuilder text = new StringBuilder(WHOLE);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        text.replace(at, end, String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
      }
      String name = round % 2 == 0 ? "auriga.yaml" : "auriga.json";
      try {
        ConfigFile.parse(text.toString(), Path.of(name), ENVIRONMENT);
      } catch (ConfigProblems problems) {
        refused++;
        assertThat(problems.problems()).as("seed %d, round %d", seed, round).isNotEmpty();
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void messages_showNoSecrets() {
    String yaml =
        """
        keys: { a: { secret: "${env:AZURE_KEY}", sha256: "${env:AZURE_KEY}" } }
        providers: { p: { kind: gemini, api-key: "hunter2" } }
        deployments: { a: { provider: p, timeouts: { idle: "${env:AZURE_KEY}" } } }
        limits: { body: "${env:AZURE_KEY}" }
        listen: "${env:AZURE_KEY}"
        """;
    ConfigProblems thrown = catchThrowableOfType(ConfigProblems.class, () -> parse(yaml));
    assertThat(thrown.problems()).hasSize(5);
    assertThat(thrown.getMessage()).doesNotContain("azure-secret").doesNotContain("hunter2");
    assertThat(problems("a: { secret: hunter2")).hasSize(1);
    assertThat(problems("a: { secret: hunter2").toString()).doesNotContain("hunter2");
    assertThat(parse(WHOLE).toString()).doesNotContain("azure-secret").doesNotContain("g-key");
  }

  @Test
  void fidelity_isOneWordOrARuleForRoutes() {
    String rest = WHOLE.substring(0, WHOLE.indexOf("fidelity:"));
    assertThat(parse(rest + "fidelity: strict\n").fidelity())
        .isEqualTo(new FidelityRule(Fidelity.STRICT, Map.of()));
    assertThat(parse(rest).fidelity()).isEqualTo(FidelityRule.USUAL);
    assertThat(problems(rest + "fidelity: lax\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("fidelity");
              assertThat(problem.message()).contains("must be report or strict, not \"lax\"");
            });
    assertThat(problems(rest + "fidelity: { routes: { tow: strict } }\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.path()).isEqualTo("fidelity.routes.tow"));
  }
}
