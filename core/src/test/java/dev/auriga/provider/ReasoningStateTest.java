// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.reasoning.Vault;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.FakeTime;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An agent that speaks Chat Completions, and keeps of an answer only what that dialect has words for,
/// goes many turns with providers that want their state back to the byte.
class ReasoningStateTest {
  private static final int TURNS = 20;
  private static final URI BASE = URI.create("http://origin");

  private final FakeTime time = new FakeTime();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private enum Origin {
    CLAUDE(
        Targets.anthropic("claude-sonnet-4-5", 4000, 2000), StrictOrigin.Claude::new,
        AnthropicEndpoint.at(BASE)),
    GEMINI(
        Targets.gemini("gemini-3-pro-preview", 4000, 2000), StrictOrigin.Gemini::new,
        GeminiEndpoint.at(BASE)),
    GPT(
        Targets.openAi("gpt-6-sol", 4000, 2000), StrictOrigin.Gpt::new,
        OpenAiEndpoint.responsesAt(BASE, Headers.NONE));

    final Target target;
    final Function<Random, StrictOrigin> origin;
    final Endpoint endpoint;

    Origin(Target target, Function<Random, StrictOrigin> origin, Endpoint endpoint) {
      this.target = target;
      this.origin = origin;
      this.endpoint = endpoint;
    }
  }

  private Vault vault(long bytes) {
    return new Vault(new Vault.Bounds(bytes, Vault.Bounds.USUAL.idle()), time::now);
  }

  private Deployment deployment(String provider, Origin origin, StrictOrigin upstream, Vault vault) {
    return new Deployment(
        "d", provider, origin.target, origin.target.model(),
        null, Limits.USUAL, new HttpProvider(origin.endpoint, null, upstream, vault));
  }

  /// An agent's conversation: everything it knows is in `messages`.
  private final class Agent {
    final Dialect dialect = OpenAiChat.strict();
    final ArrayNode messages = Json.object().arrayNode();
    final String key;
    final boolean streamed;
    List<Loss> losses = List.of();
    final List<String> names = new ArrayList<>();

    Agent(String key, boolean streamed) {
      this.key = key;
      this.streamed = streamed;
    }

    /// One question, its calls, their results, and the words that end it.
    void turn(Deployment deployment) throws InterruptedException {
      messages.addObject().put("role", "user").put("content", "Question " + messages.size());
      hear(send(deployment, Provider.State.KEPT));
      report();
      hear(send(deployment, Provider.State.KEPT));
    }

    void report() {
      JsonNode calls = messages.get(messages.size() - 1).path("tool_calls");
      assertThat(calls.size()).as("calls, seed %d", seed).isPositive();
      for (JsonNode call : calls) {
        names.add(call.at("/function/name").asString());
        messages.addObject().put("role", "tool").put("tool_call_id", call.path("id").asString()).put("content", "ok");
      }
    }

    ClientRequest request() {
      ObjectNode body = Json.object().put("model", "route").put("stream", streamed).put("reasoning_effort", "low");
      body.putArray("tools").addObject().put("type", "function").putObject("function").put("name", "next.step/1");
      body.set("messages", messages);
      return ClientRequest.of(Json.write(body));
    }

    Reply send(Deployment deployment, Provider.State state) throws InterruptedException {
      Asked asked = Asked.of(dialect, request(), Headers.NONE);
      return deployment.via().send(
          new Provider.Call(asked, deployment, Deadline.in(Limits.USUAL.timeouts().total(), time), key, state));
    }

    /// Keeps of the answer what the standard fields of Chat Completions hold.
    void hear(Reply reply) throws InterruptedException {
      JsonNode told = Json.read(dialect.writeReply(completion(reply), request()).body()).at("/choices/0/message");
      ObjectNode kept = messages.addObject().put("role", "assistant");
      kept.set("content", told.path("content"));
      for (JsonNode call : told.path("tool_calls")) {
        ObjectNode said = kept.withArrayProperty("tool_calls").addObject();
        said.put("id", call.path("id").asString()).put("type", "function").set("function", call.path("function"));
      }
    }

    private Completion completion(Reply reply) throws InterruptedException {
      return switch (reply) {
        case Reply.Whole whole -> {
          losses = whole.losses();
          yield whole.completion();
        }
        case Reply.Streaming streaming -> {
          losses = streaming.losses();
          yield folded(streaming.stream());
        }
        case Reply.Failed failed -> throw new AssertionError("seed " + seed + ": " + failed.failure());
        case Reply.Composed _, Reply.Counted _, Reply.Embedded _ ->
            throw new AssertionError("one answer was asked for");
      };
    }
  }

  private static Completion folded(ReplyStream stream) throws InterruptedException {
    ChunkFold fold = new ChunkFold();
    while (stream.next() instanceof ReplyStream.Step.Events events) {
      events.chunks().forEach(fold::add);
    }
    assertThat(stream.end()).isInstanceOf(ReplyStream.Step.Ended.class);
    stream.close();
    return fold.completion();
  }

  private static List<String> lost(Agent agent, Loss.Reason reason) {
    return agent.losses.stream().filter(loss -> loss.reason() == reason).map(Loss::toString).toList();
  }

  @ParameterizedTest(name = "{0}, streamed {1}")
  @CsvSource({"CLAUDE, false", "CLAUDE, true", "GEMINI, false", "GEMINI, true", "GPT, false", "GPT, true"})
  void twentyTurns_eachGoesBackAsItCame(Origin origin, boolean streamed) throws InterruptedException {
    StrictOrigin upstream = origin.origin.apply(random);
    Deployment deployment = deployment("p", origin, upstream, vault(64 << 20));
    Agent agent = new Agent("key", streamed);
    for (int turn = 0; turn < TURNS; turn++) {
      agent.turn(deployment);
    }

    assertThat(upstream.statuses).as("seed %d", seed).hasSize(2 * TURNS).containsOnly(200);
    // All turns but the one that is being answered.
    assertThat(upstream.turnsAsSaid()).as("seed %d", seed).isEqualTo(2 * TURNS - 1);
    assertThat(agent.names).as("the agent's own name for its tool").containsOnly("next.step/1");
    assertThat(agent.losses.stream().map(Loss::reason))
        .doesNotContain(
            Loss.Reason.THINKING_OFF, Loss.Reason.FOREIGN_SIGNATURE, Loss.Reason.SUBSTITUTED_SIGNATURE,
            Loss.Reason.REFUSED_SIGNATURE, Loss.Reason.UNSIGNED_THINKING);
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void anotherKey_withTheSameWords_getsNoState(Origin origin) throws InterruptedException {
    StrictOrigin upstream = origin.origin.apply(random);
    Deployment deployment = deployment("p", origin, upstream, vault(64 << 20));
    Agent owner = new Agent("owner", false);
    owner.turn(deployment);
    Agent thief = new Agent("thief", false);
    thief.messages.addAll(owner.messages.deepCopy());
    thief.messages.addObject().put("role", "user").put("content", "go on");
    thief.send(deployment, Provider.State.KEPT);

    String sent = Json.raw(upstream.asked.getLast()).text();
    assertThat(upstream.turnsAsSaid()).isZero();
    assertThat(sent).doesNotContain("c2ln");
  }

  @Test
  void anotherAccount_getsNoState_andThatIsTold() throws InterruptedException {
    Vault vault = vault(64 << 20);
    StrictOrigin first = new StrictOrigin.Claude(random);
    StrictOrigin second = new StrictOrigin.Claude(random);
    Agent agent = new Agent("key", false);
    agent.turn(deployment("one", Origin.CLAUDE, first, vault));
    agent.messages.addObject().put("role", "user").put("content", "go on");
    agent.hear(agent.send(deployment("two", Origin.CLAUDE, second, vault), Provider.State.KEPT));

    assertThat(second.statuses).containsExactly(200);
    assertThat(Json.raw(second.asked.getLast()).text()).doesNotContain("c2ln");
    assertThat(lost(agent, Loss.Reason.FOREIGN_SIGNATURE))
        .containsExactly("foreign-signature:messages[1]", "foreign-signature:messages[3]");
  }

  /// With nothing kept, Claude is asked not to think where it could not go on, and nothing is refused.
  @ParameterizedTest
  @CsvSource({"CLAUDE, THINKING_OFF", "GEMINI, SUBSTITUTED_SIGNATURE"})
  void whatWasDropped_costsTheThoughts_andNoMore(Origin origin, Loss.Reason told) throws InterruptedException {
    StrictOrigin upstream = origin.origin.apply(random);
    Deployment deployment = deployment("p", origin, upstream, vault(0));
    Agent agent = new Agent("key", false);
    agent.messages.addObject().put("role", "user").put("content", "Question");
    agent.hear(agent.send(deployment, Provider.State.KEPT));
    agent.report();
    agent.hear(agent.send(deployment, Provider.State.KEPT));

    assertThat(upstream.statuses).as("seed %d", seed).containsExactly(200, 200);
    assertThat(lost(agent, told)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void whereStateIsRefused_itIsNamedSo_andWithoutItTheAnswerComes(Origin origin) throws InterruptedException {
    StrictOrigin upstream = origin.origin.apply(random);
    Vault vault = vault(64 << 20);
    Deployment deployment = deployment("p", origin, upstream, vault);
    Agent agent = new Agent("key", false);
    agent.turn(deployment);
    upstream.said.clear();
    agent.messages.addObject().put("role", "user").put("content", "go on");

    Reply refused = agent.send(deployment, Provider.State.KEPT);
    assertThat(refused)
        .isInstanceOfSatisfying(
            Reply.Failed.class, failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.STATE_REFUSED));

    agent.hear(agent.send(deployment, Provider.State.DROPPED));
    assertThat(lost(agent, Loss.Reason.REFUSED_SIGNATURE)).containsExactly("refused-signature:messages");

    // What was refused is forgotten, so the next turn is not refused again.
    agent.report();
    agent.hear(agent.send(deployment, Provider.State.KEPT));
    assertThat(upstream.statuses).as("seed %d", seed).containsExactly(200, 200, 400, 200, 200);
  }

  /// A client of the provider's own dialect whose blocks another account signed.
  @Test
  void whatAClientCarriesItself_isTakenOutOfItsBytes_whereItIsRefused() throws InterruptedException {
    StrictOrigin upstream = new StrictOrigin.Claude(random);
    Deployment deployment = deployment("p", Origin.CLAUDE, upstream, vault(0));
    Asked asked =
        Asked.of(
            new AnthropicMessages(),
            ClientRequest.of(
                Json.write(
                    StrictOrigin.object(
                        "{'model':'r','max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2000},"
                            + "'tools':[{'name':'f','input_schema':{'type':'object'}}],'messages':["
                            + "{'role':'user','content':[{'type':'text','text':'q'}]},{'role':'assistant','content':["
                            + "{'type':'thinking','thinking':'x','signature':'Zm9yZWlnbg=='},"
                            + "{'type':'tool_use','id':'toolu_1','name':'f','input':{}}]},{'role':'user','content':["
                            + "{'type':'tool_result','tool_use_id':'toolu_1','content':'ok'}]}]}"))),
            Headers.NONE);
    Deadline deadline = Deadline.in(Limits.USUAL.timeouts().total(), time);
    Reply refused =
        deployment.via().send(new Provider.Call(asked, deployment, deadline, "key", Provider.State.KEPT));
    Reply answered =
        deployment.via().send(new Provider.Call(asked, deployment, deadline, "key", Provider.State.DROPPED));

    assertThat(((Reply.Failed) refused).failure().kind()).isEqualTo(FailureKind.STATE_REFUSED);
    assertThat(answered)
        .isInstanceOfSatisfying(
            Reply.Whole.class,
            whole -> {
              assertThat(whole.passes()).isTrue();
              assertThat(whole.losses())
                  .containsExactly(
                      new Loss(Loss.Reason.REFUSED_SIGNATURE, "messages"),
                      new Loss(Loss.Reason.THINKING_OFF, "thinking"));
            });
    assertThat(upstream.statuses).containsExactly(400, 200);
  }
}
