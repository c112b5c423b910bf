// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Secret;
import dev.auriga.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Serves a handful of simulated requests in every dialect and stops. The launcher runs it once
/// after a build, while the JVM writes down which classes a start needs.
@Command(
    name = "rehearse",
    hidden = true,
    description = "Serves a handful of simulated requests and stops.")
final class RehearseCommand implements Callable<Integer> {
  private static final Secret KEY = new Secret("rehearsal");
  private static final int ROUNDS = 20;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Setting setting = new Setting();
    setting.sandboxed = true;
    setting.alone = true;
    try (Serving serving = Serving.start(setting, SandboxSettings.forTests(), 0, KEY);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String model : new String[] {"claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro"}) {
          rehearse(serving.gateway().address(), client, model, round % 2 == 0);
        }
      }
    }
    return 0;
  }

  private static void rehearse(URI gateway, HttpClient client, String model, boolean streamed)
      throws IOException, InterruptedException {
    String messages = "\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]";
    String head = "{\"model\": \"%s\", \"stream\": %s, ".formatted(model, streamed);
    post(client, gateway + "/v1/chat/completions", head + messages + "}");
    post(client, gateway + "/v1/messages", head + "\"max_tokens\": 50, " + messages + "}");
    post(
        client,
        gateway
            + "/v1beta/models/"
            + model
            + (streamed ? ":streamGenerateContent?alt=sse" : ":generateContent"),
        "{\"contents\": [{\"role\": \"user\", \"parts\": [{\"text\": \"hello\"}]}]}");
  }

  private static void post(HttpClient client, String address, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("authorization", "Bearer " + KEY.reveal())
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new Auriga.Unable(
          "%s answered %d: %s".formatted(address, response.statusCode(), response.body()));
    }
  }
}
