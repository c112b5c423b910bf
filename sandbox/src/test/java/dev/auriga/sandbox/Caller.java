// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls a sandbox over the JDK's HTTP client, as any program would.
final class Caller {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final Sandbox sandbox;

  Caller(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// An answer: status, headers, body.
  record Answer(int status, HttpResponse<String> response) {
    JsonNode json() {
      return JSON.readTree(response.body());
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /// The payloads of all `data:` lines.
    List<String> data() {
      return response
          .body()
          .lines()
          .filter(line -> line.startsWith("data: "))
          .map(line -> line.substring(6))
          .toList();
    }

    /// The payloads that are JSON.
    List<JsonNode> chunks() {
      return data().stream().filter(data -> !data.equals("[DONE]")).map(JSON::readTree).toList();
    }

    /// The names of all `event:` lines.
    List<String> events() {
      return response
          .body()
          .lines()
          .filter(line -> line.startsWith("event: "))
          .map(line -> line.substring(7))
          .toList();
    }
  }

  /// Single quotes become double ones, for JSON in Java.
  static String json(String text) {
    return text.replace('\'', '"');
  }

  String path(Simulated provider, String model, boolean stream) {
    return switch (provider) {
      case ANTHROPIC -> "/v1/messages";
      case FOUNDRY -> "/anthropic/v1/messages";
      case OPENAI -> "/v1/chat/completions";
      case AZURE -> "/openai/v1/chat/completions";
      case OPENROUTER -> "/api/v1/chat/completions";
      case GEMINI ->
          "/v1beta/models/"
              + model
              + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    };
  }

  static String model(Simulated provider) {
    return switch (provider) {
      case ANTHROPIC, FOUNDRY -> "claude-sonnet-4-5";
      case OPENAI, AZURE -> "gpt-4o";
      case OPENROUTER -> "openai/gpt-4o";
      case GEMINI -> "gemini-2.5-flash";
    };
  }

  Map<String, String> credentials(Simulated provider) {
    String key = sandbox.key(provider);
    return switch (provider) {
      case ANTHROPIC, FOUNDRY -> Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
      case OPENAI, OPENROUTER -> Map.of("authorization", "Bearer " + key);
      case AZURE -> Map.of("api-key", key);
      case GEMINI -> Map.of("x-goog-api-key", key);
    };
  }

  /// The simplest request that asks `prompt` in the provider's format.
  static String simple(Simulated provider, String prompt, boolean stream) {
    String quoted = JSON.writeValueAsString(prompt);
    return switch (provider) {
      case ANTHROPIC, FOUNDRY ->
          "{\"model\":\""
              + model(provider)
              + "\",\"max_tokens\":1000,\"stream\":"
              + stream
              + ",\"messages\":[{\"role\":\"user\",\"content\":"
              + quoted
              + "}]}";
      case OPENAI, AZURE, OPENROUTER ->
          "{\"model\":\""
              + model(provider)
              + "\",\"stream\":"
              + stream
              + ",\"messages\":[{\"role\":\"user\",\"content\":"
              + quoted
              + "}]}";
      case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":" + quoted + "}]}]}";
    };
  }

  HttpRequest.Builder request(URI address, Map<String, String> headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json");
    headers.forEach(builder::header);
    return builder;
  }

  HttpRequest asking(Simulated provider, String prompt, boolean stream) {
    return request(
            sandbox.address(provider).resolve(path(provider, model(provider), stream)),
            credentials(provider))
        .POST(HttpRequest.BodyPublishers.ofString(simple(provider, prompt, stream)))
        .build();
  }

  Answer ask(Simulated provider, String prompt, boolean stream) {
    return send(asking(provider, prompt, stream));
  }

  Answer post(Simulated provider, String path, String body) {
    return post(provider, path, body, credentials(provider));
  }

  Answer post(Simulated provider, String path, String body, Map<String, String> headers) {
    return send(
        request(sandbox.address(provider).resolve(path), headers)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Answer get(URI address, Map<String, String> headers) {
    return send(request(address, headers).GET().build());
  }

  static Answer send(HttpRequest request) {
    return send(HTTP, request);
  }

  static Answer send(HttpClient client, HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// The text of a whole answer in any provider's format.
  static String text(Simulated provider, JsonNode answer) {
    return switch (provider) {
      case ANTHROPIC, FOUNDRY -> answer.at("/content/0/text").asString("");
      case OPENAI, AZURE, OPENROUTER -> answer.at("/choices/0/message/content").asString("");
      case GEMINI -> answer.at("/candidates/0/content/parts/0/text").asString("");
    };
  }

  /// The text of a streamed answer in any provider's format.
  static String text(Simulated provider, List<JsonNode> chunks) {
    List<String> pieces = new ArrayList<>();
    String pointer =
        switch (provider) {
          case ANTHROPIC, FOUNDRY -> "/delta/text";
          case OPENAI, AZURE, OPENROUTER -> "/choices/0/delta/content";
          case GEMINI -> "/candidates/0/content/parts/0/text";
        };
    chunks.forEach(chunk -> pieces.add(chunk.at(pointer).asString("")));
    return String.join("", pieces);
  }

  static List<Simulated> everyone() {
    return Arrays.asList(Simulated.values());
  }
}
