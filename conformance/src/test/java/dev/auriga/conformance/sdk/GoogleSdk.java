// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Google's own SDK over `generateContent`.
public final class GoogleSdk implements Sdk {
  private final Client client;

  public GoogleSdk(URI gateway, String key) {
    this.client =
        Client.builder()
            .apiKey(key)
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(gateway.toString())
                    .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                    .build())
            .build();
  }

  @Override
  public Dialogue open(Wish wish) {
    return new Chat(wish);
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Chat implements Dialogue {
    private final Wish wish;
    private final GenerateContentConfig config;
    private final List<Content> history = new ArrayList<>();
    private List<FunctionCall> asked = List.of();

    Chat(Wish wish) {
      this.wish = wish;
      GenerateContentConfig.Builder said = GenerateContentConfig.builder().maxOutputTokens(wish.maxTokens());
      if (wish.system() != null) {
        said.systemInstruction(Content.fromParts(Part.fromText(wish.system())));
      }
      if (wish.thinking() > 0) {
        said.thinkingConfig(
            ThinkingConfig.builder().includeThoughts(true).thinkingBudget(wish.thinking()).build());
      }
      if (wish.weather()) {
        said.tools(Tool.builder().functionDeclarations(weather()).build());
      }
      this.config = said.build();
    }

    @Override
    public Heard say(String text) {
      return hear(Part.fromText(text));
    }

    @Override
    public Heard show(byte[] png, String text) {
      return hear(Part.fromBytes(png, "image/png"), Part.fromText(text));
    }

    @Override
    public Heard report(String result) {
      return hear(asked.stream().map(call -> answered(call, result)).toArray(Part[]::new));
    }

    private Heard hear(Part... parts) {
      history.add(Content.builder().role("user").parts(parts).build());
      return wish.streamed() ? streamed() : whole();
    }

    private Heard whole() {
      GenerateContentResponse response = client.models.generateContent(wish.model(), history, config);
      return heard(List.of(response));
    }

    private Heard streamed() {
      List<GenerateContentResponse> chunks = new ArrayList<>();
      try (ResponseStream<GenerateContentResponse> stream =
          client.models.generateContentStream(wish.model(), history, config)) {
        stream.forEach(chunks::add);
      }
      return heard(chunks);
    }

    /// The answer these chunks are together; the usage of the last one counts.
    private Heard heard(List<GenerateContentResponse> chunks) {
      List<Part> parts = new ArrayList<>();
      FinishReason finish = null;
      GenerateContentResponseUsageMetadata usage = null;
      for (GenerateContentResponse chunk : chunks) {
        Candidate candidate = chunk.candidates().orElse(List.of()).stream().findFirst().orElse(null);
        if (candidate != null) {
          candidate.content().flatMap(Content::parts).ifPresent(parts::addAll);
          finish = candidate.finishReason().orElse(finish);
        }
        usage = chunk.usageMetadata().orElse(usage);
      }
      history.add(Content.builder().role("model").parts(parts).build());
      asked = parts.stream().flatMap(part -> part.functionCall().stream()).toList();
      Objects.requireNonNull(usage, "no usage");
      return new Heard(
          texts(parts, false),
          texts(parts, true),
          asked.stream().map(GoogleSdk::called).toList(),
          stop(finish, asked),
          chunks.getFirst().modelVersion().orElseThrow(),
          usage.promptTokenCount().orElse(0) + usage.toolUsePromptTokenCount().orElse(0),
          usage.candidatesTokenCount().orElse(0) + usage.thoughtsTokenCount().orElse(0),
          flat(chunks.getFirst()));
    }
  }

  private static String texts(List<Part> parts, boolean thoughts) {
    return parts.stream()
        .filter(part -> part.thought().orElse(false) == thoughts)
        .flatMap(part -> part.text().stream())
        .collect(Collectors.joining());
  }

  private static Stop stop(@Nullable FinishReason finish, List<FunctionCall> calls) {
    FinishReason.Known known = Objects.requireNonNull(finish, "no finish reason").knownEnum();
    if (known == FinishReason.Known.MAX_TOKENS) {
      return Stop.LENGTH;
    }
    if (known != FinishReason.Known.STOP) {
      throw new AssertionError("finish reason " + finish);
    }
    return calls.isEmpty() ? Stop.DONE : Stop.TOOLS;
  }

  private static Called called(FunctionCall call) {
    return new Called(call.id().orElse(""), call.name().orElseThrow(), call.args().orElse(Map.of()));
  }

  private static Part answered(FunctionCall call, String result) {
    FunctionResponse.Builder response =
        FunctionResponse.builder().name(call.name().orElseThrow()).response(Map.of("result", result));
    call.id().ifPresent(response::id);
    return Part.builder().functionResponse(response.build()).build();
  }

  private static FunctionDeclaration weather() {
    return FunctionDeclaration.builder()
        .name(Weather.NAME)
        .description(Weather.DESCRIPTION)
        .parametersJsonSchema(
            Map.of("type", "object", "properties", Weather.PROPERTIES, "required", Weather.REQUIRED))
        .build();
  }

  private static Map<String, String> flat(GenerateContentResponse response) {
    Map<String, String> flat = new TreeMap<>();
    response
        .sdkHttpResponse()
        .flatMap(http -> http.headers())
        .orElse(Map.of())
        .forEach((name, value) -> flat.put(name.toLowerCase(Locale.ROOT), value));
    return flat;
  }
}
