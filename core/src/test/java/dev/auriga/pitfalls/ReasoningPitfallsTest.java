// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.completion.Thinking;
import java.util.Map;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of reasoning.
class ReasoningPitfallsTest {
  private static Sent thinking(String effort, Tongue to, String model) {
    return Tongue.CHAT.send(
        Asking.with(Tongue.CHAT, Map.of("reasoning_effort", "'" + effort + "'")), to, model);
  }

  @ParameterizedTest
  @CsvSource({
    "low, MESSAGES, claude-sonnet-4-5, /thinking/budget_tokens, 4096",
    "high, MESSAGES, claude-sonnet-4-5, /thinking/budget_tokens, 24576",
    "high, MESSAGES, claude-opus-4-8, /thinking/type, adaptive",
    "high, MESSAGES, claude-opus-4-8, /output_config/effort, high",
    "low, GEMINI, gemini-2.5-pro, /generationConfig/thinkingConfig/thinkingBudget, 1024",
    "high, GEMINI, gemini-3-pro-preview, /generationConfig/thinkingConfig/thinkingLevel, HIGH",
    "high, RESPONSES, gpt-5, /reasoning/effort, high"
  })
  void pitfall55_effortAndBudgetAreTurnedIntoEachOtherByTheModelsTable(
      String effort, Tongue to, String model, String pointer, String said) {
    assertThat(thinking(effort, to, model).text(pointer)).isEqualTo(said);

    Sent least =
        Tongue.MESSAGES.write(
            CompletionRequest.to("m")
                .message(Message.user("hi"))
                .maxTokens(2_000)
                .thinking(new Thinking.Budget(50))
                .build(),
            "claude-sonnet-4-5");
    assertThat(least.at("/thinking/budget_tokens").asInt())
        .isBetween(1_024, least.at("/max_tokens").asInt() - 1);
    least.reports("thinking");
  }

  @Test
  void pitfall56_aClientsLimitIsNotRaisedToFitABudget() {
    Sent sent =
        Tongue.MESSAGES.write(
            CompletionRequest.to("m")
                .message(Message.user("hi"))
                .maxTokens(3_000)
                .thinking(new Thinking.Budget(20_000))
                .build(),
            "claude-sonnet-4-5");

    assertThat(sent.at("/max_tokens").asInt()).isEqualTo(3_000);
    assertThat(sent.at("/thinking/budget_tokens").asInt()).isBetween(1_024, 2_999);
    sent.reports("thinking");
    for (Tongue to : new Tongue[] {Tongue.CHAT, Tongue.RESPONSES}) {
      Sent openAi =
          to.write(
              CompletionRequest.to("m")
                  .message(Message.user("hi"))
                  .maxTokens(3_000)
                  .thinking(new Thinking.Budget(20_000))
                  .build(),
              "gpt-5");
      String field = to == Tongue.CHAT ? "/max_completion_tokens" : "/max_output_tokens";
      assertThat(openAi.at(field).asInt()).isEqualTo(3_000);
    }
  }

  @Test
  void pitfall57_whileThinkingNoTemperatureAndNoForcedToolAreSent() {
    Sent sent =
        Tongue.CHAT.send(
            Asking.with(
                Tongue.CHAT,
                Map.of(
                    "reasoning_effort", "'high'",
                    "temperature", "0.2",
                    "max_tokens", "9000",
                    "tools", "[{'type':'function','function':{'name':'f'}}]",
                    "tool_choice", "'required'")),
            Tongue.MESSAGES,
            "claude-sonnet-4-5");

    assertThat(sent.text("/thinking/type")).isEqualTo("enabled");
    assertThat(sent.has("/temperature")).isFalse();
    assertThat(sent.text("/tool_choice/type")).isIn("", "auto");
    sent.reports("temperature", "tool_choice");
  }

  private static final String THOUGHTS =
      "{'type':'thinking','thinking':' I should\\n','signature':'ErUBCkYIBxgC'},"
          + "{'type':'redacted_thinking','data':'EmwKAhgBEgy3va3'},"
          + "{'type':'thinking','thinking':'','signature':'EqQBCkYIBxgD'}";

  @Test
  void pitfall58_thoughtsReturnByteForByteInTheirPlace() {
    String asked =
        "{'model':'auto','max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2000},'messages':["
            + "{'role':'user','content':'go'},{'role':'assistant','content':[" + THOUGHTS
            + ",{'type':'tool_use','id':'t','name':'f','input':{}}]},"
            + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'ok'}]}],"
            + "'tools':[{'name':'f','input_schema':{'type':'object'}}]}";

    assertThat(Tongue.MESSAGES.passed(asked, "m")).contains(Tongue.json(THOUGHTS));
    JsonNode again = Tongue.MESSAGES.send(asked, Tongue.MESSAGES).at("/messages/1/content");
    JsonNode thoughts = Tongue.tree("[" + THOUGHTS + "]");
    for (int i = 0; i < 3; i++) {
      assertThat(again.path(i)).isEqualTo(thoughts.path(i));
    }
    assertThat(again.path(3).path("type").asString("")).isEqualTo("tool_use");
  }

  @Test
  void pitfall59_aToolLoopWhoseThoughtIsLostGoesOnWithoutThinkingWithNotice() {
    String asked =
        Asking.with(
                Tongue.CHAT,
                Map.of(
                    "reasoning_effort", "'high'",
                    "max_tokens", "9000",
                    "tools", "[{'type':'function','function':{'name':'f'}}]"))
            .replace(
                "{'role':'user','content':'hi'}",
                "{'role':'user','content':'hi'},{'role':'assistant','tool_calls':[{'id':'c','type':'function',"
                    + "'function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c',"
                    + "'content':'ok'}");

    Sent sent = Tongue.CHAT.send(asked, Tongue.MESSAGES, "claude-sonnet-4-5");

    assertThat(sent.has("/thinking")).isFalse();
    sent.reports("thinking");
  }

  @Test
  void pitfall60_foreignSignaturesAreStrippedWithNoticeAndOwnOnesKept() {
    for (Tongue to : Tongue.values()) {
      CompletionRequest.Builder request =
          CompletionRequest.to("m")
              .message(Message.user("go"))
              .message(
                  Message.of(
                      Role.ASSISTANT,
                      new Part.Thinking("hm", new Opaque("somebody-else", "FOREIGN-1")),
                      new Part.RedactedThinking(new Opaque("somebody-else", "FOREIGN-2")),
                      new Part.ToolCall("c", "f", "{}", new Opaque("somebody-else", "FOREIGN-3"), null)))
              .message(
                  Message.of(
                      Role.TOOL,
                      new Part.ToolResult("c", null, java.util.List.of(Part.Text.of("ok")), false, null)))
              .message(Message.user("on"));

      Sent sent = to.write(request.build(), to.model());

      assertThat(sent.body().toString()).doesNotContain("FOREIGN");
      assertThat(sent.losses()).as("%s", to).anyMatch(loss -> loss.startsWith("foreign-signature:messages[1]"));
    }
    ownStateGoesBack(Tongue.MESSAGES, "anthropic-messages");
    ownStateGoesBack(Tongue.RESPONSES, "openai-responses");
    ownStateGoesBack(Tongue.GEMINI, "gemini");
  }

  private static void ownStateGoesBack(Tongue to, String dialect) {
    Sent sent =
        to.write(
            CompletionRequest.to("m")
                .thinking(new dev.auriga.completion.Thinking.On())
                .message(Message.user("go"))
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Thinking("hm", new Opaque(dialect, "rs_1.T1dOLTE=")),
                        Part.Text.of("done")))
                .message(Message.user("on"))
                .build(),
            to == Tongue.RESPONSES ? "gpt-5" : to.model());
    assertThat(sent.body().toString()).as("%s", to).contains("T1dOLTE=");
    assertThat(sent.losses()).as("%s", to).noneMatch(loss -> loss.startsWith("foreign-signature"));
  }

  @Test
  void pitfall61_reasoningStandsBeforeItsCallEncryptedAndEmptyOnesAreDropped() {
    String asked =
        "{'model':'auto','store':false,'include':['reasoning.encrypted_content'],'input':["
            + "{'role':'user','content':'go'},"
            + "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAAAABo'},"
            + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
            + "{'type':'function_call_output','call_id':'c','output':'ok'},"
            + "{'type':'reasoning','id':'rs_2','summary':[],'encrypted_content':null},"
            + "{'type':'function_call','call_id':'d','name':'f','arguments':'{}'},"
            + "{'type':'function_call_output','call_id':'d','output':'ok'}]}";

    Sent sent = Tongue.RESPONSES.send(asked, Tongue.RESPONSES, "gpt-5");

    assertThat(sent.at("/store").asBoolean(true)).isFalse();
    assertThat(sent.text("/include/0")).isEqualTo("reasoning.encrypted_content");
    assertThat(sent.at("/input").findValuesAsString("type"))
        .startsWith("message", "reasoning", "function_call", "function_call_output", "function_call");
    assertThat(sent.text("/input/1/encrypted_content")).isEqualTo("gAAAAABo");
    assertThat(sent.body().toString()).doesNotContain("rs_2");
  }

  @Test
  void pitfall62_geminisSignatureTravelsOnTheCallAndBack() {
    String reply =
        "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model','parts':[{'functionCall':"
            + "{'name':'f','args':{}},'thoughtSignature':'CiQB0e2K'}]},'finishReason':'STOP'}]}";
    JsonNode call = Tongue.GEMINI.tell(reply, Tongue.CHAT).at("/choices/0/message/tool_calls/0");
    assertThat(call.at("/extra_content/google/thought_signature").asString()).isEqualTo("CiQB0e2K");

    String asked =
        "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"},{\"role\":\"assistant\","
            + "\"tool_calls\":[" + call + "]},{\"role\":\"tool\",\"tool_call_id\":"
            + call.path("id") + ",\"content\":\"ok\"}]}";
    Sent sent = Tongue.CHAT.send(asked, Tongue.GEMINI, "gemini-3-pro-preview");

    assertThat(sent.text("/contents/1/parts/0/thoughtSignature")).isEqualTo("CiQB0e2K");
    sent.keeps("signature");
  }

  @Test
  void pitfall63_thoughtsCarryNoCacheMark() {
    String asked =
        "{'model':'auto','messages':[{'role':'user','content':'go'},{'role':'assistant','reasoning_content':'hm',"
            + "'content':'done','cache_control':{'type':'ephemeral'}},{'role':'user','content':'on'}]}";
    Sent sent = Tongue.CHAT.send(asked, Tongue.MESSAGES);
    assertThat(sent.at("/messages/1/content").toString()).contains("\"cache_control\"").doesNotContain("thinking");

    Sent own =
        Tongue.MESSAGES.write(
            CompletionRequest.to("m")
                .message(Message.user("go"))
                .message(
                    Message.of(
                        Role.ASSISTANT,
                        new Part.Thinking("hm", new Opaque("anthropic-messages", "Er")),
                        new Part.Text("done", new dev.auriga.completion.CacheMark(null))))
                .message(Message.user("on"))
                .build(),
            "claude-sonnet-4-5");
    assertThat(own.at("/messages/1/content/0").has("cache_control")).isFalse();
    assertThat(own.at("/messages/1/content/1").has("cache_control")).isTrue();
  }

  private static String joined(List<JsonNode> chunks, String field) {
    return chunks.stream()
        .map(chunk -> chunk.at("/choices/0/delta/" + field).asString(""))
        .collect(java.util.stream.Collectors.joining());
  }


  @Test
  void pitfall64_reasoningForChatClientsIsAFieldOfItsOwnAndNeverContent() {
    for (Tongue from : Tongue.values()) {
      JsonNode message = from.tell(Pondering.reply(from), Tongue.CHAT).at("/choices/0/message");
      assertThat(message.path("content").asString("")).as("%s", from).isEqualTo("hello");
      assertThat(message.path("reasoning_content").asString("")).as("%s", from).isEqualTo("let me see");

      for (JsonNode chunk :
          Flow.json(Flow.told(from, Pondering.stream(from), Tongue.CHAT, Asking.plainly(Tongue.CHAT)))) {
        assertThat(chunk.at("/choices/0/delta/content").asString("")).doesNotContain("see");
      }
      List<JsonNode> chunks =
          Flow.json(Flow.told(from, Pondering.stream(from), Tongue.CHAT, Asking.plainly(Tongue.CHAT)));
      assertThat(joined(chunks, "content")).as("%s", from).isEqualTo("hello");
      assertThat(joined(chunks, "reasoning_content")).as("%s", from).isEqualTo("let me see");
    }
  }
}
