// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.router.RouterTrace.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Azure's Model Router and OpenRouter are told and tell.
class RoutersTest {
  private static final OpenRouter AUTO = new OpenRouter("openrouter/auto", List.of(), null, null);

  private static Routed read(Router router, String reply) {
    return Routed.in(reply.getBytes(StandardCharsets.UTF_8), router);
  }

  private static ModelRouter told(String mode, List<String> models, boolean affinity) {
    return new ModelRouter(new ModelRouter.Controls(mode, models, affinity));
  }

  @Test
  void modelRouter_isToldAffinity_alsoWhereThereIsToBeNone() {
    assertThat(told("cost", List.of("a", "b"), true).fields("d1g35t"))
        .containsExactlyEntriesOf(
            Map.of(
                "routing_config",
                new RawJson(
                    "{\"mode\":\"cost\",\"models\":[\"a\",\"b\"],"
                        + "\"session_affinity\":{\"strategy\":\"sticky\",\"session_id\":\"d1g35t\"}}")));
    assertThat(told(null, List.of(), false).fields("d1g35t"))
        .as("the preview's header alone would switch it on")
        .containsExactlyEntriesOf(
            Map.of("routing_config", new RawJson("{\"session_affinity\":{\"strategy\":\"none\"}}")));
    assertThat(ModelRouter.PLAIN.fields("d1g35t")).isEmpty();
    assertThat(ModelRouter.PLAIN.headers().fields()).isEmpty();
  }

  @Test
  void modelRoutersTrace_isRead_withoutMessages() {
    String reply =
        """
        {"choices":[{"message":{"content":"canary"}}],"model_selection_details":{"model_router_details":{
          "mode":"balanced","session_affinity":{"strategy":"sticky","source":"session_id_payload","decision":"switch"},
          "routing_trace":[{"latency_ms":19,"attempts":[
            {"model":"a","result":{"status":404,"error":{"code":"NotFound","message":"canary of the prompt"}}},
            {"model":"b","result":{"status":200}}]}]}}}
        """;
    assertThat(read(told(null, List.of(), true), reply).trace())
        .isEqualTo(
            new RouterTrace(
                "balanced", "switch", List.of(new Step("a", "", 404, "NotFound"), new Step("b", "", 200, ""))));
  }

  @Test
  void modelRoutersTrace_isReadWithinAResponse() {
    String event =
        """
        {"type":"response.completed","response":{"output":[],"model_selection_details":{"model_router_details":{"mode":"cost"}}}}
        """;
    assertThat(read(ModelRouter.PLAIN, event).trace()).isEqualTo(new RouterTrace("cost", "", List.of()));
  }

  @Test
  void whatIsNoName_isLeftOutOfTheTrace() {
    String reply =
        """
        {"openrouter_metadata":{"strategy":"a sentence that somebody wrote, which may quote the prompt","summary":"canary",
          "attempts":[{"model":"%s","provider":"Amazon Bedrock","status":9000},"odd",{"model":5}]}}
        """
            .formatted("m".repeat(101));
    assertThat(read(AUTO, reply).trace())
        .isEqualTo(
            new RouterTrace(
                "", "",
                List.of(new Step("", "Amazon Bedrock", 0, ""), new Step("", "", 0, ""), new Step("5", "", 0, ""))));
  }

  @Test
  void openRoutersEndpoint_standsWhereNoAttemptsAreTold() {
    String reply =
        """
        {"openrouter_metadata":{"strategy":"direct","is_byok":false,"endpoints":{"total":2,"available":[
          {"model":"x/y","provider":"X","selected":false},{"model":"x/y","provider":"Z","selected":true}]}}}
        """;
    assertThat(read(AUTO, reply).trace())
        .isEqualTo(new RouterTrace("direct", "", List.of(new Step("x/y", "Z", 0, ""))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      nullValues = "-",
      value = {
        "{\"usage\":{\"cost\":0.0012345}}                                       | 1235 | openrouter/usage.cost",
        "{\"usage\":{\"cost\":0}}                                               | 0    | openrouter/usage.cost",
        "{\"usage\":{\"cost\":1.5E-5}}                                          | 15   | openrouter/usage.cost",
        "{\"usage\":{\"cost\":-1}}                                              | -    | -",
        "{\"usage\":{\"cost\":1e300}}                                           | -    | -",
        "{\"usage\":{\"cost\":\"0.5\"}}                                         | -    | -",
        "{\"usage\":{\"prompt_tokens\":3}}                                      | -    | -",
        "{\"usage\":null}                                                       | -    | -",
        "[1]                                                                    | -    | -",
        "{\"usage\":{\"cost\":0.001,\"cost_details\":{\"upstream_inference_cost\":0.02}}} | 1000 | openrouter/usage.cost",
        "{\"openrouter_metadata\":{\"is_byok\":true},\"usage\":{\"cost\":0.001,\"cost_details\":{\"upstream_inference_cost\":0.02}}}"
            + " | 21000 | openrouter/usage.cost + upstream",
        "{\"openrouter_metadata\":{\"is_byok\":true},\"usage\":{\"cost\":0.001}} | -    | -",
      })
  void openRoutersCost_isTakenAtItsWord(String reply, Long micros, String version) {
    assertThat(read(AUTO, reply).charge()).isEqualTo(micros == null ? null : new Routed.Charge(micros, version));
  }

  @Test
  void openRouter_isToldWhatTheConfigurationSays_asItIs() {
    OpenRouter router =
        new OpenRouter(
            "x/y", List.of("x/z"), new RawJson("{\"only\": [\"a\"]}"), new RawJson("[{\"id\":\"web\"}]"));
    assertThat(router.fields("session"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "provider", new RawJson("{\"only\": [\"a\"]}"),
                "models", new RawJson("[\"x/z\"]"),
                "plugins", new RawJson("[{\"id\":\"web\"}]")));
    assertThat(router.choosesModel()).isTrue();
    assertThat(new OpenRouter("x/y", List.of(), null, null).choosesModel()).isFalse();
  }
}
