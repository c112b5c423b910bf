// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import static dev.auriga.completion.Outlines.withoutLineage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Part;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.SseReader;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Targets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Recorded traffic of the real service, through every reader and back through the writers.
///
/// The recordings are not part of the project: they are looked for where the system property
/// `auriga.shared` says, else in a folder `shared` beside the checkout.
class AnthropicRecordingsTest {
  private static final ClientRequest CLIENT =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final byte[] ASKED =
      "{\"model\":\"route\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}".getBytes(UTF_8);

  private final AnthropicMessages dialect = new AnthropicMessages();

  private static Path recordings() {
    Path shared = shared();
    assumeTrue(shared != null, "no folder shared beside the checkout: recordings are not replayed");
    return shared.resolve("data/recordings");
  }

  private static @Nullable Path shared() {
    String named = System.getProperty("auriga.shared");
    if (named != null) {
      return Path.of(named);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.isDirectory(up.resolve("shared/data/recordings"))) {
        return up.resolve("shared");
      }
    }
    return null;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void exchangesOfTheApi() throws IOException {
    int whole = 0;
    int streamed = 0;
    for (Path file : files(recordings().resolve("openllmetry/anthropic"), ".yaml")) {
      for (JsonNode exchange : new YAMLMapper().readTree(file.toFile()).path("interactions")) {
        if (!exchange.at("/request/uri").stringValue("").contains("/v1/messages")) {
          continue;
        }
        request(exchange.at("/request/body").stringValue().getBytes(UTF_8), file);
        assertThat(exchange.at("/response/status/code").intValue()).isEqualTo(200);
        byte[] body = body(exchange.at("/response/body/string"));
        if (new String(body, UTF_8).startsWith("event:")) {
          streamed++;
          stream(new SseReader(1 << 20).read(body), file);
        } else {
          whole++;
          reply(body, file);
        }
      }
    }
    assertThat(whole).isGreaterThanOrEqualTo(30);
    assertThat(streamed).isGreaterThanOrEqualTo(20);
  }

  private static byte[] body(JsonNode text) throws IOException {
    byte[] bytes = text.isBinary() ? text.binaryValue() : text.stringValue().getBytes(UTF_8);
    if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
      try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        return unzipped.readAllBytes();
      }
    }
    return bytes;
  }

  /// The outline agrees with the reader, passing on changes the model alone, and writing the
  /// request anew for the same model keeps its messages.
  private void request(byte[] body, Path file) {
    ClientRequest request = ClientRequest.of(body);
    Target target = Targets.anthropic("claude-3-7-sonnet", 1000, 2000);
    assertThat(withoutLineage(dialect.scan(request).outline()))
        .as(file.toString())
        .isEqualTo(withoutLineage(Outline.of(dialect.readRequest(request))));

    JsonNode before = Json.read(body);
    JsonNode passed = Json.read(dialect.scan(request).passage().to(target).body());
    assertThat(passed.path("messages")).isEqualTo(before.path("messages"));
    assertThat(passed.path("model").stringValue()).isEqualTo("claude-3-7-sonnet");

    try {
      byte[] written = dialect.writeRequest(dialect.readRequest(request), target).body();
      assertThat(dialect.readRequest(ClientRequest.of(written)).messages())
          .as(file.toString())
          .isEqualTo(dialect.readRequest(request).messages());
    } catch (Refusal refusal) {
      throw new AssertionError(file + ": " + refusal.reason(), refusal);
    }
  }

  private void reply(byte[] body, Path file) {
    Completion read = dialect.readReply(body);
    assertThat(dialect.readReply(dialect.writeReply(read, CLIENT).body())).as(file.toString()).isEqualTo(asTold(read));
    Glance glance = dialect.glance(body);
    assertThat(glance.usage()).as(file.toString()).isEqualTo(read.usage());
    assertThat(glance.stop()).isEqualTo(read.stop());
    assertThat(glance.model()).isEqualTo(read.model()).isNotEmpty();
  }

  /// A declination is told to a client of this dialect as text.
  private static Completion asTold(Completion read) {
    List<Part> parts =
        read.parts().stream()
            .map(part -> part instanceof Part.Declined(String text, var _) ? Part.Text.of(text) : part)
            .filter(part -> !part.equals(Part.Text.of("")))
            .toList();
    return new Completion(
        read.id(), read.model(), parts, read.stop(), read.stopSequence(), read.usage());
  }

  /// The stream folds to a completion, and written anew it is legal and folds to the same.
  private Completion stream(List<SseEvent> events, Path file) {
    StreamReader reader = dialect.readStream();
    List<Chunk> chunks = new ArrayList<>();
    events.forEach(event -> reader.read(event, chunks::add));
    assertThat(reader.hasEnded()).as(file.toString()).isTrue();
    Completion read = ChunkFold.of(chunks);

    ClientRequest asked = ClientRequest.of(ASKED);
    StreamWriter writer = dialect.writeStream(asked, dialect.scan(asked).outline());
    List<byte[]> pieces = new ArrayList<>();
    chunks.forEach(chunk -> pieces.add(writer.write(chunk)));
    pieces.add(writer.end());
    byte[] written = AnthropicStreamJudge.bytes(pieces);
    AnthropicStreamJudge.of(written).whole();
    StreamReader again = dialect.readStream();
    List<Chunk> told = new ArrayList<>();
    new SseReader(1 << 24).read(written).forEach(event -> again.read(event, told::add));
    assertThat(ChunkFold.of(told)).as(file.toString()).isEqualTo(asTold(read));
    return read;
  }

  @Test
  void streamsOfTheSdksOwnTests() throws IOException {
    List<Path> files = new ArrayList<>();
    files.addAll(files(recordings().resolve("anthropic-sdk"), ".sse"));
    files.addAll(files(recordings().resolve("anthropic-sdk"), ".txt"));
    for (Path file : files) {
      SseReader lines = new SseReader(1 << 20);
      List<SseEvent> events = new ArrayList<>(lines.read(Files.readAllBytes(file)));
      events.addAll(lines.rest());
      if (file.toString().contains("incomplete_partial_json")) {
        StreamReader reader = dialect.readStream();
        List<Chunk> chunks = new ArrayList<>();
        events.forEach(event -> reader.read(event, chunks::add));
        assertThat(chunks).anyMatch(Chunk.ToolCallDelta.class::isInstance);
      } else {
        stream(events, file);
      }
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void streamsAndRepliesOfServerTools_fallbacks_compactions() throws IOException {
    Path folder = recordings().resolve("vercel-ai/anthropic");
    List<Path> streams = files(folder, ".chunks.txt");
    for (Path file : streams) {
      stream(
          Files.readAllLines(file).stream().filter(line -> !line.isBlank()).map(SseEvent::of).toList(),
          file);
    }
    List<Path> replies = files(folder, ".json");
    for (Path file : replies) {
      reply(Files.readAllBytes(file), file);
    }
    assertThat(streams).hasSizeGreaterThanOrEqualTo(12);
    assertThat(replies).hasSizeGreaterThanOrEqualTo(15);
  }
}
