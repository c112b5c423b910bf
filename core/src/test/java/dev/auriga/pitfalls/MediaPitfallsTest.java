// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Citation.Passage;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pitfalls of content and media.
class MediaPitfallsTest {
  private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";
  private static final String JPEG = "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMC";
  private static final String PDF = "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoK";
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAAC";

  private static String chat(String... parts) {
    return "{'model':'auto','messages':[{'role':'user','content':[" + String.join(",", parts) + "]}]}";
  }

  private static String image(String url) {
    return "{'type':'image_url','image_url':{'url':'" + url + "'}}";
  }

  private static String text(String text) {
    return "{'type':'text','text':'" + text + "'}";
  }

  /// Auriga fetches nothing itself: no address a client names is ever called.
  @Test
  void pitfall17_anImagesAddressGoesToAnthropicAndIsRefusedForGemini() {
    String asked = chat(text("what is this?"), image("https://example.com/cat.png"));

    assertThat(Tongue.CHAT.send(asked, Tongue.MESSAGES).text("/messages/0/content/1/source/url"))
        .isEqualTo("https://example.com/cat.png");
    assertThatThrownBy(() -> Tongue.CHAT.send(asked, Tongue.GEMINI))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("messages[0].content[1]")
        .hasMessageContaining("does not fetch addresses");
    String stored = chat(text("what is this?"), image("gs://bucket/cat.png"));
    assertThat(Tongue.CHAT.send(stored, Tongue.GEMINI).text("/contents/0/parts/1/fileData/fileUri"))
        .isEqualTo("gs://bucket/cat.png");
  }

  /// The bytes decide: Anthropic refuses an image whose declared type is another's.
  @ParameterizedTest
  @CsvSource({
    "image/png, PNG, image/png", "image/jpeg, PNG, image/png", "image/png, JPEG, image/jpeg",
    "image/jpg, JPEG, image/jpeg"
  })
  void pitfall18_theMediaTypeIsWhatTheBytesAre(String said, String bytes, String sent) {
    String content = bytes.equals("PNG") ? PNG : JPEG;
    String asked = chat(text("?"), image("data:" + said + ";base64," + content));

    Sent claude = Tongue.CHAT.send(asked, Tongue.MESSAGES);
    Sent gemini = Tongue.CHAT.send(asked, Tongue.GEMINI);

    assertThat(claude.text("/messages/0/content/1/source/media_type")).isEqualTo(sent);
    assertThat(claude.text("/messages/0/content/1/source/data")).isEqualTo(content);
    assertThat(gemini.text("/contents/0/parts/1/inlineData/mimeType")).isEqualTo(sent);
    String tiff = chat(text("?"), image("data:image/tiff;base64,SUkqAAgAAAA="));
    assertThatThrownBy(() -> Tongue.CHAT.send(tiff, Tongue.MESSAGES))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("image/tiff");
  }

  @ParameterizedTest
  @EnumSource(value = Tongue.class, names = {"MESSAGES", "GEMINI"})
  void pitfall19_anImagesDetailIsReportedWhereThereIsNone(Tongue to) {
    String asked =
        chat("{'type':'image_url','image_url':{'url':'data:image/png;base64," + PNG + "','detail':'high'}}");

    Tongue.CHAT.send(asked, to).reports("detail");
    assertThat(Tongue.CHAT.send(asked, Tongue.RESPONSES).losesNothing().text("/input/0/content/0/detail"))
        .isEqualTo("high");
  }

  @Test
  void pitfall20_imagesOfToolResultsFollowBehindAllResultsOfTheTurn() {
    Sent sent =
        Tongue.MESSAGES.send(
            "{'model':'auto','max_tokens':9,'messages':[{'role':'user','content':'look'},"
                + "{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'shot','input':{}},"
                + "{'type':'tool_use','id':'t2','name':'read','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':["
                + "{'type':'text','text':'a shot'},{'type':'image','source':{'type':'base64',"
                + "'media_type':'image/png','data':'" + PNG + "'}}]},"
                + "{'type':'tool_result','tool_use_id':'t2','content':'a file'}]}]}",
            Tongue.CHAT);

    assertThat(roles(sent)).containsExactly("user", "assistant", "tool", "tool", "user");
    assertThat(sent.text("/messages/2/content")).isEqualTo("a shot");
    assertThat(sent.text("/messages/3/content")).isEqualTo("a file");
    assertThat(sent.at("/messages/4/content").toString()).contains("data:image/png;base64," + PNG, "t1");
  }

  private static List<String> roles(Sent sent) {
    return sent.at("/messages").valueStream().map(each -> each.path("role").asString("")).toList();
  }

  @Test
  void pitfall21_audioIsRefusedForAnthropicAloneAndBesideText() {
    String audio = "{'type':'input_audio','input_audio':{'data':'" + WAV + "','format':'wav'}}";

    for (String asked : List.of(chat(audio), chat(text("what is said?"), audio))) {
      assertThatThrownBy(() -> Tongue.CHAT.send(asked, Tongue.MESSAGES))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("audio");
    }
    assertThat(Tongue.CHAT.send(chat(audio), Tongue.GEMINI).text("/contents/0/parts/0/inlineData/data"))
        .isEqualTo(WAV);
  }

  @Test
  void pitfall22_aDocumentArrivesInEveryDialectWithItsTitle() {
    String asked =
        "{'model':'auto','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document',"
            + "'source':{'type':'base64','media_type':'application/pdf','data':'" + PDF + "'},"
            + "'title':'report.pdf','cache_control':{'type':'ephemeral'}},{'type':'text','text':'sum up'}]}]}";

    Sent chat = Tongue.MESSAGES.send(asked, Tongue.CHAT);
    assertThat(chat.text("/messages/0/content/0/file/filename")).isEqualTo("report.pdf");
    assertThat(chat.text("/messages/0/content/0/file/file_data")).endsWith(PDF);
    chat.reports("cache");
    Sent responses = Tongue.MESSAGES.send(asked, Tongue.RESPONSES);
    assertThat(responses.text("/input/0/content/0/type")).isEqualTo("input_file");
    assertThat(responses.text("/input/0/content/0/filename")).isEqualTo("report.pdf");
    Sent gemini = Tongue.MESSAGES.send(asked, Tongue.GEMINI);
    assertThat(gemini.text("/contents/0/parts/0/inlineData/mimeType")).isEqualTo("application/pdf");
    gemini.reports("title", "cache");
    Sent back =
        Tongue.CHAT.send(
            chat("{'type':'file','file':{'filename':'report.pdf','file_data':'data:application/pdf;base64,"
                + PDF + "'},'cache_control':{'type':'ephemeral'}}"),
            Tongue.MESSAGES);
    assertThat(back.text("/messages/0/content/0/title")).isEqualTo("report.pdf");
    assertThat(back.text("/messages/0/content/0/cache_control/type")).isEqualTo("ephemeral");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "audio", "video", "document", "omitted", "unsupported", "attachment"})
  void pitfall24_noContentBecomesAPlaceholder(String word) {
    String asked =
        "{'contents':[{'role':'user','parts':[{'text':'see'},{'inlineData':{'mimeType':'video/mp4',"
            + "'data':'AAAAIGZ0eXBpc29t'}}]},{'role':'model','parts':[{'text':'seen'}]},"
            + "{'role':'user','parts':[{'text':'go'}]}]}";
    for (Tongue to : List.of(Tongue.CHAT, Tongue.RESPONSES, Tongue.MESSAGES)) {
      try {
        Sent sent = Tongue.GEMINI.send(asked, to);

        sent.reports("messages[0]");
        assertThat(said(sent.body())).doesNotContain(word);
      } catch (Refusal refused) {
        assertThat(refused.reason()).contains("video");
      }
    }
  }

  private static String said(JsonNode body) {
    return body.findValues("text") + " " + body.findValues("content");
  }

  /// In the client's own form, whole as streamed, however the provider spread them over its events;
  /// positions count what they count there: bytes for Gemini, characters for OpenAI.
  @ParameterizedTest
  @EnumSource(Tongue.class)
  void pitfall23_whatAnAnswerCitesIsToldInTheClientsOwnForm(Tongue from) {
    Completion whole = from.reply(Citing.reply(from));
    Completion streamed = ChunkFold.of(Flow.chunks(from, Citing.stream(from)));

    assertThat(streamed.parts()).isEqualTo(whole.parts());
    for (Tongue to : Tongue.values()) {
      Completion heard = to.reply(to.told(whole).toString());
      Completion heardStreamed =
          ChunkFold.of(
              Flow.chunks(to, text(Flow.told(from, Citing.stream(from), to, streamedTo(to)))));
      assertThat(urls(heard)).as("%s to %s", from, to)
          .containsExactly("https://a.example", "https://b.example");
      assertThat(urls(heardStreamed)).as("%s to %s, streamed", from, to).isEqualTo(urls(heard));
      if (from != Tongue.MESSAGES && to != Tongue.MESSAGES) {
        assertThat(passages(heard)).containsExactly(new Passage(0, 14), new Passage(9, 14));
        assertThat(passages(heardStreamed)).isEqualTo(passages(heard));
      }
    }
  }

  private static String streamedTo(Tongue to) {
    return to == Tongue.GEMINI ? Asking.plainly(to) : Asking.with(to, Map.of("stream", "true"));
  }

  private static String text(List<SseEvent> events) {
    return events.stream()
        .map(event -> new String(event.bytes(), StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  private static List<Citation.Sourced> cited(Completion answer) {
    return answer.parts().stream()
        .filter(Part.Text.class::isInstance)
        .flatMap(part -> ((Part.Text) part).citations().stream())
        .map(Citation.Sourced.class::cast)
        .toList();
  }

  private static List<String> urls(Completion answer) {
    return cited(answer).stream().map(each -> ((Citation.Source.Web) each.source()).url()).toList();
  }

  private static List<Passage> passages(Completion answer) {
    return cited(answer).stream().map(Citation.Sourced::passage).toList();
  }
}
