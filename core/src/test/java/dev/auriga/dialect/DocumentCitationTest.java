// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Anthropic's citations of documents that came with the request: OpenAI's APIs cite pages and files
/// with an id, and nothing else.
class DocumentCitationTest {
  private static final ClientRequest ASKED = ClientRequest.of("{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8));
  private static final List<Loss> LOST =
      List.of(new Loss(Loss.Reason.UNSUPPORTED_VALUE, "content[0].citations"));

  private final AnthropicMessages anthropic = new AnthropicMessages();

  static List<String> places() {
    return List.of(
        "\"type\":\"char_location\",\"start_char_index\":0,\"end_char_index\":5",
        "\"type\":\"page_location\",\"start_page_number\":1,\"end_page_number\":2",
        "\"type\":\"content_block_location\",\"start_block_index\":0,\"end_block_index\":1");
  }

  private static String citation(String place) {
    return "{%s,\"cited_text\":\"green\",\"document_index\":0,\"document_title\":\"T\",\"file_id\":null}".formatted(place);
  }

  @ParameterizedTest
  @MethodSource("places")
  void withoutAFile_itIsALossForChatAndResponses(String place) {
    String reply =
        """
        {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[
          {"type":"text","text":"Grass is green.","citations":[%s]}],"stop_reason":"end_turn","usage":{}}"""
            .formatted(citation(place));
    Completion read = anthropic.readReply(reply.getBytes(StandardCharsets.UTF_8));

    for (Dialect client : List.of(OpenAiChat.strict(), new OpenAiResponses())) {
      Written written = client.writeReply(read, ASKED);
      assertThat(written.losses()).as(client.name()).isEqualTo(LOST);
      assertThat(Json.read(written.body()).findValues("annotations")).allMatch(each -> each.isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void withoutAFile_itIsALossInAStreamToo(String place) {
    List<String> events =
        List.of(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"c\",\"usage\":{}}}",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\",\"citations\":[]}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Grass is green.\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"citations_delta\",\"citation\":%s}}"
                .formatted(citation(place)),
            "{\"type\":\"content_block_stop\",\"index\":0}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":4}}",
            "{\"type\":\"message_stop\"}");

    for (Dialect client : List.of(OpenAiChat.strict(), new OpenAiResponses())) {
      StreamReader reader = anthropic.readStream();
      ClientRequest asked =
          ClientRequest.of(
              "{\"model\":\"m\",\"input\":\"q\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}"
                  .getBytes(StandardCharsets.UTF_8));
      StreamWriter writer = client.writeStream(asked, client.scan(asked).outline());
      events.forEach(event -> reader.read(SseEvent.of(event), writer::write));
      writer.end();

      assertThat(reader.losses()).isEmpty();
      assertThat(writer.losses()).as(client.name()).extracting(Loss::reason).containsOnly(Loss.Reason.UNSUPPORTED_VALUE);
      assertThat(writer.losses()).extracting(Loss::field).allMatch(field -> field.endsWith("content.citations"));
    }
  }
}
