// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.RawJson;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.ProviderConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.config.RouterConfig;
import dev.auriga.dialect.router.RouterTrace;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.RecordJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Azure's Model Router and OpenRouter as deployments: what they are told, what of their word is kept, and
/// what becomes of their failures.
class RoutersIT {
  private static final String AZURE = "/z/openai/v1/chat/completions";
  private static final String OPENROUTER = "/r/api/v1/chat/completions";
  private static final String OPENAI = "/o/v1/chat/completions";

  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"%s\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"canary\"},\"finish_reason\":\"%s\"}],"
          + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100%s}%s}";
  private static final String DETAILS =
      ",\"model_selection_details\":{\"model_router_details\":{\"mode\":\"cost\",\"session_affinity\":"
          + "{\"strategy\":\"sticky\",\"source\":\"session_id_payload\",\"decision\":\"retain\"},\"routing_trace\":"
          + "[{\"latency_ms\":9,\"attempts\":[{\"model\":\"gpt-4o-mini\",\"result\":{\"status\":429,\"error\":"
          + "{\"code\":\"TooMany\",\"message\":\"canary\"}}},{\"model\":\"gpt-5-nano\",\"result\":{\"status\":200}}]}]}}";
  private static final String METADATA =
      ",\"openrouter_metadata\":{\"requested\":\"openrouter/auto\",\"strategy\":\"auto\",\"is_byok\":false,"
          + "\"summary\":\"canary\",\"attempts\":[{\"model\":\"x/y\",\"provider\":\"X\",\"status\":200}]}";
  private static final RouterTrace RETAINED =
      new RouterTrace(
          "cost", "retain",
          List.of(
              new RouterTrace.Step("gpt-4o-mini", "", 429, "TooMany"),
              new RouterTrace.Step("gpt-5-nano", "", 200, "")));

  private static final String ROUTED = ANSWER.formatted("gpt-5-nano-2025-08-07", "stop", "", DETAILS);
  private static final String UNTOLD = ANSWER.formatted("gpt-5-nano-2025-08-07", "stop", "", "");
  private static final String COSTED = ANSWER.formatted("x/y", "stop", ",\"cost\":0.0042", METADATA);
  private static final String REFUSED =
      "{\"error\":{\"message\":\"Unrecognized request argument supplied: routing_config\","
          + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";

  private ScriptedRig rig;

  @BeforeEach
  void start() {
    rig = new ScriptedRig(RoutersIT::routers);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Config.Builder routers(Config.Builder config) {
    ProviderConfig.AzureOpenAi azure =
        (ProviderConfig.AzureOpenAi) config.build().providers().get("azure");
    String openRouter = azure.address().replace("/z", "/r/api/v1");
    return config
        .provider(
            "or",
            new ProviderConfig.OpenRouter(
                new Secret(ScriptedRig.UPSTREAM_KEY), openRouter,
                new ProviderConfig.OpenRouter.App("https://app.example", "App"), false))
        .deployment(
            "router",
            new DeploymentConfig("azure", "model-router")
                .withRouter(
                    new RouterConfig.ModelRouter(
                        RouterConfig.Mode.COST, List.of("gpt-5-nano", "gpt-4o-mini"), true)))
        .deployment("plain-router", new DeploymentConfig("azure", "model-router"))
        .deployment(
            "auto-or",
            new DeploymentConfig("or", "openrouter/auto")
                .withRouter(
                    new RouterConfig.OpenRouter(
                        new RawJson("{\"allow_fallbacks\": false}"), List.of("x/y"), new RawJson("[{\"id\":\"web\"}]"))))
        .route("or-then-gpt", RouteConfig.inTurn("auto-or", "gpt"));
  }

  private static String chat(String model, boolean streamed, String more) {
    return "{\"model\":\"%s\",\"stream\":%s,%s\"messages\":[{\"role\":\"user\",\"content\":\"canary of the prompt\"}]}"
        .formatted(model, streamed, more);
  }

  private HttpResponse<String> ask(String model, String... headers) throws Exception {
    return rig.post("/v1/chat/completions", chat(model, false, ""), headers);
  }

  /// The record of the request that was answered so; asked for until it has ended.
  private RequestRecord recorded(HttpResponse<?> answer) throws Exception {
    String id = answer.headers().firstValue("x-auriga-request").orElseThrow();
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    HttpResponse<String> told;
    do {
      told = rig.get("/api/decisions/" + id);
    } while (told.statusCode() == 404 && System.nanoTime() < until);
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    assertThat(told.body()).doesNotContain("canary");
    return RecordJson.read(told.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /// A whole answer as the events of a stream; its usage and what the router says come last.
  private static String stream(String answer) {
    String chunk = answer.replace("chat.completion\"", "chat.completion.chunk\"").replace("\"message\"", "\"delta\"");
    return "data: " + chunk + "\n\ndata: [DONE]\n\n";
  }

  @Test
  void theModelRouter_isToldHowToChoose_andItsTraceIsKept() throws Exception {
    rig.on(AZURE, 200, ROUTED);
    HttpResponse<String> answer = ask("router", "x-auriga-session", "user-4711");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(rig.seen(AZURE).head().toLowerCase(java.util.Locale.ROOT))
        .contains("foundry-features: modelroutercontrols=v1preview");
    assertThat(rig.seen(AZURE).body())
        .startsWith("{\"routing_config\":{\"mode\":\"cost\",\"models\":[\"gpt-5-nano\",\"gpt-4o-mini\"],")
        .containsPattern("\"session_affinity\":\\{\"strategy\":\"sticky\",\"session_id\":\"[0-9a-f]{32}\"}")
        .doesNotContain("4711");
    assertThat(header(answer, "x-auriga-served-by")).isEqualTo("gpt-5-nano-2025-08-07");
    RequestRecord record = recorded(answer);
    assertThat(record.attempts()).singleElement().satisfies(each -> assertThat(each.routed()).isEqualTo(RETAINED));
    // $0.05 and $0.40 a million, and the fee of $0.14 on what goes in.
    assertThat(record.cost())
        .isInstanceOfSatisfying(Cost.Priced.class, cost -> assertThat(cost.micros()).isEqualTo(90 + 140));

    rig.onStream(AZURE, stream(ROUTED), stream(ROUTED).length());
    RequestRecord streamed = recorded(rig.post("/v1/chat/completions", chat("router", true, "")));
    assertThat(streamed.attempts()).singleElement().satisfies(each -> assertThat(each.routed()).isEqualTo(RETAINED));
    assertThat(streamed.cost()).isEqualTo(record.cost());
  }

  @Test
  void theSameSession_isKnownByTheSameKey_andAnotherByAnother() throws Exception {
    rig.on(AZURE, 200, UNTOLD);
    ask("router", "x-auriga-session", "one");
    String first = rig.seen(AZURE).body();
    ask("router", "x-auriga-session", "one");
    assertThat(rig.seen(AZURE).body()).isEqualTo(first);
    ask("router", "x-auriga-session", "two");
    assertThat(rig.seen(AZURE).body()).isNotEqualTo(first);
  }

  @Test
  void theClientsOwnWord_goesBefore() throws Exception {
    rig.on(AZURE, 200, UNTOLD);
    String own = "\"routing_config\":{\"mode\":\"quality\"},";
    rig.post("/v1/chat/completions", chat("router", false, own));
    assertThat(rig.seen(AZURE).body()).contains(own).containsOnlyOnce("routing_config");

    rig.on(AZURE, 400, REFUSED);
    HttpResponse<String> refused = rig.post("/v1/chat/completions", chat("router", false, own));
    assertThat(refused.statusCode()).as("it is the client's to mend").isEqualTo(400);
    assertThat(header(refused, "x-auriga-attempts")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereThePreviewIsNotKnown_itIsAskedOnceMoreWithout_andNotToldAgain(boolean streamed) throws Exception {
    rig.once(AZURE, 400, REFUSED, UNTOLD);
    HttpResponse<String> first = ask("router");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(header(first, "x-auriga-attempts")).isEqualTo("2");
    assertThat(header(first, "x-auriga-loss")).isEqualTo("refused-control:routing_config");

    if (streamed) {
      rig.onStream(AZURE, stream(UNTOLD), stream(UNTOLD).length());
    }
    HttpResponse<String> second = rig.post("/v1/chat/completions", chat("router", streamed, ""));
    assertThat(header(second, "x-auriga-loss")).isEqualTo("refused-control:routing_config");
    assertThat(recorded(second).attempts()).hasSize(1);
  }

  @Test
  void aRouterThatIsToBeToldNothing_isToldNothing() throws Exception {
    rig.on(AZURE, 200, UNTOLD);
    HttpResponse<String> answer = ask("plain-router");
    assertThat(rig.seen(AZURE).body()).doesNotContain("routing_config");
    assertThat(rig.seen(AZURE).head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("foundry-features");
    assertThat(recorded(answer).attempts()).singleElement().satisfies(each -> assertThat(each.routed()).isNull());
  }

  @Test
  void aClientOfAnotherDialect_isRoutedTheSame() throws Exception {
    rig.on(AZURE, 200, ROUTED);
    HttpResponse<String> answer =
        rig.post(
            "/v1/messages",
            "{\"model\":\"router\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(rig.seen(AZURE).body()).contains("\"routing_config\":{\"mode\":\"cost\"");
    assertThat(header(answer, "x-auriga-loss")).doesNotContain("model_selection_details");
    assertThat(recorded(answer).attempts()).singleElement().satisfies(each -> assertThat(each.routed()).isEqualTo(RETAINED));
  }

  @Test
  void aLimitOfCost_isKeptWhereEveryModelOfTheSubsetHasAPrice() throws Exception {
    rig.on(AZURE, 200, ROUTED);
    String small = chat("router", false, "\"max_completion_tokens\":100,");
    assertThat(rig.post("/v1/chat/completions", small, "x-auriga-max-cost", "0.01").statusCode()).isEqualTo(200);
    HttpResponse<String> dear = rig.post("/v1/chat/completions", small, "x-auriga-max-cost", "0.000001");
    assertThat(dear.statusCode()).isEqualTo(400);
    HttpResponse<String> unknown =
        rig.post(
            "/v1/chat/completions", small.replace("\"router\"", "\"plain-router\""), "x-auriga-max-cost", "0.01");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("no price");
  }

  @Test
  void openRouter_isToldWhatTheFileSays_andTakenAtItsWordForTheCost() throws Exception {
    rig.on(OPENROUTER, 200, COSTED);
    HttpResponse<String> answer = ask("auto-or");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(rig.seen(OPENROUTER).body())
        .contains("\"provider\":{\"allow_fallbacks\": false}", "\"models\":[\"x/y\"]", "\"plugins\":[{\"id\":\"web\"}]")
        .contains("\"model\":\"openrouter/auto\"");
    assertThat(rig.seen(OPENROUTER).head().toLowerCase(java.util.Locale.ROOT))
        .contains(
            "authorization: bearer " + ScriptedRig.UPSTREAM_KEY, "x-openrouter-metadata: enabled",
            "http-referer: https://app.example", "x-openrouter-title: app");
    assertThat(header(answer, "x-auriga-cost-usd")).isEqualTo("0.004200");
    RequestRecord record = recorded(answer);
    assertThat(record.cost()).isEqualTo(new Cost.Priced(4200, "openrouter/usage.cost"));
    RouterTrace trace = new RouterTrace("auto", "", List.of(new RouterTrace.Step("x/y", "X", 200, "")));
    assertThat(record.attempts()).singleElement().satisfies(each -> assertThat(each.routed()).isEqualTo(trace));

    rig.onStream(OPENROUTER, stream(COSTED), stream(COSTED).length());
    RequestRecord streamed = recorded(rig.post("/v1/chat/completions", chat("auto-or", true, "")));
    assertThat(streamed.cost()).isEqualTo(record.cost());
    assertThat(streamed.attempts()).singleElement().satisfies(each -> assertThat(each.routed()).isEqualTo(trace));
  }

  @Test
  void aClientsOwnHeaders_goBeforeTheApplications() throws Exception {
    rig.on(OPENROUTER, 200, COSTED);
    ask("auto-or", "x-openrouter-title", "Mine");
    assertThat(rig.seen(OPENROUTER).head().toLowerCase(java.util.Locale.ROOT))
        .contains("x-openrouter-title: mine")
        .doesNotContain("x-openrouter-title: app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"c\",\"model\":\"x/y\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"finish_reason\":\"error\",\"error\":{\"code\":502,\"message\":\"canary\"}}]}",
        "{\"error\":{\"code\":502,\"message\":\"canary\"}}"
      })
  void openRoutersErrorIn200_isAFailure_beforeTheFirstWordTheNextIsAsked(String failed) throws Exception {
    rig.on(OPENROUTER, 200, failed).on(OPENAI, 200, ANSWER.formatted("gpt-4o", "stop", "", ""));
    HttpResponse<String> whole = ask("or-then-gpt");
    assertThat(header(whole, "x-auriga-served-by")).isEqualTo("gpt");
    assertThat(recorded(whole).attempts().getFirst().failure()).isNotNull();

    rig.onStream(OPENROUTER, stream(failed), stream(failed).length());
    String other = stream(ANSWER.formatted("gpt-4o", "stop", "", ""));
    rig.onStream(OPENAI, other, other.length());
    HttpResponse<String> streamed = rig.post("/v1/chat/completions", chat("or-then-gpt", true, ""));
    assertThat(header(streamed, "x-auriga-served-by")).isEqualTo("gpt");
    assertThat(streamed.body()).contains("[DONE]").doesNotContain("\"error\"");
  }

  @Test
  void openRoutersErrorAfterTheFirstWord_breaksTheStream() throws Exception {
    String events =
        "data: {\"id\":\"c\",\"model\":\"x/y\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"canary\"},\"finish_reason\":null}]}\n\n"
            + "data: {\"id\":\"c\",\"model\":\"x/y\",\"error\":{\"code\":502,\"message\":\"gone\"},\"choices\":"
            + "[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\ndata: [DONE]\n\n";
    rig.onStream(OPENROUTER, events, events.length());
    HttpResponse<String> streamed = rig.post("/v1/chat/completions", chat("or-then-gpt", true, ""));
    assertThat(streamed.body()).contains("canary", "\"error\"").doesNotContain("[DONE]");
    RequestRecord record = recorded(streamed);
    assertThat(record.ending()).isEqualTo(RequestRecord.Ending.TRUNCATED);
    assertThat(record.attempts()).hasSize(1);
  }
}
