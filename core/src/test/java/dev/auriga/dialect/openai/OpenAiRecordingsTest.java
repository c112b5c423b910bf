// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Outline;
import dev.auriga.completion.StopReason;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Recorded traffic with OpenAI, Azure OpenAI and an Azure model router, read and passed on.
///
/// The recordings are no part of the project: they are looked for in the folder the system property
/// `auriga.shared` names, else in a folder `shared` beside the checkout; without them these tests
/// are skipped.
class OpenAiRecordingsTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

  private record Exchange(String name, byte[] request, int status, Headers headers, byte[] reply) {}

  private final OpenAiChat dialect = OpenAiChat.strict();

  private static Path recordings() {
    String named = System.getProperty("auriga.shared");
    Path found = named == null ? null : Path.of(named);
    for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
      Path beside = at.resolve("shared");
      found = Files.isDirectory(beside.resolve("data")) ? beside : null;
    }
    Path recordings = found == null ? null : found.resolve("data/recordings");
    assumeTrue(
        recordings != null && Files.isDirectory(recordings),
        "recorded traffic is not here (auriga.shared is not set, no folder 'shared' beside the checkout)");
    return recordings;
  }

  private static List<Exchange> exchanges = List.of();

  @BeforeAll
  static void readAll() throws IOException {
    List<Exchange> all = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> found = Files.walk(recordings().resolve("openllmetry/openai"))) {
      files = found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    YAMLMapper yaml = new YAMLMapper();
    for (Path file : files) {
      for (JsonNode each : yaml.readTree(Files.readString(file)).path("interactions").values()) {
        JsonNode body = each.at("/response/body/string");
        boolean chat = each.at("/request/uri").asString("").contains("/chat/completions");
        JsonNode asked = each.at("/request/body");
        // Binary bodies are compressed; they say nothing about the dialect.
        if (chat && body.isString() && asked.isString()) {
          all.add(
              new Exchange(
                  file.getFileName().toString(),
                  asked.stringValue().getBytes(StandardCharsets.UTF_8),
                  each.at("/response/status/code").asInt(0),
                  headers(each.at("/response/headers")),
                  body.stringValue().getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    exchanges = all;
  }

  private static Headers headers(JsonNode recorded) {
    List<Headers.Field> fields = new ArrayList<>();
    recorded.properties().forEach(
        field -> field.getValue().values().forEach(
            value -> fields.add(new Headers.Field(field.getKey(), value.asString("")))));
    return Headers.of(fields);
  }

  private static boolean isStream(Exchange exchange) {
    String type = exchange.headers().first("content-type");
    return type != null && type.startsWith("text/event-stream");
  }

  @Test
  void everyRequestIsReadAndPassedOn() {
    Target target = Targets.openAi("served", 4096, 8000);
    for (Exchange exchange : exchanges) {
      ClientRequest request = ClientRequest.of(exchange.request());
      Outline outline = dialect.scan(request).outline();
      CompletionRequest read = dialect.readRequest(request);
      assertThat(outline)
          .as(exchange.name())
          .usingRecursiveComparison()
          .usingOverriddenEquals()
          .ignoringFields("usageWanted", "lineage")
          .isEqualTo(Outline.of(read));

      JsonNode passed = Json.read(dialect.scan(request).passage().to(target).body());
      assertThat(passed.path("model").stringValue()).isEqualTo("served");
      assertThat(passed.at("/stream_options/include_usage").asBoolean(false)).isEqualTo(read.streamed());
      assertThat(passed.path("messages")).isEqualTo(Json.read(exchange.request()).path("messages"));

      Written written = dialect.writeRequest(read, Targets.openAi("served", 4096, 8000));
      assertThat(dialect.readRequest(ClientRequest.of(written.body())).messages())
          .as(exchange.name())
          .isEqualTo(read.messages());
    }
    assertThat(exchanges).hasSizeGreaterThan(80);
  }

  @Test
  void everyReplyIsReadAndGlancedAt() {
    int replies = 0;
    for (Exchange exchange : exchanges) {
      if (exchange.status() != 200 || isStream(exchange) || isError(exchange)) {
        continue;
      }
      Completion completion = dialect.readReply(exchange.reply());
      Glance glance = dialect.glance(exchange.reply());
      JsonNode usage = Json.read(exchange.reply()).path("usage");
      assertThat(completion.usage().total()).as(exchange.name()).isEqualTo(usage.path("total_token"
          + "s").asLong(0));
      assertThat(glance)
          .as(exchange.name())
          .isEqualTo(
              new Glance(
                  completion.model(), completion.usage(), completion.stop(), !completion.parts().isEmpty()));
      assertThat(completion.stop()).as(exchange.name()).isInstanceOf(StopReason.Known.class);
      assertThat(dialect.readReply(dialect.writeReply(completion, ASKED).body()))
          .as(exchange.name())
          .usingRecursiveComparison()
          .ignoringFields("id", "unread")
          .isEqualTo(completion);
      replies++;
    }
    assertThat(replies).isGreaterThan(40);
  }

  private static boolean isError(Exchange exchange) {
    return Json.read(exchange.reply()).has("error");
  }

  @Test
  void everyErrorIsClassified() {
    int errors = 0;
    for (Exchange exchange : exchanges) {
      if (isStream(exchange) || (exchange.status() == 200 && !isError(exchange))) {
        continue;
      }
      Failure failure = dialect.readFailure(exchange.status(), exchange.headers(), exchange.reply());
      assertThat(failure.kind())
          .as(exchange.name() + " " + failure.detail())
          .isNotEqualTo(FailureKind.UNKNOWN);
      assertThat(failure.original()).isNotNull();
      errors++;
    }
    assertThat(errors).isPositive();
  }

  @Test
  void everyStreamIsReadUnderAnySplit_andPassedOnUnchanged() {
    int streams = 0;
    for (Exchange exchange : exchanges) {
      if (exchange.status() != 200 || !isStream(exchange)) {
        continue;
      }
      Completion whole = ChunkFold.of(readStream(exchange.reply(), exchange.reply().length));
      assertThat(ChunkFold.of(readStream(exchange.reply(), 17))).as(exchange.name()).isEqualTo(whole);
      assertThat(whole.model()).as(exchange.name()).isNotEmpty();
      assertThat(whole.parts()).as(exchange.name()).isNotEmpty();
      assertThat(whole.stop()).as(exchange.name()).isInstanceOf(StopReason.Known.class);
      assertPassedUnchanged(exchange);
      streams++;
    }
    assertThat(streams).isGreaterThan(15);
  }

  private List<Chunk> readStream(byte[] bytes, int mostAtOnce) {
    List<Chunk> chunks = new ArrayList<>();
    StreamReader reader = dialect.readStream();
    SseReader events = new SseReader(1 << 20);
    Random random = new Random(bytes.length);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(mostAtOnce));
      events.read(Arrays.copyOfRange(bytes, from, to)).forEach(event -> reader.read(event, chunks::add));
      from = to;
    }
    events.rest().forEach(event -> reader.read(event, chunks::add));
    assertThat(reader.hasEnded()).isTrue();
    assertThat(reader.atEnd()).isNull();
    return chunks;
  }

  private void assertPassedUnchanged(Exchange exchange) {
    ClientRequest request = ClientRequest.of(exchange.request());
    StreamWriter writer = dialect.writeStream(request, dialect.scan(request).outline());
    StringBuilder passed = new StringBuilder();
    SseReader events = new SseReader(1 << 20);
    events.read(exchange.reply()).forEach(
        event -> passed.append(new String(writer.pass(event), StandardCharsets.UTF_8)));
    events.rest().forEach(event -> passed.append(new String(writer.pass(event), StandardCharsets.UTF_8)));

    assertThat(passed.toString())
        .as(exchange.name())
        .isEqualTo(new String(exchange.reply(), StandardCharsets.UTF_8));
    assertThat(writer.endPassed()).isEmpty();
  }

  @Test
  void streamOfAnAzureModelRouterNamesTheModelThatAnswered() throws IOException {
    List<String> data =
        Files.readAllLines(recordings().resolve("vercel-ai/openai/azure-model-router.1.chunks.txt"));
    StringBuilder stream = new StringBuilder();
    data.forEach(each -> stream.append("data: ").append(each).append("\n\n"));
    stream.append("data: [DONE]\n\n");

    Completion completion =
        ChunkFold.of(readStream(stream.toString().getBytes(StandardCharsets.UTF_8), 100));

    assertThat(completion.model()).isEqualTo("gpt-5-nano-2025-08-07");
    assertThat(completion.text()).isEqualTo("Capital of Denmark.");
    assertThat(completion.stop()).isEqualTo(StopReason.Known.END);
  }
}
