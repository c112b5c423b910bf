// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.reasoning.Vault;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HttpProviderIT {
  private static final Vault VAULT = new Vault(Vault.Bounds.USUAL, InstantSource.system());

  /// `id` stands there twice: passed on it is the client's affair, translated it cannot be read.
  private static final String TWICE =
      "{\"id\":\"a\",\"id\":\"b\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";

  private static Reply sent(Asked asked, String answer) throws InterruptedException {
    try (RawUpstream upstream = new RawUpstream(); JdkTransport transport = new JdkTransport()) {
      upstream.on(
          "/v1/chat/completions",
          peer -> peer.send(
              "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                  .formatted(answer.length(), answer)));
      URI base = upstream.uri("/v1");
      HttpProvider provider =
          new HttpProvider(OpenAiEndpoint.at(base, OpenAiChat.strict(), Headers.NONE), null, transport, VAULT);
      Deployment deployment =
          new Deployment(
              "gpt", "p", Targets.openAi("m", 4000, 10_000), "gpt", null, Limits.USUAL, provider);
      return provider.send(
          new Provider.Call(
              asked, deployment, Deadline.in(Duration.ofSeconds(10), Time.SYSTEM), "tester",
              Provider.State.KEPT));
    }
  }

  @Test
  void aReplyThatCannotBeTranslated_isAFailedAttempt() throws InterruptedException {
    Asked java = Asked.of(CompletionRequest.to("gpt").message(Message.user("hello")).build());
    assertThat(sent(java, TWICE)).isInstanceOf(Reply.Failed.class);
  }

  @Test
  void whatATranslatedReplyCounted_isBooked() throws InterruptedException {
    assertThat(translated(",\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}").glance().usage())
        .isEqualTo(new Usage(7, 0, 0, 0, 2, 0));
  }

  @Test
  void aTranslatedReplyThatCountedNothing_hasNoUsage() throws InterruptedException {
    assertThat(translated("").glance().usage()).isNull();
  }

  private static Reply.Whole translated(String rest) throws InterruptedException {
    Asked java = Asked.of(CompletionRequest.to("gpt").message(Message.user("hello")).build());
    return (Reply.Whole) sent(java, TWICE.replace("\"id\":\"a\",", "").replaceFirst("}$", rest + "}"));
  }

  @Test
  void theSameReply_isPassedOnUnread() throws InterruptedException {
    byte[] body = "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}".getBytes(StandardCharsets.UTF_8);
    Asked client = Asked.of(OpenAiChat.strict(), ClientRequest.of(body), Headers.NONE);
    assertThat(sent(client, TWICE))
        .isInstanceOfSatisfying(
            Reply.Whole.class,
            whole -> {
              assertThat(whole.passes()).isTrue();
              assertThat(whole.body()).asString().isEqualTo(TWICE);
            });
  }
}
