// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What other gateways had to mend in their dialects and no numbered pitfall says.
class DialectListTest {

  private static Sent thoughts(Part... thoughts) {
    return Tongue.MESSAGES.write(
        CompletionRequest.to("m")
            .message(Message.user("go"))
            .message(new Message(Role.ASSISTANT, List.of(thoughts), null))
            .message(Message.user("on"))
            .build(),
        "claude-sonnet-4-5");
  }

  private static Opaque own(String value) {
    return new Opaque(AnthropicMessages.NAME, value);
  }

  @Test
  void aSignedThoughtWithoutTextIsKept_anUnsignedOneIsNot() {
    Sent sent =
        thoughts(
            new Part.Thinking("", own("c2ln")), new Part.Thinking("", null),
            new Part.Thinking("unsigned", null), Part.Text.of("done"));

    JsonNode content = sent.at("/messages/1/content");
    assertThat(content.size()).isEqualTo(2);
    assertThat(content.at("/0/signature").asString("")).isEqualTo("c2ln");
    assertThat(content.at("/0/thinking").asString("?")).isEmpty();
    assertThat(sent.losses()).containsExactly("unsigned-thinking:messages[1].content[2]");
  }

  @Test
  void redactedThinkingSurvives() {
    Sent sent = thoughts(new Part.RedactedThinking(own("ZW5j")), Part.Text.of("done"));

    assertThat(sent.text("/messages/1/content/0/type")).isEqualTo("redacted_thinking");
    assertThat(sent.text("/messages/1/content/0/data")).isEqualTo("ZW5j");
    sent.losesNothing();
  }

  /// Nothing of them is swallowed, and the client is told.
  @Test
  void twoObjectsInOneStringOfArgumentsAreNeverCutToOne() {
    String both = "{\"a\":1}{\"b\":2}";
    String asked =
        "{'model':'auto','messages':[{'role':'user','content':'q'},{'role':'assistant','content':null,"
            + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'"
            + both.replace("\"", "\\'") + "'}}]},{'role':'tool','tool_call_id':'c1','content':'r'}]}";
    for (Tongue to : List.of(Tongue.MESSAGES, Tongue.GEMINI)) {
      Sent sent = Tongue.CHAT.send(asked, to);
      assertThat(sent.body().toString()).contains("{\\\"a\\\":1}{\\\"b\\\":2}");
      assertThat(sent.losses()).contains("wrapped-arguments:messages[1].content[0].arguments");
    }
    assertThat(Tongue.CHAT.send(asked, Tongue.RESPONSES).text("/input/1/arguments")).isEqualTo(both);
  }

  /// Whoever asks and whether or not it wants it told: the ledger needs it.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void usageIsAskedForInEveryStream(Tongue from) {
    String asked =
        from == Tongue.GEMINI
            ? Asking.plainly(from)
            : Asking.with(from, java.util.Map.of("stream", "true"));
    Sent sent =
        Tongue.CHAT.write(
            from.dialect().readRequest(from.streamingClient(asked)), "gpt-4o");

    assertThat(sent.at("/stream").asBoolean(false)).isTrue();
    assertThat(sent.at("/stream_options/include_usage").asBoolean(false)).isTrue();
    if (from == Tongue.CHAT) {
      assertThat(Tongue.CHAT.passed(asked, "gpt-4o")).contains("\"include_usage\":true");
    }
  }

  @Test
  void toolsThatGooglesServersRanAreCountedAsInput() {
    var usage =
        Tongue.GEMINI
            .reply(
                "{'responseId':'r','candidates':[{'content':{'parts':[{'text':'x'}]},'finishReason':'STOP'}],"
                    + "'usageMetadata':{'promptTokenCount':10,'toolUsePromptTokenCount':5,"
                    + "'candidatesTokenCount':3,'thoughtsTokenCount':2,'totalTokenCount':20}}")
            .usage();

    assertThat(usage.freshInput()).isEqualTo(15);
    assertThat(usage.output()).isEqualTo(3);
    assertThat(usage.reasoning()).isEqualTo(2);
  }
}
