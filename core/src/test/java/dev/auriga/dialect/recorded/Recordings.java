// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.laws.Dialects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Every recording there is, by file; a file that holds nothing of these dialects has an empty list.
///
/// Exchanges are YAML with requests, replies and headers; `*.chunks.txt` holds one event's data in each
/// line; `*.json` is a whole reply or an error; the rest are raw streams.
final class Recordings {
  private static final int OK = 200;

  private Recordings() {}

  static Map<String, List<Recorded>> byFile() throws IOException {
    Path folder = folder();
    Map<String, List<Recorded>> all = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      all.put(name, read(name, file));
    }
    return all;
  }

  private static Path folder() {
    String named = System.getProperty("auriga.shared");
    Path found = named == null ? null : Path.of(named);
    for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
      Path beside = at.resolve("shared");
      found = Files.isDirectory(beside.resolve("data/recordings")) ? beside : null;
    }
    Path folder = found == null ? null : found.resolve("data/recordings");
    assumeTrue(
        folder != null && Files.isDirectory(folder),
        "recorded traffic is not here (auriga.shared is not set, no folder 'shared' beside the checkout)");
    return folder;
  }

  private static List<Recorded> read(String name, Path file) throws IOException {
    if (name.endsWith(".yaml")) {
      return exchanges(name, file);
    }
    if (name.endsWith(".chunks.txt")) {
      return streams(name, Files.readAllLines(file));
    }
    byte[] body = Files.readAllBytes(file);
    if (name.endsWith(".json")) {
      return whole(name, body);
    }
    return List.of(new Recorded(name, Dialects.ANTHROPIC, Recorded.Kind.STREAM, OK, Headers.NONE, body));
  }

  private static List<Recorded> exchanges(String name, Path file) throws IOException {
    List<Recorded> all = new ArrayList<>();
    int number = 0;
    for (JsonNode each : new YAMLMapper().readTree(Files.readString(file)).path("interactions").values()) {
      String place = name + "#" + number++;
      Dialect dialect = byAddress(each.at("/request/uri").stringValue());
      if (dialect == null) {
        continue;
      }
      int status = each.at("/response/status/code").intValue();
      byte[] asked = bytes(each.at("/request/body"));
      byte[] answered = bytes(each.at("/response/body/string"));
      all.add(new Recorded(place, dialect, Recorded.Kind.REQUEST, status, Headers.NONE, asked));
      boolean streamed = Json.read(asked).path("stream").asBoolean(false);
      boolean failed = status != OK || (!streamed && Json.read(answered).path("error").isObject());
      Recorded.Kind kind =
          failed ? Recorded.Kind.FAILURE : streamed ? Recorded.Kind.STREAM : Recorded.Kind.REPLY;
      all.add(new Recorded(place, dialect, kind, status, headers(each.at("/response/headers")), answered));
    }
    return all;
  }

  private static @Nullable Dialect byAddress(String address) {
    String path = address.replaceAll("\\?.*", "");
    if (path.endsWith("/v1/messages")) {
      return Dialects.ANTHROPIC;
    }
    if (path.endsWith("/chat/completions")) {
      return Dialects.CHAT;
    }
    if (path.endsWith("/responses")) {
      return Dialects.RESPONSES;
    }
    if (path.endsWith("/v1/completions")) {
      return null;
    }
    throw new AssertionError("an address nobody knows: " + path);
  }

  private static byte[] bytes(JsonNode text) throws IOException {
    byte[] bytes = text.isBinary() ? text.binaryValue() : text.stringValue().getBytes(UTF_8);
    if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
      try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        return unzipped.readAllBytes();
      }
    }
    return bytes;
  }

  private static Headers headers(JsonNode recorded) {
    List<Headers.Field> fields = new ArrayList<>();
    recorded.properties().forEach(
        field -> field.getValue().values().forEach(
            value -> fields.add(new Headers.Field(field.getKey(), value.asString("")))));
    return Headers.of(fields);
  }

  private static List<Recorded> whole(String name, byte[] body) {
    JsonNode tree = Json.read(body);
    Dialect dialect = byShape(tree);
    if (tree.path("error").isObject()) {
      Dialect own = name.contains("/google/") ? Dialects.GEMINI : Dialects.CHAT;
      int status = tree.at("/error/code").asInt(400);
      return List.of(new Recorded(name, own, Recorded.Kind.FAILURE, status, Headers.NONE, body));
    }
    return dialect == null
        ? List.of()
        : List.of(new Recorded(name, dialect, Recorded.Kind.REPLY, OK, Headers.NONE, body));
  }

  /// The dialect of a whole reply or of the first event of a stream; null for other APIs.
  private static @Nullable Dialect byShape(JsonNode body) {
    String object = body.path("object").asString("");
    String type = body.path("type").asString("");
    if (type.equals("message") || type.equals("message_start")) {
      return Dialects.ANTHROPIC;
    }
    if (object.equals("response") || type.equals("response.created")) {
      return Dialects.RESPONSES;
    }
    if (object.startsWith("chat.completion") || body.has("prompt_filter_results")) {
      return Dialects.CHAT;
    }
    return body.has("candidates") ? Dialects.GEMINI : null;
  }

  /// A file may hold several streams one after another. Chat's end marker is no JSON and was
  /// left out by who recorded it.
  private static List<Recorded> streams(String name, List<String> lines) {
    List<Recorded> all = new ArrayList<>();
    StringBuilder stream = new StringBuilder();
    Dialect dialect = null;
    for (String line : lines) {
      Dialect begun = begun(line);
      boolean isNew = begun == Dialects.RESPONSES || (begun == Dialects.ANTHROPIC && isOver(stream));
      if (isNew && dialect == begun) {
        all.add(stream(name + "#" + all.size(), dialect, stream.toString()));
        stream.setLength(0);
      }
      dialect = dialect == null ? begun : dialect;
      stream.append(line.isBlank() ? "" : "data: " + line + "\n\n");
    }
    if (dialect != null) {
      all.add(
          stream(name + "#" + all.size(), dialect, stream + (dialect == Dialects.CHAT ? "data: [DONE]\n\n" : "")));
    }
    return all;
  }

  /// Whether a message has ended; another start before that is one that a proxy spliced in.
  private static boolean isOver(StringBuilder stream) {
    return stream.indexOf("\"type\":\"message_stop\"") >= 0;
  }

  private static @Nullable Dialect begun(String line) {
    try {
      return line.isBlank() ? null : byShape(Json.read(line));
    } catch (JacksonException _) {
      return null;
    }
  }

  private static Recorded stream(String name, Dialect dialect, String events) {
    return new Recorded(name, dialect, Recorded.Kind.STREAM, OK, Headers.NONE, events.getBytes(UTF_8));
  }
}
