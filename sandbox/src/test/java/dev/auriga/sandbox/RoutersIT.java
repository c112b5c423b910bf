// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.sandbox.Caller.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What routers take and tell: Azure's, with its preview and without, and OpenRouter.
final class RoutersIT {
  private static final String DETAILS = "/model_selection_details/model_router_details";

  private Sandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start();
    caller = new Caller(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Answer azure(String path, String body) {
    Map<String, String> headers = new HashMap<>(caller.credentials(Simulated.AZURE));
    headers.put("foundry-features", "ModelRouterControls=V1Preview");
    return caller.post(Simulated.AZURE, path, Caller.json(body), headers);
  }

  private Answer chat(String config) {
    return azure(
        "/openai/v1/chat/completions",
        "{'model':'model-router','messages':[{'role':'user','content':'Old lighthouses'}]" + config + "}");
  }

  @Test
  void modeAndSubset_decideWhoAnswers() {
    JsonNode cheap = chat(",'routing_config':{'mode':'cost'}").json();
    assertThat(cheap.path("model").asString()).isEqualTo("gpt-5-nano-2025-08-07");
    assertThat(cheap.at(DETAILS + "/mode").asString()).isEqualTo("cost");
    assertThat(cheap.at(DETAILS + "/routing_trace/0/attempts/0/model").asString()).isEqualTo("gpt-5-nano-2025-08-07");
    assertThat(chat(",'routing_config':{'mode':'quality','models':['gpt-4o-mini','gpt-5-mini']}").json().path("model").asString())
        .isEqualTo("gpt-5-mini-2025-08-07");
    assertThat(chat(",'routing_config':{'mode':'best'}").status()).isEqualTo(400);
    assertThat(chat(",'routing_config':{'models':['no such']}").body()).contains("routing_config.models");
  }

  @Test
  void aSession_staysWithItsModel() {
    String sticky = ",'session_affinity':{'strategy':'sticky','session_id':'s'}}";
    assertThat(chat(",'routing_config':{'mode':'quality'" + sticky).json().at(DETAILS + "/session_affinity/decision").asString())
        .isEqualTo("initialize");
    JsonNode second = chat(",'routing_config':{'mode':'cost'" + sticky).json();
    assertThat(second.at(DETAILS + "/session_affinity/decision").asString()).isEqualTo("retain");
    assertThat(second.path("model").asString()).startsWith("claude-haiku-4-5");
  }

  @Test
  void withoutTheHeader_theConfigurationIsNotLookedAt_andNothingIsTold() {
    String body = "{'model':'model-router','messages':[{'role':'user','content':'x'}],'routing_config':{'mode':'best'}}";
    Answer answer = caller.post(Simulated.AZURE, "/openai/v1/chat/completions", Caller.json(body));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().has("model_selection_details")).isFalse();
  }

  @Test
  void anOlderRouter_refusesTheField() {
    String body = "{'model':'model-router-older','messages':[{'role':'user','content':'x'}]%s}";
    assertThat(azure("/openai/v1/chat/completions", body.formatted("")).status()).isEqualTo(200);
    Answer refused = azure("/openai/v1/chat/completions", body.formatted(",'routing_config':{'mode':'cost'}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("routing_config");
  }

  @Test
  void streamsTellItToo_alsoOverResponses() {
    List<JsonNode> chunks = chat(",'stream':true,'routing_config':{'mode':'cost'}").chunks();
    assertThat(chunks.getLast().at(DETAILS + "/mode").asString()).isEqualTo("cost");
    List<JsonNode> events =
        azure("/openai/v1/responses", "{'model':'model-router','input':'x','stream':true,'routing_config':{'mode':'cost'}}")
            .chunks();
    assertThat(events.getLast().at("/response" + DETAILS + "/mode").asString()).isEqualTo("cost");
  }

  private Answer openRouter(String body, String... more) {
    Map<String, String> headers = new HashMap<>(caller.credentials(Simulated.OPENROUTER));
    if (more.length > 0) {
      headers.put("x-openrouter-metadata", more[0]);
    }
    return caller.post(Simulated.OPENROUTER, "/api/v1/chat/completions", Caller.json(body), headers);
  }

  @Test
  void openRouter_tellsCost_andWhereItIsAskedHowItRouted() {
    String ask =
        "{'model':'%s','models':['anthropic/claude-haiku-4-5'],'provider':{'allow_fallbacks':false},"
            + "'plugins':[{'id':'web'}],'messages':[{'role':'user','content':'Old lighthouses'}],'stream':%s}";
    JsonNode whole = openRouter(ask.formatted("openai/gpt-4o-mini", false), "enabled").json();
    assertThat(whole.path("model").asString()).isEqualTo("openai/gpt-4o-mini");
    assertThat(whole.at("/usage/cost").decimalValue()).isPositive();
    assertThat(whole.at("/openrouter_metadata/attempts/0/provider").asString()).isEqualTo("OpenAI");
    List<JsonNode> chunks = openRouter(ask.formatted("openai/gpt-4o-mini", true), "enabled").chunks();
    assertThat(chunks.getLast().at("/usage/cost")).isEqualTo(whole.at("/usage/cost"));
    assertThat(chunks.getLast().at("/openrouter_metadata/strategy").asString()).isEqualTo("direct");

    JsonNode fallback = openRouter(ask.formatted("nobody/nothing", false)).json();
    assertThat(fallback.path("model").asString()).isEqualTo("anthropic/claude-haiku-4-5");
    assertThat(fallback.has("openrouter_metadata")).isFalse();
  }

  @Test
  void openRoutersErrors_haveTheStatusAsTheirCode() {
    Answer unknown = openRouter("{'model':'nobody/nothing','messages':[{'role':'user','content':'x'}]}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().at("/error/code").asInt()).isEqualTo(400);
    Answer odd = openRouter("{'model':'openai/gpt-4o','provider':{'odrer':[]},'messages':[]}");
    assertThat(odd.body()).contains("provider.odrer");
    sandbox.faults().on(Simulated.OPENROUTER).once().errorEventAfter(2);
    List<JsonNode> chunks = caller.ask(Simulated.OPENROUTER, "Old lighthouses", true).chunks();
    assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("error");
    assertThat(chunks.getLast().at("/error/code").asInt()).isEqualTo(502);
  }
}
