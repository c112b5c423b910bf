// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.sandbox.Caller.Answer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What the services offer beside answers: token counts, embeddings, lists of models; and the tasks
/// a prompt spells out.
final class BesidesIT {
  private static Sandbox sandbox;
  private static Caller caller;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start();
    caller = new Caller(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static JsonNode good(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static double[] vector(JsonNode numbers) {
    double[] vector = new double[numbers.size()];
    for (int index = 0; index < vector.length; index++) {
      vector[index] = numbers.get(index).asDouble();
    }
    return vector;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int index = 0; index < one.length; index++) {
      sum += one[index] * other[index];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "FOUNDRY"})
  void messagesAreCounted_byTheRulesOfMessages(Simulated provider) {
    String path = caller.path(provider, "", false);
    String body = "{'model': 'claude-sonnet-4-5', 'messages': [{'role': 'user', 'content': 'hello'}]%s}";
    long asked =
        good(caller.post(provider, path, Caller.json(body.formatted(", 'max_tokens': 100"))))
            .at("/usage/input_tokens")
            .asLong();
    JsonNode counted =
        good(caller.post(provider, path + "/count_tokens", Caller.json(body.formatted(""))));
    assertThat(counted.path("input_tokens").asLong()).isEqualTo(asked);
    assertThat(counted.size()).isEqualTo(1);

    Answer refused =
        caller.post(
            provider, path + "/count_tokens", Caller.json(body.formatted(", 'max_tokens': 100")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("max_tokens: Extra inputs are not permitted");
    String forced =
        body.replace("claude-sonnet-4-5", "claude-opus-5-5")
            .formatted(
                ", 'tools': [{'name': 't', 'input_schema': {'type': 'object'}}], 'tool_choice':"
                    + " {'type': 'any'}");
    assertThat(caller.post(provider, path + "/count_tokens", Caller.json(forced)).status())
        .isEqualTo(400);
  }

  @Test
  void geminiCountsContentsAndWholeRequests() {
    String contents = "'contents': [{'role': 'user', 'parts': [{'text': 'hello there'}]}]";
    String path = "/v1beta/models/gemini-2.5-pro:";
    long asked =
        good(caller.post(Simulated.GEMINI, path + "generateContent", Caller.json("{" + contents + "}")))
            .at("/usageMetadata/promptTokenCount")
            .asLong();
    JsonNode plain =
        good(caller.post(Simulated.GEMINI, path + "countTokens", Caller.json("{" + contents + "}")));
    assertThat(plain.path("totalTokens").asLong()).isEqualTo(asked);
    String whole =
        "{'generateContentRequest': {'model': 'models/gemini-2.5-pro', 'systemInstruction': {'parts':"
            + " [{'text': 'be very brief'}]}, "
            + contents
            + "}}";
    JsonNode more = good(caller.post(Simulated.GEMINI, path + "countTokens", Caller.json(whole)));
    assertThat(more.path("totalTokens").asLong()).isGreaterThan(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, /v1/embeddings",
    "AZURE, /openai/v1/embeddings",
    "AZURE, /openai/deployments/text-embedding-3-small/embeddings?api-version=2024-10-21"
  })
  void textsInCommonWordsAreNear(Simulated provider, String path) {
    String body =
        "{'model': 'text-embedding-3-small', 'input': ['The keeper lit the lamp of the lighthouse',"
            + " 'The lighthouse keeper lit a lamp', 'Quarterly revenue rose by nine percent'],"
            + " 'encoding_format': 'float'}";
    JsonNode list = good(caller.post(provider, path, Caller.json(body)));
    assertThat(list.path("object").asString()).isEqualTo("list");
    List<double[]> vectors = new ArrayList<>();
    list.path("data").forEach(each -> vectors.add(vector(each.path("embedding"))));
    assertThat(vectors).hasSize(3).allSatisfy(each -> assertThat(each).hasSize(1_536));
    assertThat(dot(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-5));
    double near = dot(vectors.get(0), vectors.get(1));
    double far = dot(vectors.get(0), vectors.get(2));
    assertThat(near).isGreaterThan(0.6);
    assertThat(far).isLessThan(0.3);
    assertThat(list.at("/usage/prompt_tokens").asLong())
        .isEqualTo(list.at("/usage/total_tokens").asLong())
        .isPositive();
  }

  @Test
  void formsOfAnEmbeddingSayTheSame() {
    String body = "{'model': 'text-embedding-3-large', 'input': 'hello', 'dimensions': 256%s}";
    JsonNode floats = good(embed(body.formatted("")));
    JsonNode packed = good(embed(body.formatted(", 'encoding_format': 'base64'")));
    var bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(packed.at("/data/0/embedding").asString()))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    double[] numbers = vector(floats.at("/data/0/embedding"));
    assertThat(numbers).hasSize(256);
    assertThat(bytes.remaining()).isEqualTo(256);
    for (double number : numbers) {
      assertThat((double) bytes.get()).isCloseTo(number, within(1e-7));
    }
    JsonNode tokens =
        good(embed("{'model': 'text-embedding-3-small', 'input': [[1, 2, 3], [1, 2, 3], [9]]}"));
    assertThat(tokens.at("/data/0/embedding")).isEqualTo(tokens.at("/data/1/embedding"));
    assertThat(tokens.at("/data/0/embedding")).isNotEqualTo(tokens.at("/data/2/embedding"));
    assertThat(tokens.at("/usage/prompt_tokens").asLong()).isEqualTo(7);
  }

  private static Answer embed(String body) {
    return caller.post(Simulated.OPENAI, "/v1/embeddings", Caller.json(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "400|input cannot be an empty string|{'model':'text-embedding-3-small','input':''}",
        "400|input cannot be an empty array|{'model':'text-embedding-3-small','input':[]}",
        "400|less than or equal to 1536|{'model':'text-embedding-3-small','input':'a','dimensions':2000}",
        "400|not support specifying dimensions|{'model':'text-embedding-ada-002','input':'a','dimensions':8}",
        "400|'float' and 'base64'|{'model':'text-embedding-3-small','input':'a','encoding_format':'hex'}",
        "404|does not exist|{'model':'gpt-4o','input':'a'}"
      })
  void embeddingsAreRefused(int status, String says, String body) {
    Answer answer = embed(body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
  }

  @Test
  void geminiEmbedsOneTextOrSeveral() {
    String content = "'content': {'parts': [{'text': 'The lighthouse keeper'}]}";
    JsonNode one =
        good(
            caller.post(
                Simulated.GEMINI,
                "/v1beta/models/gemini-embedding-001:embedContent",
                Caller.json("{" + content + ", 'outputDimensionality': 768}")));
    assertThat(one.at("/embedding/values")).hasSize(768);
    JsonNode several =
        good(
            caller.post(
                Simulated.GEMINI,
                "/v1beta/models/gemini-embedding-001:batchEmbedContents",
                Caller.json(
                    "{'requests': [{'model': 'models/gemini-embedding-001', 'taskType':"
                        + " 'RETRIEVAL_QUERY', "
                        + content
                        + "}, {'model': 'models/gemini-embedding-001', "
                        + content
                        + "}]}")));
    assertThat(several.path("embeddings")).hasSize(2);
    assertThat(several.at("/embeddings/0/values")).hasSize(3_072);
    assertThat(several.at("/embeddings/0")).isEqualTo(several.at("/embeddings/1"));
  }

  @Test
  void modelsOfAnthropicComeInPages() {
    List<String> all = ids(models("?limit=1000"));
    assertThat(all).hasSizeGreaterThan(3);
    JsonNode first = models("?limit=2");
    assertThat(ids(first)).isEqualTo(all.subList(0, 2));
    assertThat(first.path("has_more").asBoolean()).isTrue();
    JsonNode second = models("?limit=2&after_id=" + first.path("last_id").asString());
    assertThat(ids(second)).isEqualTo(all.subList(2, 4));
    JsonNode back = models("?limit=2&before_id=" + second.path("first_id").asString());
    assertThat(ids(back)).isEqualTo(all.subList(0, 2));
    assertThat(back.path("has_more").asBoolean()).isFalse();
    assertThat(first.at("/data/0/capabilities/thinking/types/enabled/supported").asBoolean()).isTrue();
  }

  private static JsonNode models(String query) {
    var address = sandbox.address(Simulated.ANTHROPIC).resolve("/v1/models" + query);
    return good(caller.get(address, caller.credentials(Simulated.ANTHROPIC)));
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("data").forEach(model -> ids.add(model.path("id").asString()));
    return ids;
  }

  @Test
  void modelsOfGeminiComeInPages() {
    var address = sandbox.address(Simulated.GEMINI);
    var key = caller.credentials(Simulated.GEMINI);
    JsonNode first = good(caller.get(address.resolve("/v1beta/models?pageSize=3"), key));
    assertThat(first.path("models")).hasSize(3);
    String next = first.path("nextPageToken").asString();
    JsonNode rest = good(caller.get(address.resolve("/v1beta/models?pageToken=" + next), key));
    assertThat(rest.has("nextPageToken")).isFalse();
    assertThat(rest.toString()).contains("gemini-embedding-001");
  }

  @Test
  void promptSpellsOutATask_oneCallAfterTheOther() {
    String tools =
        "'tools': [{'name': 'Read', 'input_schema': {'type': 'object'}}, {'name': 'Bash', 'input_schema':"
            + " {'type': 'object'}}], ";
    String prompt =
        "<system-reminder>Be kind. call Bash {}</system-reminder> Please do this:\\n1. call Read"
            + " {'file_path': '/notes', 'deep': {'a': [1]}}\\n2. call Bash {'command': 'ls'}\\nThen tell me.";
    String history = "{'role': 'user', 'content': '" + prompt.replace("'", "\\'") + "'}";
    JsonNode first = task(tools, history);
    assertThat(first.at("/content/0/name").asString()).isEqualTo("Read");
    assertThat(first.at("/content/0/input"))
        .isEqualTo(Caller.JSON.readTree("{\"file_path\": \"/notes\", \"deep\": {\"a\": [1]}}"));
    history += step(first, "forty-two words");
    JsonNode second = task(tools, history);
    assertThat(second.at("/content/0/name").asString()).isEqualTo("Bash");
    history += step(second, "a.txt");
    JsonNode last = task(tools, history);
    assertThat(last.path("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(last.at("/content/0/text").asString()).contains("forty-two words", "a.txt");
    assertThat(task("", "{'role': 'user', 'content': 'call Read {}'}").at("/content/0/text").asString())
        .contains("There is no tool Read");
  }

  private static JsonNode task(String tools, String history) {
    String quoted = history.replace("\\'", "\\\"");
    return good(
        caller.post(
            Simulated.ANTHROPIC,
            "/v1/messages",
            Caller.json(
                "{'model': 'claude-sonnet-4-5', 'max_tokens': 900, "
                    + tools
                    + "'messages': ["
                    + quoted
                    + "]}")));
  }

  private static String step(JsonNode answer, String result) {
    return ", {'role': 'assistant', 'content': "
        + answer.path("content")
        + "}, {'role': 'user', 'content': [{'type': 'tool_result', 'tool_use_id': '"
        + answer.at("/content/0/id").asString()
        + "', 'content': '"
        + result
        + "'}, {'type': 'text', 'text': '<system-reminder>One more remark.</system-reminder>'}]}";
  }
}
