// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import dev.auriga.config.ConfigProblems;
import dev.auriga.config.KeyConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.observe.RequestRecord.Ending;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with a request is told in the caller's own dialect, with the status its clients
/// expect, and with what to do about it; no provider is called for it.
class WrongInputIT {
  private static final int MOST_BYTES = 1 << 20;

  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    rig = Rig.start();
    running = rig.serve(config());
  }

  @AfterAll
  static void stop() {
    running.close();
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.reset();
    running.records().rest();
  }

  private static Config config() {
    return rig.config()
        .route("pair", RouteConfig.inTurn("claude-sonnet-4-5", "gpt-4o"))
        .limits(
            new Config.Limits(
                MOST_BYTES, 4 * MOST_BYTES, MOST_BYTES, Duration.ofSeconds(15), Duration.ofSeconds(2)))
        .retries(new Config.Retries(2, 6, Duration.ofMillis(2), Duration.ofSeconds(30)))
        .build();
  }

  /// Each sort of refusal as OpenAI, Anthropic and Gemini write it: the type (of OpenAI with its
  /// code) or the status word.
  private enum Sort {
    INVALID(400, "invalid_request_error/null", "invalid_request_error", "INVALID_ARGUMENT"),
    UNAUTHENTICATED(
        401, "invalid_request_error/invalid_api_key", "authentication_error", "UNAUTHENTICATED"),
    FORBIDDEN(
        403,
        "invalid_request_error/insufficient_permissions",
        "permission_error",
        "PERMISSION_DENIED"),
    UNKNOWN_ROUTE(404, "invalid_request_error/model_not_found", "not_found_error", "NOT_FOUND"),
    UNKNOWN_PATH(404, "invalid_request_error/not_found", "not_found_error", "NOT_FOUND"),
    WRONG_METHOD(
        405,
        "invalid_request_error/method_not_supported",
        "invalid_request_error",
        "INVALID_ARGUMENT"),
    TOO_LARGE(
        413, "invalid_request_error/request_too_large", "request_too_large", "INVALID_ARGUMENT"),
    UNSUPPORTED_MEDIA(
        415,
        "invalid_request_error/unsupported_media_type",
        "invalid_request_error",
        "INVALID_ARGUMENT");

    private final int status;
    private final String openAi;
    private final String anthropic;
    private final String gemini;

    Sort(int status, String openAi, String anthropic, String gemini) {
      this.status = status;
      this.openAi = openAi;
      this.anthropic = anthropic;
      this.gemini = gemini;
    }
  }

  static Stream<Wire> clients() {
    return Stream.of(Wire.values());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void unknownRoute_namesNearMatches(Wire client) throws IOException, InterruptedException {
    String message =
        "there is no route or deployment \"gemini-2.5-por\"; did you mean \"gemini-2.5-pro\"?";
    for (boolean streamed : List.of(false, true)) {
      Told told = Told.by(client.request(address(), "gemini-2.5-por", "Hello", streamed));
      assertRefused(told, client, Sort.UNKNOWN_ROUTE, "model", message);
      assertThat(told.header("x-auriga-route")).isEqualTo("gemini-2.5-por");
      assertThat(running.records().next().ending()).isEqualTo(Ending.REFUSED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void malformedJson_isToldWithLineAndColumn(Wire client) throws IOException, InterruptedException {
    String body = "{\"model\": \"gpt-4o\",\n  \"messages\": [}";
    assertRefused(
        Told.by(client.post(address(), client.path("gpt-4o", false), body).build()),
        client,
        Sort.INVALID,
        null,
        "the body is not valid JSON at line 2, column 16: Unexpected close marker '}': expected ']'");
    assertRefused(
        Told.by(client.post(address(), client.path("gpt-4o", false), "[]").build()),
        client,
        Sort.INVALID,
        null,
        "the body must be a JSON object");
  }

  /// The body has the right shape but for one place, in each dialect.
  private static final Map<Wire, String> WRONG_TYPE =
      Map.of(
          Wire.OPENAI,
          "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": 5}]}",
          Wire.ANTHROPIC,
          "{\"model\": \"%s\", \"max_tokens\": 10, \"messages\": [{\"role\": \"user\", \"content\": 5}]}",
          Wire.GEMINI,
          "{\"contents\": [{\"role\": \"user\", \"parts\": [{\"text\": 5}]}]}",
          Wire.RESPONSES,
          "{\"model\": \"%s\", \"input\": [{\"role\": \"user\", \"content\": 5}]}");

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void wrongType_isToldWithItsPath(Wire client) throws IOException, InterruptedException {
    String field =
        switch (client) {
          case OPENAI, ANTHROPIC -> "messages[0].content";
          case GEMINI -> "contents[0].parts[0].text";
          case RESPONSES -> "input[0].content";
        };
    String expected =
        switch (client) {
          case OPENAI, RESPONSES -> "must be a string or an array of parts";
          case ANTHROPIC -> "must be a string or an array of blocks";
          case GEMINI -> "must be a string";
        };
    for (String model : List.of("claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro")) {
      String body = WRONG_TYPE.get(client).formatted(model);
      Told told = Told.by(client.post(address(), client.path(model, false), body).build());
      assertRefused(told, client, Sort.INVALID, field, field + ": " + expected);
    }
  }

  private static final String NO_KEY =
      "no key: send it as \"Authorization: Bearer KEY\", \"x-api-key: KEY\" or \"x-goog-api-key: KEY\"";

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void missingKey_isUnauthenticated(Wire client) throws IOException, InterruptedException {
    assertRefused(Told.by(keyless(client, "")), client, Sort.UNAUTHENTICATED, null, NO_KEY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void wrongKey_isUnauthenticatedAndNotRepeated(Wire client)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(client.path("gpt-4o", false)));
    Told told =
        Told.by(client.keyed(request, "sk-wrong-9d1").POST(BodyPublishers.ofString("{}")).build());
    assertRefused(told, client, Sort.UNAUTHENTICATED, null, "this key is not known here");
    assertThat(told.body()).doesNotContain("sk-wrong-9d1");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void keyInTheQuery_isNotAccepted(Wire client) throws IOException, InterruptedException {
    for (String parameter : List.of("key=", "api_key=", "api-key=")) {
      Told told = Told.by(keyless(client, parameter + Rig.KEY));
      assertRefused(told, client, Sort.UNAUTHENTICATED, null, NO_KEY);
    }
  }

  private static HttpRequest keyless(Wire client, String query) {
    String path = client.path("gpt-4o", false) + (query.isEmpty() ? "" : "?" + query);
    String body = client.body("gpt-4o", "Hello", false).toString();
    return HttpRequest.newBuilder(address().resolve(path))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void everyPathButHealth_wantsAKey() throws IOException, InterruptedException {
    for (String path :
        List.of(
            "/",
            "/v1/models",
            "/v1/models/auto",
            "/v1beta/models",
            "/v1/chat/completions",
            "/v1/messages",
            "/v1beta/models/auto:generateContent",
            "/api/explain",
            "/nowhere",
            "/healthz/more")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        HttpRequest request =
            HttpRequest.newBuilder(address().resolve(path))
                .method(method, BodyPublishers.ofString("{}"))
                .build();
        assertThat(Told.by(request).status()).as(method + " " + path).isEqualTo(401);
      }
    }
    for (String path : List.of("/healthz", "/readyz")) {
      assertThat(Told.by(HttpRequest.newBuilder(address().resolve(path)).build()).status())
          .isEqualTo(200);
    }
  }

  /// Addresses in a body or a header are a request's words and nothing more.
  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void addressInARequest_isNeverCalled(Wire client) throws IOException, InterruptedException {
    String elsewhere = rig.sandbox().address(Simulated.OPENAI).toString();
    for (String deployment : List.of("claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro")) {
      ObjectNode body = client.body(deployment, "Hello " + elsewhere, false);
      for (String field : List.of("base_url", "api_base", "endpoint", "api_key")) {
        body.put(field, elsewhere);
      }
      HttpRequest.Builder request =
          client.post(address(), client.path(deployment, false), body.toString());
      for (String header :
          List.of("x-base-url", "x-forwarded-host", "x-auriga-base-url", "x-ms-original-url")) {
        request.header(header, elsewhere);
      }
      Told.by(request.build());
    }
    assertThat(rig.sandbox().calls(Simulated.OPENAI)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void oversizedBody_isRefused(Wire client) throws IOException, InterruptedException {
    String body = client.body("gpt-4o", "x".repeat(MOST_BYTES), false).toString();
    assertRefused(
        Told.by(client.post(address(), client.path("gpt-4o", false), body).build()),
        client,
        Sort.TOO_LARGE,
        null,
        "the body is over the limit; see limits.body in the configuration");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void unsupportedMedia_isRefused(Wire client) throws IOException, InterruptedException {
    String path = client.path("gpt-4o", false);
    HttpRequest text =
        client
            .keyed(HttpRequest.newBuilder(address().resolve(path)), Rig.KEY)
            .header("content-type", "text/plain")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertRefused(
        Told.by(text),
        client,
        Sort.UNSUPPORTED_MEDIA,
        null,
        "the body is said to be \"text/plain\"; send application/json");
    assertRefused(
        Told.by(client.post(address(), path, "{}").header("content-encoding", "gzip").build()),
        client,
        Sort.UNSUPPORTED_MEDIA,
        null,
        "content-encoding \"gzip\" is not understood; send the body as it is");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void unknownPath_namesTheKnownOnes(Wire client) throws IOException, InterruptedException {
    String path =
        switch (client) {
          case OPENAI -> "/v1/chat/completion";
          case ANTHROPIC -> "/v1/messages/batches";
          case GEMINI -> "/v1beta/files";
          case RESPONSES -> "/v1/response";
        };
    assertRefused(
        Told.by(client.post(address(), path, "{}").build()), client, Sort.UNKNOWN_PATH, null,
        "there is nothing at " + path
            + "; there are /v1/chat/completions, /v1/responses, /v1/messages,"
            + " /v1beta/models/{route}:generateContent, /v1/embeddings, /v1/models, /api/explain,"
            + " /api/decisions/{request}, /api/feedback, /metrics and /healthz");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void wrongMethod_namesTheRightOne(Wire client) throws IOException, InterruptedException {
    String path = client.path("gpt-4o", false);
    Told told =
        Told.by(
            client.keyed(HttpRequest.newBuilder(address().resolve(path)), Rig.KEY).GET().build());
    assertRefused(told, client, Sort.WRONG_METHOD, null, path + " takes POST, not GET");
    assertThat(told.header("allow")).isEqualTo("POST");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void unknownTask_namesTheKnownOnes(Wire client) throws IOException, InterruptedException {
    assertRefused(
        withHeader(client, "x-auriga-task", "codign"),
        client,
        Sort.INVALID,
        "x-auriga-task",
        "there is no task \"codign\"; there are coding, creative, analysis, simple, multimodal, high-volume");
    assertRefused(
        withHeader(client, "x-auriga-high-volume", "yes"),
        client,
        Sort.INVALID,
        "x-auriga-high-volume",
        "x-auriga-high-volume is true or false, not \"yes\"");
    assertRefused(
        withHeader(client, "x-auriga-deadline", "soon"),
        client,
        Sort.INVALID,
        "x-auriga-deadline",
        "x-auriga-deadline is a duration such as 800ms, 30s or 2m, not \"soon\"");
  }

  private static Told withHeader(Wire client, String name, String value)
      throws IOException, InterruptedException {
    String body = client.body("auto", "Hello", false).toString();
    return Told.by(
        client.post(address(), client.path("auto", false), body).header(name, value).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void everyProviderDown_isOverloadedWithTheAttemptsListed(Wire client)
      throws IOException, InterruptedException {
    List<Simulated> behind = List.of(Simulated.FOUNDRY, Simulated.AZURE);
    behind.forEach(rig.sandbox()::down);
    try (Rig.Running fresh = rig.serve(config())) {
      Told told = Told.by(client.request(fresh.address(), "pair", "Hello", false));
      assertThat(told.status()).isEqualTo(client == Wire.ANTHROPIC ? 529 : 503);
      assertThat(told.problem(client)).isEqualTo(Expected.Problem.OVERLOADED.word(client, told));
      assertThat(message(told, client))
          .matches(
              "no deployment could answer, 4 attempts: claude-sonnet-4-5: unreachable \\(.*\\);"
                  + " claude-sonnet-4-5: unreachable \\(.*\\); gpt-4o: unreachable \\(.*\\);"
                  + " gpt-4o: unreachable \\(.*\\)");
      assertThat(told.header("x-auriga-attempts")).isEqualTo("4");
    } finally {
      behind.forEach(rig.sandbox()::up);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void everyProviderRateLimited_isToldWithTheSoonestWait(Wire client)
      throws IOException, InterruptedException {
    rig.sandbox().faults().on(Simulated.FOUNDRY).rateLimited(Duration.ofSeconds(60));
    rig.sandbox().faults().on(Simulated.AZURE).rateLimited(Duration.ofSeconds(30));
    try (Rig.Running fresh = rig.serve(config())) {
      Told told = Told.by(client.request(fresh.address(), "pair", "Hello", false));
      assertThat(told.status()).isEqualTo(429);
      assertThat(told.problem(client)).isEqualTo(Expected.Problem.RATE_LIMITED.word(client, told));
      assertThat(told.header("retry-after")).isEqualTo("30");
      assertThat(message(told, client))
          .contains("2 attempts: claude-sonnet-4-5: rate-limited (", "; gpt-4o: rate-limited (");
    }
  }

  @Test
  void keyWithoutTheRoute_isForbidden() throws IOException, InterruptedException {
    KeyConfig narrow = KeyConfig.of(new Secret("narrow-key")).withRoutes("auto", "pair");
    try (Rig.Running fresh = rig.serve(config().toBuilder().key("narrow", narrow).build())) {
      for (Wire client : Wire.values()) {
        String body = client.body("gpt-4o", "Hello", false).toString();
        HttpRequest.Builder request =
            HttpRequest.newBuilder(fresh.address().resolve(client.path("gpt-4o", false)))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        assertRefused(
            Told.by(client.keyed(request, "narrow-key").build()),
            client,
            Sort.FORBIDDEN,
            "model",
            "the key \"narrow\" may not use \"gpt-4o\"; it may use: auto, pair");
      }
    }
  }

  @Test
  void configurationWithFiveMistakes_tellsThemAllAtOnce() {
    String yaml =
        """
        listen: 127.0.0.1:80800
        providers:
          foundry: { kind: anthropic-foundry, resource: contoso, api-key: k, regoin: eu }
          google: { kind: gemini, api-key: "${env:NOT_THERE}" }
        deployments:
          claude-sonnet-4-5: { provider: foundri }
        routes:
          auto: [claude-sonnet-4-5, gpt-4o]
        """;
    ConfigProblems problems =
        catchThrowableOfType(
            ConfigProblems.class, () -> ConfigFile.parse(yaml, Path.of("auriga.yaml"), Map.of()));
    assertThat(problems.getMessage().lines())
        .containsExactly(
            "auriga.yaml: 5 problems",
            "  line 1, column 1: listen: a port is between 0 and 65535, not 80800",
            "  line 3, column 70: providers.foundry.regoin: unknown key; known: discover, kind, resource,"
                + " base-url, api-key, api-keys, auth, entra-scope, insecure",
            "  line 4, column 27: providers.google.api-key: the environment variable NOT_THERE is not set",
            "  line 6, column 24: deployments.claude-sonnet-4-5.provider: no provider \"foundri\";"
                + " did you mean \"foundry\"?",
            "  line 8, column 29: routes.auto[1]: no deployment or route \"gpt-4o\"; known: auto,"
                + " claude-sonnet-4-5");
  }

  private static URI address() {
    return running.address();
  }

  /// The exact answer, and that nobody was called for it.
  private static void assertRefused(
      Told told, Wire client, Sort sort, String field, String message) {
    assertThat(told.status()).as(told.body()).isEqualTo(sort.status);
    assertThat(told.header("content-type")).isEqualTo("application/json");
    assertThat(told.header("x-auriga-attempts")).isEqualTo("0");
    JsonNode error = told.json().path("error");
    assertThat(error.path("message").stringValue()).isEqualTo(message);
    switch (client) {
      case OPENAI, RESPONSES -> {
        assertThat(error.path("type").stringValue() + "/" + error.path("code").asString("null"))
            .isEqualTo(sort.openAi);
        assertThat(error.path("param").asString(null)).isEqualTo(field);
      }
      case ANTHROPIC -> {
        assertThat(told.json().path("type").stringValue()).isEqualTo("error");
        assertThat(error.path("type").stringValue()).isEqualTo(sort.anthropic);
      }
      case GEMINI -> {
        assertThat(error.path("code").intValue()).isEqualTo(sort.status);
        assertThat(error.path("status").stringValue()).isEqualTo(sort.gemini);
        JsonNode violation = error.path("details").path(0).path("fieldViolations").path(0);
        assertThat(violation.path("field").asString(null)).isEqualTo(field);
      }
    }
    assertThat(rig.sandbox().calls()).isEmpty();
  }

  private static String message(Told told, Wire client) {
    return told.json().path("error").path("message").stringValue();
  }
}
