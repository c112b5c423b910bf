// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.completion.Cargo.Load;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Role;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Tool;
import dev.auriga.dialect.laws.Dialects;
import dev.auriga.provider.Asked;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What each dialect's outline says of media, and of what makes a request dearer.
class CargoTest {
  private static final String KILOBYTE = "A".repeat(1024);

  private static Outline outline(Dialect dialect, String body) {
    String said = body.replace("$KB", KILOBYTE);
    return dialect.scan(Dialects.request(dialect, said.getBytes(StandardCharsets.UTF_8))).outline();
  }

  private static void carries(Outline outline, Modality modality, int pieces, int elsewhere, long bytes) {
    Load load = outline.cargo().loads().get(modality);
    assertThat(load).isNotNull();
    assertThat(load.pieces()).isEqualTo(pieces);
    assertThat(load.elsewhere()).isEqualTo(elsewhere);
    assertThat(load.bytes()).isCloseTo(bytes, within(bytes / 4 + 100));
  }

  @Test
  void chat() {
    Outline outline =
        outline(
            Dialects.CHAT,
            """
            {"model":"m","n":3,"service_tier":"priority","messages":[{"role":"user","content":[
             {"type":"text","text":"hi"},
             {"type":"image_url","image_url":{"url":"data:image/png;base64,$KB"}},
             {"type":"image_url","image_url":{"url":"https://x/y.png"}},
             {"input_audio":{"data":"$KB$KB","format":"wav"},"type":"input_audio"},
             {"type":"file","file":{"file_data":"data:application/pdf;base64,$KB","filename":"a.pdf"}},
             {"type":"file","file":{"file_id":"file-1"}}]}]}
            """);
    carries(outline, Modality.IMAGE, 2, 1, 1024);
    carries(outline, Modality.AUDIO, 1, 0, 2048);
    carries(outline, Modality.DOCUMENT, 2, 1, 1024);
    assertThat(outline.surcharge()).isEqualTo(new Surcharge(3, "priority"));
  }

  @Test
  void responses() {
    Outline outline =
        outline(
            Dialects.RESPONSES,
            """
            {"model":"m","service_tier":"flex","input":[{"role":"user","content":[
             {"type":"input_image","image_url":"data:image/png;base64,$KB"},
             {"type":"input_file","file_url":"https://x/y.pdf"},
             {"file_data":"$KB","filename":"a.pdf","type":"input_file"}]},
             {"type":"function_call_output","call_id":"c","output":[{"type":"input_file","file_id":"file-1"}]}]}
            """);
    carries(outline, Modality.IMAGE, 1, 0, 1024);
    carries(outline, Modality.DOCUMENT, 3, 2, 1024);
    assertThat(outline.surcharge()).isEqualTo(new Surcharge(1, "flex"));
  }

  @Test
  void anthropic() {
    Outline outline =
        outline(
            Dialects.ANTHROPIC,
            """
            {"model":"m","max_tokens":9,"service_tier":"auto","inference_geo":"us","messages":[{"role":"user","content":[
             {"type":"image","source":{"type":"base64","media_type":"image/png","data":"$KB"}},
             {"source":{"type":"url","url":"https://x/y.pdf"},"type":"document"},
             {"type":"tool_result","tool_use_id":"t","content":[
               {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"$KB$KB"}}]}]}]}
            """);
    carries(outline, Modality.IMAGE, 1, 0, 1024);
    carries(outline, Modality.DOCUMENT, 2, 1, 2048);
    assertThat(outline.surcharge()).isEqualTo(new Surcharge(1, "us"));
  }

  @Test
  void gemini() {
    Outline outline =
        outline(
            Dialects.GEMINI,
            """
            {"serviceTier":"priority","generationConfig":{"candidateCount":2},"contents":[{"role":"user","parts":[
             {"inlineData":{"mimeType":"image/png","data":"$KB"}},
             {"inline_data":{"data":"$KB","mime_type":"audio/wav"}},
             {"fileData":{"mimeType":"video/mp4","fileUri":"gs://b/v"}}]}]}
            """);
    carries(outline, Modality.IMAGE, 1, 0, 1024);
    carries(outline, Modality.AUDIO, 1, 0, 1024);
    carries(outline, Modality.VIDEO, 1, 1, 0);
    assertThat(outline.surcharge()).isEqualTo(new Surcharge(2, "priority"));
  }

  @Test
  void whatIsUsual_isNoSurcharge() {
    for (String tier : List.of("\"auto\"", "\"default\"", "null", "7")) {
      assertThat(
              outline(
                      Dialects.CHAT,
                      "{\"model\":\"m\",\"n\":1,\"service_tier\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                          .formatted(tier))
                  .surcharge())
          .isEqualTo(Surcharge.NONE);
    }
  }

  /// A Java caller's request is as large as it would be on the wire: letters count by their bytes, and
  /// calls, results and media count too.
  @Test
  void aJavaCallersRequest_isAsLargeAsItsWordsAndMedia() {
    assertThat(bytes(Message.user("漢".repeat(10_000)))).isCloseTo(30_000, within(200L));
    assertThat(bytes(Message.user("😀".repeat(1_000)))).isCloseTo(4_000, within(200L));
    Part call = Part.ToolCall.of("c", "find", "x".repeat(5_000));
    Part result = new Part.ToolResult("c", null, List.of(Part.Text.of("y".repeat(7_000))), false, null);
    assertThat(bytes(new Message(Role.ASSISTANT, List.of(call), null))).isCloseTo(5_000, within(200L));
    assertThat(bytes(new Message(Role.USER, List.of(result), null))).isCloseTo(7_000, within(200L));
    Part image = new Part.Image(new Media.Inline("image/png", KILOBYTE), null, null);
    Asked shown = Asked.of(request(new Message(Role.USER, List.of(image), null)).build());
    assertThat(shown.bytes() - shown.outline().cargo().bytes()).isLessThan(200);
    Tool tool = new Tool.Function("f", "z".repeat(3_000), RawJson.EMPTY_OBJECT, null, null);
    assertThat(Asked.of(request(Message.user("x")).tool(tool).build()).bytes()).isCloseTo(3_000, within(200L));
  }

  @Test
  void aJavaCallersTier_isASurcharge() {
    CompletionRequest request =
        request(Message.user("x")).extras(Map.of("service_tier", new RawJson("\"priority\""))).build();
    assertThat(Asked.of(request).outline().surcharge()).isEqualTo(new Surcharge(1, "priority"));
  }

  private static CompletionRequest.Builder request(Message message) {
    return CompletionRequest.to("m").message(message);
  }

  private static long bytes(Message message) {
    return Asked.of(request(message).build()).bytes();
  }
}
