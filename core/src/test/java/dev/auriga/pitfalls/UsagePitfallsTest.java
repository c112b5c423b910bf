// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Secret;
import dev.auriga.completion.Usage;
import dev.auriga.ledger.Cost;
import dev.auriga.ledger.PriceBook;
import dev.auriga.provider.AnthropicEndpoint;
import dev.auriga.provider.ApiKey;
import dev.auriga.provider.Bearer;
import dev.auriga.provider.GeminiEndpoint;
import dev.auriga.provider.HttpProvider;
import dev.auriga.provider.OpenAiEndpoint;
import dev.auriga.dialect.Headers;
import dev.auriga.reasoning.Vault;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of usage, caching and headers.
class UsagePitfallsTest {
  private static final PriceBook BOOK = PriceBook.shipped();
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Secret KEY = new Secret("key-0123456789");
  private static final Vault VAULT = new Vault(Vault.Bounds.USUAL, InstantSource.system());

  /// 10 fresh, 30 read from the cache, 5 written to it, 7 visible out, 3 thought.
  private static String counted(Tongue tongue) {
    String plain = Asking.reply(tongue, "m");
    String usage =
        switch (tongue) {
          case CHAT ->
              "'usage':{'prompt_tokens':45,'completion_tokens':10,'total_tokens':55,'prompt_tokens_details':{"
                  + "'cached_tokens':30,'cache_write_tokens':5},'completion_tokens_details':{'reasoning_tokens':3}}";
          case RESPONSES ->
              "'usage':{'input_tokens':45,'output_tokens':10,'total_tokens':55,'input_tokens_details':{"
                  + "'cached_tokens':30,'cache_write_tokens':5},'output_tokens_details':{'reasoning_tokens':3}}";
          case MESSAGES ->
              "'usage':{'input_tokens':10,'cache_read_input_tokens':30,'cache_creation_input_tokens':5,"
                  + "'output_tokens':10,'output_tokens_details':{'thinking_tokens':3}}";
          case GEMINI ->
              "'usageMetadata':{'promptTokenCount':45,'cachedContentTokenCount':30,'candidatesTokenCount':7,"
                  + "'thoughtsTokenCount':3,'totalTokenCount':55}";
        };
    return plain.replaceFirst("'usage(Metadata)?':\\{.*}}$", usage + "}");
  }

  /// `text`, a reply or a stream, with `said` where its provider tells the tier that served it.
  private static String served(Tongue tongue, String text, String said) {
    return switch (tongue) {
      case CHAT, RESPONSES -> text.replaceFirst("'usage'", said + ",'usage'");
      case MESSAGES -> text.replaceFirst("'input_tokens':", said + ",'input_tokens':");
      case GEMINI -> text.replaceFirst("'promptTokenCount':", said + ",'promptTokenCount':");
    };
  }

  /// `factor` is what the cost is to that of the usual tier; absent where there is no price.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CHAT | gpt-5 | 'service_tier':'default' | 1", "CHAT | gpt-5 | 'service_tier':null | 1",
        "CHAT | gpt-5 | 'service_tier':'flex' | 0.5", "CHAT | gpt-5 | 'service_tier':'priority' |",
        "CHAT | gpt-5 | 'service_tier':'scale' |", "RESPONSES | gpt-5 | 'service_tier':'default' | 1",
        "RESPONSES | gpt-5 | 'service_tier':'flex' | 0.5", "RESPONSES | gpt-5 | 'service_tier':'priority' |",
        "MESSAGES | claude-opus-4-6 | 'service_tier':'standard' | 1",
        "MESSAGES | claude-opus-4-6 | 'service_tier':'priority' |",
        "MESSAGES | claude-opus-4-6 | 'service_tier':'standard','inference_geo':'us' | 1.1",
        "MESSAGES | claude-opus-4-6 | 'inference_geo':'global' | 1",
        "MESSAGES | claude-opus-4-5 | 'inference_geo':'us' |",
        "MESSAGES | claude-opus-4-6 | 'service_tier':'priority','inference_geo':'us' |",
        "GEMINI | gemini-2.5-pro | 'trafficType':'ON_DEMAND' | 1",
        "GEMINI | gemini-2.5-pro | 'trafficType':'ON_DEMAND_FLEX' | 0.5",
        "GEMINI | gemini-2.5-pro | 'trafficType':'ON_DEMAND_PRIORITY' |",
        "GEMINI | gemini-2.5-pro | 'trafficType':'PROVISIONED_THROUGHPUT' |",
      })
  void pitfall53_theTierThatServedIsPriced_notTheOneAskedFor(
      Tongue tongue, String model, String said, BigDecimal factor) {
    String reply = served(tongue, Asking.reply(tongue, model), said);
    Usage whole = tongue.reply(reply).usage();
    String stream = Asking.stream(tongue, model).replace('"', '\'');
    Usage streamed =
        ChunkFold.of(Flow.chunks(tongue, Tongue.json(served(tongue, stream, said)))).usage();

    assertThat(tongue.dialect().glance(Tongue.bytes(reply)).usage()).isEqualTo(whole);
    assertThat(streamed).isEqualTo(whole);
    Usage million = new Usage(1_000_000, 0, 0, 0, 0, 0).on(whole.tier());
    Cost cost = BOOK.cost(model, million, NOW);
    if (factor == null) {
      assertThat(cost).isEqualTo(new Cost.Unpriced(model));
      return;
    }
    Cost.Priced usual = (Cost.Priced) BOOK.cost(model, million.on(""), NOW);
    assertThat(((Cost.Priced) cost).micros())
        .isEqualTo(factor.multiply(BigDecimal.valueOf(usual.micros())).longValueExact());
    assertThat(((Cost.Priced) cost).priceVersion())
        .isEqualTo(usual.priceVersion() + (whole.tier().isEmpty() ? "" : "+" + whole.tier()));
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall86_cachedTokensAreCountedOnceWhoeverCountsAndWhoeverIsTold(Tongue from) {
    Usage usage = from.reply(counted(from)).usage();
    long written = from == Tongue.GEMINI ? 0 : 5;

    assertThat(usage).isEqualTo(new Usage(15 - written, 30, written, 0, 7, 3));
    JsonNode chat = from.tell(counted(from), Tongue.CHAT).path("usage");
    assertThat(chat.path("prompt_tokens").asInt()).isEqualTo(45);
    assertThat(chat.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(30);
    JsonNode responses = from.tell(counted(from), Tongue.RESPONSES).path("usage");
    assertThat(responses.path("input_tokens").asInt()).isEqualTo(45);
    JsonNode claude = from.tell(counted(from), Tongue.MESSAGES).path("usage");
    assertThat(claude.path("input_tokens").asInt()).isEqualTo(15 - (int) written);
    assertThat(claude.path("cache_read_input_tokens").asInt()).isEqualTo(30);
    assertThat(claude.path("cache_creation_input_tokens").asInt()).isEqualTo((int) written);
    JsonNode gemini = from.tell(counted(from), Tongue.GEMINI).path("usageMetadata");
    assertThat(gemini.path("promptTokenCount").asInt()).isEqualTo(45);
    assertThat(gemini.path("cachedContentTokenCount").asInt()).isEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall87_thinkingIsOutputForAllAndApartForGemini(Tongue from) {
    assertThat(from.tell(counted(from), Tongue.CHAT).at("/usage/completion_tokens").asInt()).isEqualTo(10);
    assertThat(
            from.tell(counted(from), Tongue.CHAT)
                .at("/usage/completion_tokens_details/reasoning_tokens")
                .asInt())
        .isEqualTo(3);
    assertThat(from.tell(counted(from), Tongue.MESSAGES).at("/usage/output_tokens").asInt()).isEqualTo(10);
    JsonNode gemini = from.tell(counted(from), Tongue.GEMINI).path("usageMetadata");
    assertThat(gemini.path("candidatesTokenCount").asInt()).isEqualTo(7);
    assertThat(gemini.path("thoughtsTokenCount").asInt()).isEqualTo(3);
    assertThat(gemini.path("totalTokenCount").asInt()).isEqualTo(55);
  }

  @Test
  void pitfall88_cacheWritesWithoutALifetimeAreCountedToo() {
    String reply =
        Asking.reply(Tongue.MESSAGES, "m")
            .replace(
                "'usage':{'input_tokens':9,",
                "'usage':{'input_tokens':9,'cache_creation_input_tokens':100,'cache_creation':{"
                    + "'ephemeral_5m_input_tokens':20,'ephemeral_1h_input_tokens':30},");

    Usage usage = Tongue.MESSAGES.reply(reply).usage();

    assertThat(usage.cacheWrite1h()).isEqualTo(30);
    assertThat(usage.cacheWrite5m()).isEqualTo(70);
    assertThat(usage.input()).isEqualTo(109);
  }

  @Test
  void pitfall89_cacheMarksReachAnthropicWhereverTheyStandUpToFour() {
    String mark = "'cache_control':{'type':'ephemeral'}";
    String hour = "'cache_control':{'type':'ephemeral','ttl':'1h'}";
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','tools':[{'type':'function','function':{'name':'f'}," + hour + "}],'messages':["
                + "{'role':'system','content':[{'type':'text','text':'rules'," + mark + "}]},"
                + "{'role':'user','content':'go'},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function',"
                + "'function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':'ok'," + mark + "},"
                + "{'role':'user','content':'on'," + mark + "}]}",
            Tongue.MESSAGES);

    assertThat(sent.text("/tools/0/cache_control/ttl")).isEqualTo("1h");
    assertThat(sent.has("/system/0/cache_control")).isTrue();
    assertThat(sent.has("/messages/2/content/0/cache_control")).isTrue();
    assertThat(sent.has("/messages/2/content/1/cache_control")).isTrue();
    sent.losesNothing();
    String many =
        Stream.of(1, 2, 3, 4, 5, 6)
            .map(i -> "{'type':'text','text':'t" + i + "'," + mark + "}")
            .collect(java.util.stream.Collectors.joining(","));
    Sent limited =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'user','content':[" + many + "]}]}", Tongue.MESSAGES);
    assertThat(limited.body().toString().split("cache_control", -1)).hasSize(5);
    limited.reports("cache");
  }

  private static Headers.Field sentKey(HttpProvider provider, ScriptedTransport transport, Tongue tongue)
      throws InterruptedException {
    transport.answers(200, Asking.reply(tongue, "m"));
    provider.send(transport.call(Tongue.CHAT, Asking.plainly(Tongue.CHAT), tongue));
    return transport.last().headers().fields().stream()
        .filter(field -> field.value().contains(KEY.reveal()))
        .reduce((one, two) -> { throw new AssertionError("the key is sent twice"); })
        .orElseThrow();
  }

  @Test
  void pitfall92_theKeyStandsInTheHeaderThatHostReads() throws InterruptedException {
    ScriptedTransport transport = new ScriptedTransport();
    HttpProvider claude =
        new HttpProvider(
            AnthropicEndpoint.at(URI.create("https://api.anthropic.com")), ApiKey.anthropic(KEY), transport, VAULT);
    HttpProvider openAi =
        new HttpProvider(
            OpenAiEndpoint.at(URI.create("https://api.openai.com"), Tongue.CHAT.dialect(), Headers.NONE),
            new Bearer(KEY),
            transport,
            VAULT);
    HttpProvider azure =
        new HttpProvider(
            OpenAiEndpoint.at(
                URI.create("https://r.openai.azure.com/openai/v1"), Tongue.CHAT.dialect(), Headers.NONE),
            ApiKey.azure(KEY),
            transport,
            VAULT);

    assertThat(sentKey(claude, transport, Tongue.MESSAGES)).isEqualTo(new Headers.Field("x-api-key", KEY.reveal()));
    assertThat(transport.last().headers().first("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(sentKey(openAi, transport, Tongue.CHAT))
        .isEqualTo(new Headers.Field("authorization", "Bearer " + KEY.reveal()));
    assertThat(sentKey(azure, transport, Tongue.CHAT)).isEqualTo(new Headers.Field("api-key", KEY.reveal()));
  }

  @Test
  void pitfall93_geminisKeyIsInAHeaderAndNeverInTheAddress() throws InterruptedException {
    ScriptedTransport transport = new ScriptedTransport();
    HttpProvider gemini =
        new HttpProvider(
            GeminiEndpoint.at(URI.create("https://generativelanguage.googleapis.com")),
            ApiKey.gemini(KEY),
            transport,
            VAULT);

    assertThat(sentKey(gemini, transport, Tongue.GEMINI))
        .isEqualTo(new Headers.Field("x-goog-api-key", KEY.reveal()));
    assertThat(transport.last().uri().toString()).doesNotContain(KEY.reveal(), "key=");
  }

  @Test
  void pitfall02_everyAttemptIsTranslatedFromTheRequestItself() throws InterruptedException {
    ScriptedTransport transport = new ScriptedTransport();
    HttpProvider claude =
        new HttpProvider(
            AnthropicEndpoint.at(URI.create("https://api.anthropic.com")), ApiKey.anthropic(KEY), transport, VAULT);
    HttpProvider gemini =
        new HttpProvider(
            GeminiEndpoint.at(URI.create("https://generativelanguage.googleapis.com")),
            ApiKey.gemini(KEY),
            transport,
            VAULT);
    String asked =
        "{'model':'auto','temperature':1.7,'stop':['a','b'],'messages':[{'role':'system','content':'s'},"
            + "{'role':'user','content':[{'type':'text','text':'hi','cache_control':{'type':'ephemeral'}}]}]}";
    ScriptedTransport.Asked request = transport.asked(Tongue.CHAT, asked);

    transport.answers(529, "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}");
    claude.send(transport.call(request, Tongue.MESSAGES));
    transport.answers(200, Asking.reply(Tongue.GEMINI, "m"));
    gemini.send(transport.call(request, Tongue.GEMINI));

    assertThat(dev.auriga.dialect.Json.read(transport.last().body()))
        .isEqualTo(Tongue.CHAT.send(asked, Tongue.GEMINI, "gemini-2.5-flash").body());
    assertThat(transport.last().body()).asString().contains("1.7").doesNotContain("max_tokens", "cache_control");
  }
}
