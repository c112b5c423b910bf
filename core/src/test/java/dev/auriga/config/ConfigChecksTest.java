// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A table of texts: what is appended to a sound file, and the one problem it must give.
class ConfigChecksTest {
  private static final String SOUND =
      """
      providers: { first: { kind: anthropic, api-key: k } }
      deployments: { a: { provider: first }, b: { provider: first } }
      """;

  @Test
  void soundFile_hasNoProblem() {
    assertThat(ConfigFile.parse(SOUND, Path.of("auriga.yaml"), Map.of()).deployments()).hasSize(2);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("route: { x: a }", "route: unknown key; did you mean \"routes\"?"),
        mistake("routes: { x: c }", "routes.x: no deployment or route \"c\"; known: a, b, x"),
        mistake("routes: { x: [] }", "routes.x: an empty list; name what is to be tried"),
        mistake("routes: { x: {} }", "routes.x: an empty mapping; a route is a name, a list tried"
            + " in turn, or a strategy such as classify: {task: …} or fastest: […]"),
        mistake("routes: { x: }", "routes.x: has no value; a route is a name, a list tried"
            + " in turn, or a strategy such as classify: {task: …} or fastest: […]"),
        mistake("routes: { x: { majority: [a, b] } }",
            "routes.x.majority: unknown strategy \"majority\"; known: classify, weighted, fastest,"
                + " cheapest, best, hedge, consensus, judge, fuse, shadow"),
        mistake(
            "routes: { x: { consensus: { of: [a] } } }",
            "routes.x.consensus: a panel has 2 to 16 members, not 1",
            "routes.x.consensus.quorum: must be from 1 to the number of members, not 2"),
        mistake(
            "routes: { x: { consensus: { of: [a, b, a], agreement: 100%, quorum: 1 } } }",
            "routes.x.consensus: a member is named twice; its answer would count twice",
            "routes.x.consensus.agreement: must be a share from 0 to less than 1, not 1.0; it must be exceeded, so that 1 could"
                + " never be reached",
            "routes.x.consensus.quorum: must be at least 2; one answer alone agrees with nobody"),
        mistake(
            "routes: { x: { judge: { of: [a, b], start: 2 } }, y: { fuse: { of: [a, b], start: 2, by: b } } }",
            "routes.x.judge.by: is missing; name a deployment or a route",
            "routes.y.fuse.start: belongs to a consensus; whoever judges or writes wants every answer"),
        mistake(
            "routes: { x: { fastest: [a], cheapest: [a] } }",
            "routes.x: two strategies in one mapping; put one inside the other"),
        mistake("routes: { x: { fastest: [] } }", "routes.x.fastest: an empty list; name what is to be tried"),
        mistake("routes: { x: { cheapest: a } }", "routes.x.cheapest: must be a list; name what is to be tried"),
        mistake(
            "routes: { x: { weighted: { a: 0 } } }",
            "routes.x.weighted.a: a weight is a number above 0, not \"0\""),
        mistake(
            "routes: { x: { weighted: {} } }",
            "routes.x.weighted: nothing to choose from; as in weighted: { stable: 95, canary: 5 }"),
        mistake(
            "routes: { x: { best: { of: [a], mode: good } } }",
            "routes.x.best.mode: must be quality, balanced or cost, not \"good\""),
        mistake(
            "routes: { x: { best: { mode: cost } } }",
            "routes.x.best.of: is missing; name what is to be chosen from, as in [a, b]"),
        mistake(
            "routes: { x: { hedge: { first: a, after: soon } } }",
            "routes.x.hedge.second: is missing; name a deployment or a route",
            "routes.x.hedge.after: not a duration: \"soon\"; write a whole number with ms, s, m or h, as in 800ms"
                + " or 2s"),
        mistake(
            "routes: { x: { shadow: { main: a, with: a, sample: 5 } } }",
            "routes.x.shadow.sample: must be a share from 0% to 100%, not \"5\""),
        mistake(
            "routes: { x: { hedge: { first: a, second: y } }, y: { weighted: { x: 1 } } }",
            "routes.x: a route that leads back to itself: x → y → x"),
        mistake(
            "routes: { x: { best: { of: [a, nobody] } } }",
            "routes.x.best.of[1]: no deployment or route \"nobody\"; known: a, b, x"),
        mistake("routes: { x: [a, { clasify: { analysis: a } }] }",
            "routes.x[1].clasify: unknown strategy \"clasify\"; did you mean \"classify\"?"),
        mistake("routes: { x: { classify: { coding: a } } }",
            "routes.x.classify: no branch for analysis; add one: every task that is not listed takes it"),
        mistake("routes: { x: { classify: { analysis: a, code: b } } }",
            "routes.x.classify.code: unknown task \"code\"; known: coding, creative, analysis, simple,"
                + " multimodal, high-volume"),
        mistake("routes: { x: { classify: { analysis: a, codin: b } } }",
            "routes.x.classify.codin: unknown task \"codin\"; did you mean \"coding\"?"),
        mistake("routes: { x: x }", "routes.x: a route that leads back to itself: x → x"),
        mistake("routes: { x: [a, y], y: { classify: { analysis: [b, z] } }, z: x, w: x }",
            "routes.x: a route that leads back to itself: x → y → z → x"),
        mistake("routes: { a: b }",
            "routes.a: a deployment has the same name; rename one: clients put either name into \"model\""),
        mistake("routes: { \"x y\": a }", "routes.x y: a name has 1 to 200 characters and no space"),
        mistake("keys: { dev: { secret: s, routes: [aa] } }",
            "keys.dev.routes[0]: no route or deployment \"aa\"; known: a, b"),
        mistake("keys: { dev: { secret: s, routes: [] } }",
            "keys.dev.routes: an empty list: the key could do nothing; leave it out to allow everything"),
        mistake("keys: { dev: { secret: s, routes: a } }",
            "keys.dev.routes: must be a list, as in [a, b]"),
        mistake("keys: { dev: { high-volume: maybe, secret: s } }",
            "keys.dev.high-volume: must be true or false, not \"maybe\""),
        mistake("keys: { dev: {} }",
            "keys.dev: \"secret\" is missing; as in secret: \"${env:NAME}\", or sha256: its digest"),
        mistake("keys: { dev: { sha256: abc } }",
            "keys.dev.sha256: must be 64 hexadecimal digits, as sha256sum prints them"),
        mistake("keys: { dev: { secret: s }, ops: { secret: s } }",
            "keys.ops: has the same secret as \"dev\""),
        mistake("keys: { dev: { secret: s, budget: { usd: 50 } } }",
            "keys.dev.budget: unknown key; known: secret, sha256, routes, deployments, regions, high-volume,"
                + " admin"),
        mistake("keys: { dev: { secret: \"${DEV_KEY}\" } }",
            "keys.dev.secret: unknown reference ${DEV_KEY}; did you mean ${env:DEV_KEY}?"),
        mistake("keys: { dev: { secret: \"${env:EMPTY}\" } }",
            "keys.dev.secret: the environment variable EMPTY is empty"),
        mistake("keys: { dev: { secret: \"${env:PRESENTT}\" } }",
            "keys.dev.secret: the environment variable PRESENTT is not set; did you mean \"PRESENT\"?"),
        mistake("keys: { dev: { secret: \"${env:PRESENT\" } }",
            "keys.dev.secret: \"${\" without its \"}\"; write $${ for the characters themselves"),
        mistake("listen: 0.0.0.0:8080",
            "listen: 0.0.0.0:8080 can be reached from other machines, and there are no keys; add keys,"
                + " or listen on 127.0.0.1"),
        mistake("listen: localhost",
            "listen: not an address to listen on: \"localhost\"; write host:port, as in 127.0.0.1:8080"),
        mistake("listen: [127.0.0.1]", "listen: must be a single value"),
        mistake("defaults: { max-tokens: 0 }",
            "defaults.max-tokens: must be a whole number of at least 1, not \"0\""),
        mistake("defaults: { thinking-budget: 100 }",
            "defaults.thinking-budget: must be a whole number of at least 1024, not \"100\""),
        mistake("keys: { dev: { secret: s, deployments: [claude] } }",
            "keys.dev.deployments[0]: no deployment \"claude\"; known: a, b"),
        mistake("keys: { dev: { secret: s, regions: [eu] } }",
            "keys.dev.regions[0]: no deployment in region \"eu\""),
        mistake("learning: { exploration: 60% }",
            "learning.exploration: must be a share from 0% to 50%, not \"60%\""),
        mistake("learning: { least-outcomes: 0 }",
            "learning.least-outcomes: must be a whole number from 1 to 1000000, not \"0\""),
        mistake("learning: { priors: { codng: { a: 80% } } }",
            "learning.priors.codng: unknown task \"codng\"; did you mean \"coding\"?"),
        mistake("learning: { priors: { coding: { a: 100% } } }",
            "learning.priors.coding.a: a quality is more than 0% and less than 100%, not 100%"),
        mistake("learning: { priors: { all: { gpt-5: 80% } } }",
            "learning.priors.all.gpt-5: no deployment of a model \"gpt-5\"; known: a, b"),
        mistake("timeouts: { connect: 20m }", "timeouts.connect: is longer than \"total\", 600000 ms"),
        mistake("timeouts: { idle: 0s }", "timeouts.idle: a duration is more than 0 and at most 24h, not 0s"),
        mistake("timeouts: 5s", "timeouts: must be a mapping of keys to values"),
        mistake("retries: { attempts-per-deployment: 9 }",
            "retries.attempts-per-deployment: 9 is more than the 6 attempts a request has"),
        mistake("limits: { body: 2MiB, bodies: 1MiB }",
            "limits.bodies: all bodies together need the room of at least one, which is 2097152 bytes;"
                + " it bounds the sum of all requests in flight"),
        mistake("limits: { body: 3GiB }", "limits.body: a size is from 1B to less than 2GiB, not 3GiB"),
        mistake("prices: { m: { input: 1 } }",
            "prices.m: \"output\" is missing; in US dollars for a million tokens"),
        mistake("prices: { m: { input: 0.0000001, output: 1 } }",
            "prices.m.input: a price has at most six decimals: 0.0000001"),
        mistake("prices: { m: { input: cheap, output: 1 } }",
            "prices.m.input: not a price: \"cheap\"; write US dollars for a million tokens, as in 2.50"),
        mistake("timeouts: { idle: 5s, idle: 6s }",
            "timeouts.idle: given twice; it is already given in line 3"),
        mistake("prices: { m: *nowhere }",
            "prices.m: no anchor &nowhere; an anchor stands before its alias, on a mapping or a list"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isReportedAtItsLine(String appended, List<String> expected) {
    Map<String, String> environment = Map.of("EMPTY", "", "PRESENT", "p");
    ConfigProblems thrown =
        catchThrowableOfType(
            ConfigProblems.class,
            () -> ConfigFile.parse(SOUND + appended + "\n", Path.of("auriga.yaml"), environment));
    assertThat(thrown).isNotNull();
    assertThat(thrown.problems())
        .extracting(problem -> problem.toString().replaceFirst("^line 3, column [0-9]+: ", ""))
        .containsExactlyElementsOf(expected);
  }

  private static Arguments mistake(String appended, String... problems) {
    return Arguments.of(appended, List.of(problems));
  }

  static Stream<Arguments> providers() {
    return Stream.of(
        mistake("", "providers.p: \"kind\" is missing; one of anthropic, anthropic-foundry, openai,"
            + " azure-openai, gemini, openrouter, openai-compatible"),
        mistake("kind: gemni", "providers.p.kind: unknown kind \"gemni\"; did you mean \"gemini\"?"),
        mistake("kind: vertex", "providers.p.kind: unknown kind \"vertex\"; known: anthropic,"
            + " anthropic-foundry, openai, azure-openai, gemini, openrouter, openai-compatible"),
        mistake("kind: gemini", "providers.p: \"api-key\" is missing; as in api-key: \"${env:NAME}\""),
        mistake("kind: gemini, api-key: \"\"", "providers.p.api-key: has no value"),
        mistake("kind: gemini, api-key: k, resource: r",
            "providers.p.resource: unknown key; known: discover, kind, api-key, api-keys, base-url, insecure"),
        mistake("kind: gemini, api-key: k, base-url: http://example.com",
            "providers.p.base-url: http to example.com would send the credential in the clear; use https,"
                + " or say \"insecure: true\""),
        mistake("kind: gemini, api-key: k, base-url: example.com",
            "providers.p.base-url: not an http or https URL; as in https://host/path"),
        mistake("kind: gemini, api-key: k, base-url: \"https://u:p@example.com\"",
            "providers.p.base-url: has credentials in it; put them into \"api-key\""),
        mistake("kind: gemini, api-key: k, base-url: \"https://exa mple.com\"",
            "providers.p.base-url: not a URL; as in https://host/path"),
        mistake("kind: openai-compatible",
            "providers.p: \"base-url\" is missing; as in http://localhost:11434/v1"),
        mistake("kind: azure-openai, endpoint: r",
            "providers.p: no way to authenticate; give \"api-key\" or \"auth: entra\""),
        mistake("kind: azure-openai, endpoint: r, api-key: k, auth: entra",
            "providers.p.auth: \"api-key\" and \"auth\" exclude each other; leave one out"),
        mistake("kind: azure-openai, endpoint: r, auth: intra",
            "providers.p.auth: must be entra, or left out beside an api-key"),
        mistake("kind: azure-openai, endpoint: r, api-key: k, entra-scope: s",
            "providers.p.entra-scope: has no meaning without \"auth: entra\""),
        mistake("kind: azure-openai, endpoint: r, api-key: k, api-version: v1",
            "providers.p.api-version: must be a date, as in 2024-10-21 or 2025-04-01-preview; leave it"
                + " out for the v1 API"),
        mistake("kind: azure-openai, endpoint: \"http://r.openai.azure.com\", api-key: k",
            "providers.p.endpoint: http to r.openai.azure.com would send the credential in the clear; use"
                + " https, or say \"insecure: true\""),
        mistake("kind: anthropic-foundry, api-key: k",
            "providers.p: no address; give \"resource\", the resource's name, or \"base-url\""),
        mistake("kind: anthropic-foundry, api-key: k, resource: r, base-url: \"https://r/\"",
            "providers.p: \"resource\" and \"base-url\" exclude each other; leave one out"));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void provider_isChecked(String keys, List<String> expected) {
    String yaml = "providers: { p: { %s } }\ndeployments: { a: { provider: p } }\n".formatted(keys);
    assertThat(ConfigFileTest.problems(yaml))
        .extracting(problem -> problem.toString().replaceFirst("^line 1, column [0-9]+: ", ""))
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "many", "2.5"})
  void maxConcurrent_isACountFromOne(String said) {
    assertThat(
            ConfigFileTest.problems(
                    """
                    providers: { p: { kind: openai, api-key: k } }
                    deployments: { a: { provider: p, max-concurrent: %s } }
                    """
                        .formatted(said)))
        .singleElement()
        .asString()
        .startsWith("line 2, column 34: ")
        .contains("deployments.a.max-concurrent: must be a whole number of at least 1, not \"%s\"".formatted(said));
  }

  @Test
  void maxConcurrent_isCheckedForBuildersToo() {
    assertThatThrownBy(
            () ->
                Config.builder()
                    .provider("p", ProviderConfig.openAi(new Secret("k")))
                    .deployment("a", new DeploymentConfig("p").withMaxConcurrent(0))
                    .build())
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("deployments.a.max-concurrent: must be a whole number of at least 1, not \"0\"");
  }

  @Test
  void discovery_isForProvidersThatHaveAList() {
    assertThat(
            ConfigFileTest.problems(
                """
                providers: { p: { kind: anthropic-foundry, resource: r, api-key: k, discover: true } }
                deployments: { a: { provider: p } }
                """))
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .endsWith("providers.p.discover: anthropic-foundry has no list of its deployments; leave it out;"
            + " say base-model and capabilities of a deployment");
  }

  static Stream<Arguments> capabilities() {
    return Stream.of(
        mistake("contxt: 1", "deployments.a.capabilities.contxt: unknown key; did you mean \"context\"?"),
        mistake("output: 0", "deployments.a.capabilities.output: must be a whole number from 1 to 999999999,"
                + " not \"0\""),
        mistake("output: 8k", "deployments.a.capabilities.output: must be a whole number from 1 to 999999999,"
                + " not \"8k\""),
        mistake("tools: perhaps", "deployments.a.capabilities.tools: must be true or false, not \"perhaps\""),
        mistake("modalities: image", "deployments.a.capabilities.modalities: must be a list, as in [a, b]"),
        mistake("modalities: [image, smell]",
            "deployments.a.capabilities.modalities: must be a list of text, image, audio,"
                + " video, document, not \"image, smell\""),
        mistake("forced-tools: at-times",
            "deployments.a.capabilities.forced-tools: must be true, false or not-while-thinking,"
                + " not \"at-times\""));
  }

  @ParameterizedTest
  @MethodSource("capabilities")
  void capabilities_areChecked(String keys, List<String> expected) {
    String yaml =
        """
        providers: { p: { kind: gemini, api-key: k } }
        deployments: { a: { provider: p, capabilities: { %s } } }
        """
            .formatted(keys);
    assertThat(ConfigFileTest.problems(yaml))
        .extracting(problem -> problem.toString().replaceFirst("^line 2, column [0-9]+: ", ""))
        .containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        Arguments.of("", "nothing is in it"),
        Arguments.of("# only a comment\n", "nothing is in it"),
        Arguments.of("null\n", "nothing is in it"),
        Arguments.of("- a\n", "must be a mapping of keys to values"),
        Arguments.of("{}\n", "no provider"),
        Arguments.of("providers: {\n", "not valid YAML"),
        Arguments.of("a: b: c\n", "not valid YAML"),
        Arguments.of("\tproviders: 1\n", "not valid YAML"),
        Arguments.of("[".repeat(500), "not valid YAML"),
        Arguments.of(SOUND + "---\n" + SOUND, "a second document"),
        Arguments.of("x: &x { <<: *x }\n" + SOUND, "no anchor &x"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void document_isChecked(String yaml, String expected) {
    assertThat(ConfigFileTest.problems(yaml))
        .anySatisfy(problem -> assertThat(problem.message()).startsWith(expected))
        .allSatisfy(problem -> assertThat(problem.place()).isNotNull());
  }

  @Test
  void builder_makesTheSameChecksAndReportsAllAtOnce() {
    ConfigProblems thrown =
        catchThrowableOfType(
            ConfigProblems.class,
            () ->
                Config.builder()
                    .listen(new Listen("0.0.0.0", 80))
                    .provider("first", ProviderConfig.anthropic(new Secret("k")))
                    .provider("local", ProviderConfig.openAiCompatible("http://gpu/v1"))
                    .deployment("a", "frist")
                    .route("r", RouteConfig.inTurn("a", "bb"))
                    .route("s", RouteConfig.to("s"))
                    .build());
    assertThat(thrown.problems()).extracting(ConfigProblems.Problem::path)
        .containsExactlyInAnyOrder(
            "listen", "providers.local.base-url", "deployments.a.provider", "routes.r[1]", "routes.s");
    assertThat(thrown.problems()).allSatisfy(problem -> assertThat(problem.place()).isNull());
  }

  @Test
  void api_isReadWhereThereAreTwo_andRefusedElsewhere() {
    String yaml =
        """
        providers: { oai: { kind: openai, api-key: k }, ant: { kind: anthropic, api-key: k } }
        deployments: { a: { provider: oai, api: responses }, b: { provider: oai }%s }
        """;
    Config config = ConfigFile.parse(yaml.formatted(""), Path.of("auriga.yaml"), Map.of());
    assertThat(config.deployments())
        .containsEntry("a", new DeploymentConfig("oai").withApi(DeploymentConfig.Api.RESPONSES))
        .containsEntry("b", new DeploymentConfig("oai"));

    String wrong = yaml.formatted(", c: { provider: ant, api: chat }, d: { provider: oai, api: both }");
    assertThat(ConfigFileTest.problems(wrong))
        .extracting(problem -> problem.path() + ": " + problem.message())
        .containsExactlyInAnyOrder(
            "deployments.c.api: the provider \"ant\" has one API only",
            "deployments.d.api: must be chat or responses, not \"both\"");
  }

  private static final String ROUTERS =
      """
      providers:
        azure: { kind: azure-openai, endpoint: "https://r.openai.azure.com", api-key: k }
        or: { kind: openrouter, api-key: k, app-url: "https://app.example", app-title: App }
      deployments:
        model-router:
          provider: azure
          routing: { mode: cost, models: [gpt-5-nano, gpt-4o-mini], affinity: true }
        mine: { provider: azure, base-model: model-router, routing: { mode: quality } }
        auto:
          provider: or
          model: openrouter/auto
          openrouter:
            provider: { order: [a, "b c"], allow_fallbacks: false, max_price: { prompt: 1, completion: 2.5 } }
            models: [x/y]
            plugins: [{ id: web, max_results: 3 }]
      """;

  @Test
  void whatARouterIsTold_isRead() {
    Config config = ConfigFile.parse(ROUTERS, Path.of("auriga.yaml"), Map.of());
    assertThat(config.providers())
        .containsEntry(
            "or",
            new ProviderConfig.OpenRouter(
                new Secret("k"), null, new ProviderConfig.OpenRouter.App("https://app.example", "App"), false));
    assertThat(config.deployments())
        .containsEntry(
            "model-router",
            new DeploymentConfig("azure")
                .withRouter(
                    new RouterConfig.ModelRouter(
                        RouterConfig.Mode.COST, List.of("gpt-5-nano", "gpt-4o-mini"), true)))
        .containsEntry(
            "mine",
            new DeploymentConfig("azure")
                .withBaseModel("model-router")
                .withRouter(new RouterConfig.ModelRouter(RouterConfig.Mode.QUALITY, List.of(), false)))
        .containsEntry(
            "auto",
            new DeploymentConfig("or", "openrouter/auto")
                .withRouter(
                    new RouterConfig.OpenRouter(
                        new RawJson(
                            "{\"order\":[\"a\",\"b c\"],\"allow_fallbacks\":false,"
                                + "\"max_price\":{\"prompt\":1,\"completion\":2.5}}"),
                        List.of("x/y"),
                        new RawJson("[{\"id\":\"web\",\"max_results\":3}]"))));
  }

  static Stream<Arguments> routerMistakes() {
    return Stream.of(
        mistake("x: { provider: azure, routing: { mode: cost } }",
            "deployments.x.routing: is for Azure's Model Router, and nothing says that this is one; say"
                + " \"base-model: model-router\" where its deployment has a name of its own, or leave it out"),
        mistake("x: { provider: or, routing: { mode: cost } }",
            "deployments.x.routing: is for Azure's Model Router, and the provider is openrouter; leave it out"),
        mistake("x: { provider: azure, openrouter: { models: [a] } }",
            "deployments.x.openrouter: is for OpenRouter, and the provider is azure-openai; leave it out"),
        mistake("x: { provider: azure, model: model-router, routing: { mode: best } }",
            "deployments.x.routing.mode: must be quality, balanced or cost, not \"best\""),
        mistake("x: { provider: azure, model: model-router, routing: { models: [a, a] } }",
            "deployments.x.routing.models[1]: \"a\" is given twice"),
        mistake("x: { provider: azure, model: model-router, routing: { model: a } }",
            "deployments.x.routing.model: unknown key; did you mean \"mode\" or \"models\"?"),
        mistake("x: { provider: or, openrouter: { provider: [a] } }",
            "deployments.x.openrouter.provider: must be a mapping, as in { order: [a, b] }"),
        mistake("x: { provider: or, openrouter: { plugins: { id: web } } }",
            "deployments.x.openrouter.plugins: must be a list, as in [{ id: web }]"),
        mistake("x: { provider: or, openrouter: { plugin: [] } }",
            "deployments.x.openrouter.plugin: unknown key; did you mean \"plugins\"?"));
  }

  @ParameterizedTest
  @MethodSource("routerMistakes")
  void whatARouterCannotBeTold_isRefusedWithAdvice(String deployment, List<String> expected) {
    assertThat(ConfigFileTest.problems(ROUTERS + "  " + deployment + "\n"))
        .extracting(problem -> problem.toString().replaceFirst("^line [0-9]+, column [0-9]+: ", ""))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void escapedReference_staysAsItIs() {
    Config config =
        ConfigFile.parse(
            SOUND.replace("api-key: k", "api-key: \"a$${env:X}$b\""), Path.of("auriga.yaml"), Map.of());
    assertThat(config.providers().get("first"))
        .isEqualTo(ProviderConfig.anthropic(new Secret("a${env:X}$b")));
  }
}
