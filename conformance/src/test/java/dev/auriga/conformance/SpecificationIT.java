// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.Citation;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.conformance.spec.Judge;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.laws.Dialects;
import dev.auriga.dialect.laws.Streams;
import dev.auriga.sandbox.Call;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What goes out of a running gateway, to clients and to providers, fits the vendors' documents.
class SpecificationIT {
  private static Judge judge;
  private static Rig rig;
  private static Rig.Running running;

  @BeforeAll
  static void start() {
    judge = new Judge();
    rig = Rig.start();
    running = rig.serve(rig.config().build());
  }

  @AfterAll
  static void stop() {
    if (rig != null) {
      running.close();
      rig.close();
    }
  }

  @BeforeEach
  void forget() {
    rig.reset();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void answersAndWhatWasAskedForThem(Wire client) throws IOException, InterruptedException {
    for (String route : List.of("claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro")) {
      Told whole = Told.by(client.request(running.address(), route, "Hello", false));
      assertThat(whole.status()).as(whole.body()).isEqualTo(200);
      Told streamed = Told.by(client.request(running.address(), route, "Hello", true));
      // What passes in its own dialect is the provider's, byte for byte.
      if (upstream(rig.sandbox().calls().getLast()) != dialect(client)) {
        judge.reply(dialect(client), whole.body().getBytes(UTF_8));
        judge.stream(dialect(client), Streams.events(streamed.body().getBytes(UTF_8)));
      }
    }
    List<Call> calls = rig.callsWhenQuiet();
    assertThat(calls).hasSize(6);
    for (Call call : calls) {
      judge.request(upstream(call), call.body());
    }
  }

  /// What a client may ask for beside a plain answer.
  enum Wish {
    TOOLS,
    THINKING,
    /// A history that cites.
    CITATIONS,
    FORMAT;

    CompletionRequest.Builder request() {
      CompletionRequest.Builder request = CompletionRequest.to("route").maxTokens(6000);
      return switch (this) {
        case TOOLS ->
            request
                .message(Message.user("call get_weather {\"city\": \"Ulm\"}"))
                .tool(new Tool.Function("get_weather", "The weather.", new RawJson(CITY), null, null));
        case THINKING -> request.message(Message.user("Hello")).thinking(new Thinking.Effort("low"));
        case CITATIONS ->
            request
                .message(Message.user("Is the sky green?"))
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Text(
                            "It is.", null,
                            List.of(
                                new Citation.Sourced(
                                    new Citation.Source.Web("https://example.com", "X", null), null, null,
                                    new Citation.Passage(0, 6))),
                            List.of())))
                .message(Message.user("Sure?"));
        case FORMAT ->
            request
                .message(Message.user("The weather in Ulm"))
                .format(new AnswerFormat.JsonSchema("weather", new RawJson(CITY), null));
      };
    }
  }

  private static final String CITY =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"],"
          + "\"additionalProperties\":false}";

  @ParameterizedTest
  @MethodSource("wishes")
  void wishesAndTheirAnswers(Wire client, Wish wish) throws IOException, InterruptedException {
    Dialect own = dialect(client);
    for (String route : List.of("claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro")) {
      for (boolean streamed : List.of(false, true)) {
        ObjectNode body =
            (ObjectNode)
                Wire.JSON.readTree(
                    own.writeRequest(wish.request().streamed(streamed).build(), Dialects.target(own)).body());
        if (own != Dialects.GEMINI) {
          body.put("model", route);
        }
        Told told =
            Told.by(
                client.post(running.address(), client.path(route, streamed), body.toString()).build());
        assertThat(told.status()).as(told.body()).isEqualTo(200);
        boolean passes = upstream(rig.sandbox().calls().getLast()) == own;
        if (!passes && streamed) {
          judge.stream(own, Streams.events(told.body().getBytes(UTF_8)));
        } else if (!passes) {
          judge.reply(own, told.body().getBytes(UTF_8));
        }
      }
    }
    for (Call call : rig.callsWhenQuiet()) {
      judge.request(upstream(call), call.body());
    }
  }

  static Stream<Arguments> wishes() {
    return Stream.of(Wire.values())
        .flatMap(client -> Stream.of(Wish.values()).map(wish -> Arguments.of(client, wish)));
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void errors(Wire client) throws IOException, InterruptedException {
    judge.error(
        dialect(client), Told.by(client.request(running.address(), "nobody", "Hello", false)).body().getBytes(UTF_8));
    Told malformed = Told.by(client.post(running.address(), client.path("auto", false), "{").build());
    assertThat(malformed.status()).isEqualTo(400);
    judge.error(dialect(client), malformed.body().getBytes(UTF_8));
    Told unknown =
        Told.by(
            client
                .keyed(HttpRequest.newBuilder(running.address().resolve(client.path("auto", false))), "wrong")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(unknown.status()).isEqualTo(401);
    judge.error(dialect(client), unknown.body().getBytes(UTF_8));
    rig.sandbox().faults().on(Simulated.AZURE).once().contextTooLong();
    Told failed = Told.by(client.request(running.address(), "gpt-4o", "Hello", false));
    assertThat(failed.status()).isEqualTo(400);
    judge.error(dialect(client), failed.body().getBytes(UTF_8));
  }

  @Test
  void models() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(running.address().resolve("/v1/models"));
    judge.openAiModels(Told.by(Wire.OPENAI.keyed(request, Rig.KEY).build()).body().getBytes(UTF_8));
  }

  private static Dialect dialect(Wire client) {
    return switch (client) {
      case OPENAI -> Dialects.CHAT;
      case ANTHROPIC -> Dialects.ANTHROPIC;
      case GEMINI -> Dialects.GEMINI;
      case RESPONSES -> Dialects.RESPONSES;
    };
  }

  private static Dialect upstream(Call call) {
    return switch (call.provider()) {
      case FOUNDRY -> Dialects.ANTHROPIC;
      case AZURE -> call.path().endsWith("/responses") ? Dialects.RESPONSES : Dialects.CHAT;
      default -> Dialects.GEMINI;
    };
  }
}
