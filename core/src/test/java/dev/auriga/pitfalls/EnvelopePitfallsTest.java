// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of the general rule, of roles and of the envelope.
class EnvelopePitfallsTest {
  private static final Pattern MODEL = Pattern.compile("\"model(?:Version)?\":\"([^\"]*)\"");

  /// A request with odd spacing, an escaped letter, a number's digits and a field nobody knows.
  private static final Map<Tongue, String> ODD =
      Map.of(
          Tongue.CHAT,
          "{ 'messages' :[{'role':'user','content':'h\\u0069'}],\t'temperature':1.50,"
              + "'x_new':{'a':[1, 2]},  'model':'auto' }",
          Tongue.RESPONSES,
          "{ 'input' :'h\\u0069',\t'top_p':0.90,'x_new':{'a':[1, 2]},  'model':'auto' }",
          Tongue.MESSAGES,
          "{ 'messages' :[{'role':'user','content':'h\\u0069'}],\t'max_tokens':100,'temperature':0.70,"
              + "'x_new':{'a':[1, 2]},  'model':'auto' }",
          Tongue.GEMINI,
          "{ 'contents' :[{'parts':[{'text':'h\\u0069'}]}],\t'x_new':{'a':[1, 2]} }");

  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall01_sameDialectKeepsEveryByteButTheModel(Tongue tongue) {
    String body = ODD.get(tongue);

    String passed = tongue.passed(body, "theirs");

    assertThat(passed).isEqualTo(Tongue.json(body).replace("\"auto\"", "\"theirs\""));
  }

  /// Fields of every kind at once; none may vanish without a word.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall03_noParameterIsLostInSilence(Tongue from) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("x_new", "{'a':1}");
    fields.put("y_newer", "'b'");
    for (Tongue to : Tongue.values()) {
      if (to != from) {
        Sent sent = from.send(Asking.with(from, fields), to);

        sent.reports("x_new", "y_newer");
        assertThat(sent.has("/x_new")).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MESSAGES, /system/0/text, /system/1/text",
    "GEMINI, /systemInstruction/parts/0/text, /systemInstruction/parts/1/text",
    "RESPONSES, /input/0/content, /input/1/content"
  })
  void pitfall04_leadingInstructionsStayApart(Tongue to, String first, String second) {
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'system','content':'one'},"
                + "{'role':'developer','content':'two'},{'role':'user','content':'go'}]}",
            to);

    assertThat(sent.text(first)).isEqualTo("one");
    assertThat(sent.text(second)).isEqualTo("two");
  }

  @ParameterizedTest
  @EnumSource(value = Tongue.class, names = {"MESSAGES", "GEMINI", "RESPONSES"})
  void pitfall05_aLateInstructionStaysWhereItWasSaid(Tongue to) {
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'system','content':'early-rule'},"
                + "{'role':'user','content':'first-question'},{'role':'assistant','content':'first-answer'},"
                + "{'role':'system','content':'late-rule'},{'role':'user','content':'second-question'}]}",
            to);

    String turns = sent.body().path(Asking.turns(to)).toString();
    assertThat(turns.indexOf("late-rule"))
        .isGreaterThan(turns.indexOf("first-answer"))
        .isLessThan(turns.indexOf("second-question"));
    assertThat(turns.indexOf("first-answer")).isPositive();
    // What comes before is the same as without it, so that the cached prefix stays.
    String without =
        Tongue.CHAT.send(
                "{'model':'auto','messages':[{'role':'system','content':'early-rule'},"
                    + "{'role':'user','content':'first-question'},{'role':'assistant','content':'first-answer'},"
                    + "{'role':'user','content':'second-question'}]}",
                to)
            .body().path(Asking.turns(to)).toString();
    int end = turns.indexOf("first-answer");
    assertThat(turns.substring(0, end)).isEqualTo(without.substring(0, end));
    assertThat(sent.body().toString().split("late-rule", -1)).as("said once").hasSize(2);
    assertThat(sent.body().path("system").toString()).doesNotContain("late-rule");
    assertThat(sent.body().path("systemInstruction").toString()).doesNotContain("late-rule");
    if (to == Tongue.RESPONSES) {
      assertThat(sent.text("/input/3/role")).isEqualTo("system");
    } else {
      assertThat(turns).containsPattern("<system[^>]*>");
      sent.reports("messages");
    }
  }

  @Test
  void pitfall06_anthropicsLimitIsTheDeploymentsAndNotAConstant() {
    Sent sent =
        Tongue.MESSAGES.write(
            Tongue.CHAT.read(Asking.plainly(Tongue.CHAT)),
            Tongue.MESSAGES.target("claude-sonnet-4-5", 31_999));

    assertThat(sent.at("/max_tokens").asInt()).isEqualTo(31_999);
    String plain = Asking.plainly(Tongue.CHAT);
    // What the catalogue says of the model bounds it, whatever the deployment or the client says.
    int most = 64_000;
    assertThat(
            Tongue.MESSAGES
                .write(Tongue.CHAT.read(plain), Tongue.MESSAGES.target("claude-sonnet-4-5", 9_999_999))
                .at("/max_tokens")
                .asInt())
        .isEqualTo(most);
    Sent wished =
        Tongue.CHAT.send(
            Asking.with(Tongue.CHAT, Map.of("max_tokens", "9999999")), Tongue.MESSAGES, "claude-sonnet-4-5");
    assertThat(wished.at("/max_tokens").asInt()).isEqualTo(most);
    wished.reports("maxTokens");
    assertThat(
            Tongue.CHAT
                .send(Asking.with(Tongue.CHAT, Map.of("max_tokens", "77")), Tongue.MESSAGES, "claude-sonnet-4-5")
                .at("/max_tokens")
                .asInt())
        .isEqualTo(77);
  }

  @ParameterizedTest
  @CsvSource({
    "max_tokens, CHAT, gpt-5, /max_completion_tokens",
    "max_completion_tokens, CHAT, gpt-4o, /max_completion_tokens",
    "max_tokens, RESPONSES, gpt-5, /max_output_tokens",
    "max_completion_tokens, MESSAGES, claude-sonnet-4-5, /max_tokens",
    "max_tokens, GEMINI, gemini-2.5-pro, /generationConfig/maxOutputTokens"
  })
  void pitfall07_eachModelGetsTheLimitByTheNameItTakes(
      String said, Tongue to, String model, String pointer) {
    Sent sent =
        to.write(Tongue.CHAT.read(Asking.with(Tongue.CHAT, Map.of(said, "77"))), model);

    assertThat(sent.at(pointer).asInt()).isEqualTo(77);
    assertThat(sent.body().toString().split("okens\":", -1)).hasSize(2);
    Sent elsewhere =
        Tongue.CHAT.write(
            Tongue.CHAT.read(Asking.with(Tongue.CHAT, Map.of(said, "77"))), Tongue.compatible("llama3"));
    assertThat(elsewhere.at("/max_tokens").asInt()).isEqualTo(77);
  }

  @ParameterizedTest
  @CsvSource({"MESSAGES, messages, content", "GEMINI, contents, parts"})
  void pitfall08_neighboursOfOneRoleAreMergedBlockByBlock(Tongue to, String turns, String blocks) {
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'user','content':'a'},{'role':'user','content':'b'},"
                + "{'role':'assistant','content':'c'},{'role':'assistant','content':'d'},"
                + "{'role':'user','content':'e'}]}",
            to);

    JsonNode all = sent.body().path(turns);
    assertThat(all).hasSize(3);
    assertThat(texts(all.path(0).path(blocks))).containsExactly("a", "b");
    assertThat(texts(all.path(1).path(blocks))).containsExactly("c", "d");
    assertThat(texts(all.path(2).path(blocks))).containsExactly("e");
  }

  private static List<String> texts(JsonNode blocks) {
    return blocks.valueStream().map(block -> block.path("text").asString("")).toList();
  }

  @Test
  void pitfall09_aPrefillGoesWhereItIsTakenAndIsRefusedElsewhere() {
    String asked =
        "{'model':'auto','messages':[{'role':'user','content':'count'},"
            + "{'role':'assistant','content':'one, two'}]}";

    Sent older = Tongue.CHAT.send(asked, Tongue.MESSAGES, "claude-sonnet-4-5");

    assertThat(older.text("/messages/1/role")).isEqualTo("assistant");
    assertThat(older.text("/messages/1/content/0/text")).isEqualTo("one, two");
    assertThatThrownBy(() -> Tongue.CHAT.send(asked, Tongue.MESSAGES, "claude-opus-4-6"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("end with a user message");
  }

  @ParameterizedTest
  @EnumSource(value = Tongue.class, names = {"CHAT"}, mode = EnumSource.Mode.EXCLUDE)
  void pitfall10_emptyTextHasNoBlockBesideOthers(Tongue to) {
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'user','content':[{'type':'text','text':''},"
                + "{'type':'text','text':'weather?'}]},{'role':'assistant','content':'',"
                + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'rain'}]"
                + ",'tools':[{'type':'function','function':{'name':'f'}}]}",
            to);

    String turns = sent.body().path(Asking.turns(to)).toString();
    assertThat(turns).doesNotContain("\"text\":\"\"", "\"text\":\" \"", "\"content\":\"\"");
    assertThat(turns).contains("weather?");
  }

  @Test
  void pitfall11_whiteSpaceAloneIsDroppedForAnthropicOrRefusedWhenNothingIsLeft() {
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'system','content':' \\n'},"
                + "{'role':'user','content':[{'type':'text','text':'\\t '},{'type':'text','text':'go'}]}]}",
            Tongue.MESSAGES);

    assertThat(sent.has("/system")).isFalse();
    assertThat(sent.at("/messages/0/content")).hasSize(1);
    assertThatThrownBy(
            () ->
                Tongue.CHAT.send(
                    "{'model':'auto','messages':[{'role':'user','content':'  '}]}", Tongue.MESSAGES))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("white space");
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT, RESPONSES", "CHAT, MESSAGES", "CHAT, GEMINI",
    "GEMINI, CHAT", "GEMINI, MESSAGES", "GEMINI, RESPONSES"
  })
  void pitfall12_severalAnswersAreRefusedWhereOnlyOneCanBeGiven(Tongue from, Tongue to) {
    String two =
        from == Tongue.CHAT
            ? Asking.with(from, Map.of("n", "2"))
            : Asking.with(from, Map.of("generationConfig", "{'candidateCount':2}"));
    String one =
        from == Tongue.CHAT
            ? Asking.with(from, Map.of("n", "1"))
            : Asking.with(from, Map.of("generationConfig", "{'candidateCount':1}"));

    assertThatThrownBy(() -> from.send(two, to))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("one answer");
    from.send(one, to).losesNothing();
    assertThat(from.passed(two, "theirs")).contains(from == Tongue.CHAT ? "\"n\":2" : "\"candidateCount\":2");
  }

  @ParameterizedTest
  @EnumSource(value = Tongue.class, names = {"MESSAGES", "GEMINI", "RESPONSES"})
  void pitfall13_aNameOnAMessageIsReportedWhereThereIsNone(Tongue to) {
    Sent sent =
        Tongue.CHAT.send(
            "{'model':'auto','messages':[{'role':'user','name':'ann','content':'hi'}]}", to);

    sent.reports("name");
    assertThat(sent.body().toString()).doesNotContain("ann");
  }

  @Test
  void pitfall14_whoAsksIsMappedAndReportedToGemini() {
    String named = Asking.with(Tongue.CHAT, Map.of("user", "'u-1'"));
    String safe = Asking.with(Tongue.CHAT, Map.of("safety_identifier", "'u-1'"));
    String claudes = Asking.with(Tongue.MESSAGES, Map.of("metadata", "{'user_id':'u-1'}"));

    for (String asked : List.of(named, safe)) {
      assertThat(Tongue.CHAT.send(asked, Tongue.MESSAGES).text("/metadata/user_id")).isEqualTo("u-1");
      assertThat(Tongue.CHAT.send(asked, Tongue.RESPONSES).losesNothing().text("/user")).isEqualTo("u-1");
      Sent google = Tongue.CHAT.send(asked, Tongue.GEMINI);
      assertThat(google.losses()).containsExactly("unsupported-field:user");
      assertThat(google.body().toString()).doesNotContain("u-1");
    }
    assertThat(Tongue.MESSAGES.send(claudes, Tongue.CHAT).text("/user")).isEqualTo("u-1");
    assertThat(Tongue.MESSAGES.send(claudes, Tongue.RESPONSES).text("/user")).isEqualTo("u-1");
    Tongue.MESSAGES.send(claudes, Tongue.GEMINI).reports("user");
    // Anthropic refuses more than 512 characters; a longer one is left out and told, never cut.
    Sent tooLong =
        Tongue.CHAT.send(
            Asking.with(Tongue.CHAT, Map.of("user", "'" + "u".repeat(513) + "'")), Tongue.MESSAGES);
    assertThat(tooLong.has("/metadata")).isFalse();
    assertThat(tooLong.losses()).contains("unsupported-value:user");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'previous_response_id':'resp_1','input':'go on'",
        "'conversation':'conv_1','input':'go on'",
        "'background':true,'input':'go'",
        "'input':[{'type':'item_reference','id':'msg_1'},{'role':'user','content':'go on'}]"
      },
      quoteCharacter = '`')
  void pitfall15_whatNeedsOneDeploymentsMemoryIsRefused(String fields) {
    String asked = "{'model':'auto'," + fields + "}";

    assertThatThrownBy(() -> Tongue.RESPONSES.scan(asked))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("keeps no");
    assertThatThrownBy(() -> Tongue.RESPONSES.read(asked)).isInstanceOf(Refusal.class);
  }

  /// The model that answered, as its provider names it; the route is in the header.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall16_theAnswerNamesTheModelThatAnsweredWholeAndStreamed(Tongue to) {
    for (Tongue from : Tongue.values()) {
      String whole = from.tell(Asking.reply(from, "theirs-1"), to).toString();
      String streamed =
          Flow.json(Flow.told(from, Asking.stream(from, "theirs-1"), to, Asking.plainly(to))).stream()
              .map(JsonNode::toString)
              .collect(Collectors.joining());

      assertThat(modelsIn(whole)).isNotEmpty().containsOnly("theirs-1");
      assertThat(modelsIn(streamed)).isNotEmpty().containsOnly("theirs-1");
    }
  }

  private static List<String> modelsIn(String told) {
    return MODEL.matcher(told).results().map(found -> found.group(1)).toList();
  }

  @Test
  void everyFieldAsked_isEitherSentOrReported() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("metadata", "{'team':'x'}");
    fields.put("prediction", "{'type':'content','content':'x'}");
    fields.put("store", "true");
    fields.put("verbosity", "'low'");
    fields.put("modalities", "['text']");
    fields.put("seed", "7");
    fields.put("frequency_penalty", "0.5");
    fields.put("presence_penalty", "0.5");
    for (Tongue to : List.of(Tongue.RESPONSES, Tongue.MESSAGES, Tongue.GEMINI)) {
      Sent sent = Tongue.CHAT.send(Asking.with(Tongue.CHAT, fields), to);
      String said = sent.body().toString();
      List<String> vanished =
          fields.keySet().stream()
              .filter(name -> !said.contains("\"" + Asking.camel(name) + "\"") && !said.contains(name))
              .filter(name -> sent.losses().stream().noneMatch(loss -> Asking.same(loss, name)))
              .toList();

      assertThat(vanished).as("to %s, losses %s", to, sent.losses()).isEmpty();
    }
  }

  @Test
  void turns_keepTheirOrderWhateverIsMerged() {
    String messages =
        IntStream.range(0, 12)
            .mapToObj(i -> "{'role':'" + (i % 3 == 0 ? "user" : "assistant") + "','content':'m" + i + ".'}")
            .collect(Collectors.joining(","));
    for (Tongue to : Tongue.values()) {
      String said =
          Tongue.CHAT
              .send("{'model':'auto','messages':[" + messages + ",{'role':'user','content':'m12.'}]}", to)
              .body()
              .toString();

      assertThat(IntStream.range(0, 13).map(i -> said.indexOf("\"m" + i + ".")).toArray())
          .isSorted()
          .doesNotContain(-1);
    }
  }
}
