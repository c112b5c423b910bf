// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.RecordFile;
import dev.auriga.records.RecordJson;
import dev.auriga.records.UnreadableRecord;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where records are: a file, or a gateway that serves.
///
/// Without either, the file that the configuration names counts, else the gateway it describes.
final class Recorded {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description = "The file of records to look in; may be given more than once.")
  @Nullable List<Path> files;

  @Option(
      names = "--address",
      paramLabel = "URL",
      description = "The gateway to ask, as in http://127.0.0.1:8080.")
  @Nullable URI address;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The key to show it; the variable AURIGA_ADMIN_KEY when left out.")
  @Nullable String key;

  /// The record of request `id`; throws [Auriga.Unable] when it is not there.
  RequestRecord find(String id, Setting setting) throws InterruptedException {
    if (files != null) {
      return in(files, id);
    }
    if (address != null) {
      return at(address, id);
    }
    Config config = setting.read();
    Path file = config.records().file();
    return file != null ? in(List.of(file), id) : at(URI.create("http://" + config.listen()), id);
  }

  private static RequestRecord in(List<Path> files, String id) {
    RequestRecord[] found = {null};
    for (Path file : files) {
      read(
          file,
          new RecordFile.Reader() {
            @Override
            public void record(int line, RequestRecord record) {
              found[0] = record.id().equals(id) ? record : found[0];
            }

            @Override
            public void unreadable(int line, String why) {}
          });
    }
    RequestRecord record = found[0];
    if (record == null) {
      throw new Auriga.Unable(
          "no record of a request \"%s\" in %s; files that were set aside end in .1, .2, …"
              .formatted(id, files));
    }
    return record;
  }

  /// As [RecordFile#read]; throws [Auriga.Unable] when the file cannot be read.
  static void read(Path file, RecordFile.Reader reader) {
    try {
      RecordFile.read(file, reader);
    } catch (IOException unreadable) {
      throw new Auriga.Unable("the file of records cannot be read: " + unreadable);
    }
  }

  private RequestRecord at(URI gateway, String id) throws InterruptedException {
    String shown = key != null ? key : System.getenv(ServeCommand.ADMIN_KEY);
    if (shown == null || shown.isBlank()) {
      throw new Auriga.Unable(
          "%s wants a key: give --key, or set %s; or name a file with --records"
              .formatted(gateway, ServeCommand.ADMIN_KEY));
    }
    String path = "/api/decisions/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    HttpResponse<String> answer = get(gateway.resolve(path), new Secret(shown));
    if (answer.statusCode() != 200) {
      throw new Auriga.Unable("%s says %d: %s".formatted(gateway, answer.statusCode(), answer.body()));
    }
    try {
      return RecordJson.read(answer.body().getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableRecord other) {
      throw new Auriga.Unable("%s answers with something else than a record: %s".formatted(gateway, other.getMessage()));
    }
  }

  private static HttpResponse<String> get(URI uri, Secret key) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("authorization", "Bearer " + key.reveal())
              .timeout(PATIENCE)
              .GET()
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new Auriga.Unable("%s cannot be asked: %s".formatted(uri, unreachable));
    }
  }
}
