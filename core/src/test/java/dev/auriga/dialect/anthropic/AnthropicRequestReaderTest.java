// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static dev.auriga.completion.Outlines.withoutLineage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CacheMark;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Media;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import dev.auriga.dialect.ClientRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicRequestReaderTest {
  private final AnthropicMessages dialect = new AnthropicMessages();

  /// One request with nearly everything the API takes.
  static final String RICH =
      """
      {"model": "claude-sonnet-4-5", "max_tokens": 4000, "stream": true,
       "system": [{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral","ttl":"1h"}},
                  {"type":"text","text":"Be brief."}],
       "messages": [
         {"role":"user","content":[
           {"type":"text","text":"What is this?"},
           {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
           {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Añejo"},
            "title":"Notes","citations":{"enabled":true}},
           {"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"x"}]}]},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"Hm.","signature":"c2ln"},
           {"type":"redacted_thinking","data":"ZW5j"},
           {"type":"text","text":"Let me look."},
           {"type":"tool_use","id":"toolu_1","name":"look","input":{"at":1.5},
            "caller":{"type":"direct"}}]},
         {"role":"user","content":[
           {"type":"text","text":"and hurry"},
           {"type":"tool_result","tool_use_id":"toolu_1","is_error":true,
            "content":[{"type":"text","text":"gone"},
                       {"type":"image","source":{"type":"url","url":"https://x/y.png"}}],
            "cache_control":{"type":"ephemeral"}}]}],
       "tools": [{"name":"look","description":"Looks.","input_schema":{"type":"object"},
                  "strict":true,"input_examples":[{"at":1}]},
                 {"type":"web_search_20250305","name":"web_search","max_uses":3}],
       "tool_choice": {"type":"tool","name":"look","disable_parallel_tool_use":true},
       "thinking": {"type":"enabled","budget_tokens":2000,"display":"summarized"},
       "output_config": {"format":{"type":"json_schema","schema":{"type":"object"}}},
       "temperature": 0.5, "top_p": 0.9, "top_k": 7, "stop_sequences": ["END"],
       "metadata": {"user_id":"u-1"}, "service_tier":"auto", "container":null,
       "mcp_servers":[{"type":"url","url":"https://mcp"}]}
      """;

  private CompletionRequest read(String body) {
    return dialect.readRequest(request(body));
  }

  private Outline outline(String body) {
    return dialect.scan(request(body)).outline();
  }

  static ClientRequest request(String body) {
    return ClientRequest.of(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void systemBlocks_becomeALeadingMessageWithItsPartsAndMarks() {
    CompletionRequest request = read(RICH);

    assertThat(request.messages().getFirst().role()).isEqualTo(Role.SYSTEM);
    assertThat(request.messages().getFirst().parts())
        .containsExactly(
            new Part.Text("Be kind.", new CacheMark("1h")), Part.Text.of("Be brief."));
  }

  @Test
  void userTurnWithResults_isSplit_resultsFirst() {
    CompletionRequest request = read(RICH);

    assertThat(request.messages().stream().map(message -> message.role()))
        .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
    assertThat(request.messages().get(3).parts())
        .containsExactly(
            new Part.ToolResult(
                "toolu_1",
                null,
                java.util.List.of(
                    Part.Text.of("gone"),
                    new Part.Image(new Media.ByUrl("https://x/y.png", null), null, null)),
                true,
                new CacheMark(null)));
    assertThat(request.messages().get(4).text()).isEqualTo("and hurry");
  }

  @Test
  void partsKeepTheirKinds() {
    CompletionRequest request = read(RICH);

    assertThat(request.messages().get(1).parts())
        .containsExactly(
            Part.Text.of("What is this?"),
            new Part.Image(new Media.Inline("image/png", "iVBORw0KGgo="), null, null),
            new Part.Document(new Media.Inline("text/plain", "QcOxZWpv"), "Notes", null),
            new Part.Unknown(
                "anthropic-messages",
                new RawJson(
                    "{\"type\":\"search_result\",\"source\":\"s\",\"title\":\"t\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}")));
    assertThat(request.messages().get(2).parts())
        .containsExactly(
            new Part.Thinking("Hm.", new Opaque("anthropic-messages", "c2ln")),
            new Part.RedactedThinking(new Opaque("anthropic-messages", "ZW5j")),
            Part.Text.of("Let me look."),
            Part.ToolCall.of("toolu_1", "look", "{\"at\":1.5}"));
  }

  @Test
  void settingsAreRead() {
    CompletionRequest request = read(RICH);

    assertThat(request.maxTokens()).isEqualTo(4000);
    assertThat(request.streamed()).isTrue();
    assertThat(request.sampling().temperature()).isEqualTo(0.5);
    assertThat(request.sampling().topP()).isEqualTo(0.9);
    assertThat(request.sampling().topK()).isEqualTo(7);
    assertThat(request.stopSequences()).containsExactly("END");
    assertThat(request.user()).isEqualTo("u-1");
    assertThat(request.thinking()).isEqualTo(new Thinking.Budget(2000));
    assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("look"));
    assertThat(request.parallelToolCalls()).isFalse();
    assertThat(request.format())
        .isEqualTo(
            new AnswerFormat.JsonSchema("answer", new RawJson("{\"type\":\"object\"}"), true));
    assertThat(request.tools())
        .containsExactly(
            new Tool.Function("look", "Looks.", new RawJson("{\"type\":\"object\"}"), true, null),
            new Tool.Hosted(
                "anthropic-messages",
                "web_search",
                new RawJson(
                    "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3}")));
  }

  @Test
  void whatHasNoNeutralWord_isKeptUnderItsPath() {
    assertThat(read(RICH).extras())
        .containsOnlyKeys(
            "service_tier", "container", "mcp_servers", "thinking.display",
            "messages[0].content[2].citations", "tools[0].input_examples");
  }

  @Test
  void outline_saysWhatTheWholeRequestSays() {
    assertThat(withoutLineage(outline(RICH))).isEqualTo(withoutLineage(Outline.of(read(RICH))));
    assertThat(outline(RICH).modalities())
        .containsExactlyInAnyOrder(Modality.IMAGE, Modality.DOCUMENT);
    assertThat(outline(RICH).lastUserText()).isEqualTo("and hurry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"messages\":[{\"content\":\"a \\u00e9\\n\\\"b\\\"\",\"role\":\"user\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\",\"type\":\"text\"},"
            + "{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"assistant\",\"content\":\"c\"},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\","
            + "\"content\":\"r\"}]}],\"model\":\"m\",\"stream\":null}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"c\"}],"
            + "\"output_config\":{\"effort\":\"low\"},\"tools\":[]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[]}],"
            + "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"max\"}}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"search_result\","
            + "\"content\":[{\"type\":\"image\"}]}]}],\"thinking\":{\"type\":\"disabled\"}}"
      })
  void outline_agreesWithTheReader(String body) {
    assertThat(withoutLineage(outline(body))).isEqualTo(withoutLineage(Outline.of(read(body))));
    assertThat(outline(body).lineage().goesOn()).isEqualTo(Outline.of(read(body)).lineage().goesOn());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'messages':[{'role':'user','content':'x'}]}                          | model",
        "{'model':7,'messages':[{'role':'user','content':'x'}]}                | model",
        "{'model':'m'}                                                         | messages",
        "{'model':'m','messages':[]}                                           | messages",
        "{'model':'m','messages':{}}                                           | messages",
        "{'model':'m','messages':['x']}                                        | messages[0]",
        "{'model':'m','messages':[{'role':'user'}]}                            | messages[0].content",
        "{'model':'m','messages':[{'role':'user','content':3}]}                | messages[0].content",
        "{'model':'m','messages':[{'role':'user','content':['x']}]}            | messages[0].content[0]",
        "{'model':'m','messages':[{'role':7,'content':'x'}]}                   | messages[0].role",
        "{'model':'m','max_tokens':'9','messages':[{'role':'user','content':'x'}]} | max_tokens",
        "{'model':'m','max_tokens':-9,'messages':[{'role':'user','content':'x'}]}  | max_tokens",
        "{'model':'m','stream':'yes','messages':[{'role':'user','content':'x'}]}   | stream",
        "{'model':'m','thinking':{},'messages':[{'role':'user','content':'x'}]}    | thinking.type",
        "{'model':'m','thinking':{'type':'enabled'},'messages':[{'role':'user','content':'x'}]}"
            + "| thinking.budget_tokens",
        "{'model':'m','tools':{},'messages':[{'role':'user','content':'x'}]}       | tools"
      })
  void wrongField_isRefusedByItsPath_inOutlineAndRequest(String body, String path) {
    String json = body.replace('\'', '"');
    assertThatThrownBy(() -> outline(json))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
              assertThat(refusal.field()).isEqualTo(path);
            });
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model':'m','messages':[{'role':'robot','content':'x'}]}             | messages[0].role",
        "{'model':'m','messages':[{'role':'user','content':[{'type':'text'}]}]} "
            + "| messages[0].content[0].text",
        "{'model':'m','tools':[{'name':'f'}],'messages':[{'role':'user','content':'x'}]} "
            + "| tools[0].input_schema",
        "{'model':'m','tool_choice':{'type':'some'},'messages':[{'role':'user','content':'x'}]} "
            + "| tool_choice.type",
        "{'model':'m','stop_sequences':[1],'messages':[{'role':'user','content':'x'}]} "
            + "| stop_sequences[0]",
        "{'model':'m','temperature':'hot','messages':[{'role':'user','content':'x'}]} | temperature"
      })
  void wrongField_isRefusedByItsPath_whenTheRequestIsRead(String body, String path) {
    assertThatThrownBy(() -> read(body.replace('\'', '"')))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"model\":\"m\",\n  \"messages\":[}", "", "[1]", "{\"model\":\"m\"", "{}x"})
  void malformedBody_isRefused(String body) {
    assertThatThrownBy(() -> outline(body)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> read(body)).isInstanceOf(Refusal.class);
  }

  @Test
  void malformedBody_isRefusedWithLineAndColumn() {
    assertThatThrownBy(() -> outline("{\"model\":\"m\",\n  \"messages\":[}"))
        .hasMessageContaining("line 2, column");
  }

  @Test
  void secondModel_isRefused() {
    String body =
        "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"b\"}";
    assertThatThrownBy(() -> outline(body)).hasMessageContaining("model");
    assertThatThrownBy(() -> read(body)).isInstanceOf(Refusal.class);
  }

  @Test
  void systemMessageInTheConversation_keepsItsPlace() {
    CompletionRequest request =
        read(
            """
            {"model":"m","messages":[{"role":"user","content":"a"},{"role":"system","content":"s"},
             {"role":"user","content":"b"}]}
            """);
    assertThat(request.messages().stream().map(message -> message.role()))
        .containsExactly(Role.USER, Role.SYSTEM, Role.USER);
  }
}
