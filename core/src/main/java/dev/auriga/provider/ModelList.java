// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.capability.Api;
import dev.auriga.capability.Facts;
import dev.auriga.capability.ModelPage;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.resilience.Deadline;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A provider's own list of its models: where it is and how it is asked for.
///
/// @param credential absent for servers that ask for none
public record ModelList(Api api, URI address, Headers headers, @Nullable Credential credential) {
  private static final int MOST_PAGES = 20;
  private static final int MOST_BYTES = 16 << 20;

  /// `GET {base}/models`, for the same base as [OpenAiEndpoint#at].
  public static ModelList openAi(Api api, URI base, Headers headers, @Nullable Credential credential) {
    URI chat = OpenAiEndpoint.at(base, OpenAiChat.lenient(), headers).address();
    return new ModelList(api, chat.resolve("../models"), headers, credential);
  }

  /// `GET {base}/v1/models`, by 1,000 (Anthropic API reference, List Models).
  public static ModelList anthropic(URI base, Credential credential) {
    AnthropicEndpoint endpoint = AnthropicEndpoint.at(base);
    return new ModelList(
        Api.ANTHROPIC, endpoint.messages().resolve("models?limit=1000"), endpoint.headers(), credential);
  }

  /// `GET {base}/models`, by 1,000 (Gemini API reference, `models.list`).
  public static ModelList gemini(URI base, Credential credential) {
    String models = Addresses.without(URI.create(GeminiEndpoint.at(base).models()), "/");
    return new ModelList(Api.GEMINI, URI.create(models + "?pageSize=1000"), Headers.NONE, credential);
  }

  /// What the provider says of each of its models, by name; at most 20 pages are read.
  ///
  /// Throws [TransportFailure] when there is no list to be had, [CredentialFailure] when there is no
  /// credential.
  public Map<String, Facts> read(Transport transport, Deadline deadline)
      throws TransportFailure, InterruptedException {
    Map<String, Facts> models = new LinkedHashMap<>();
    String next = "";
    for (int pages = 0; next != null && pages < MOST_PAGES; pages++) {
      ModelPage page = page(next, transport, deadline);
      models.putAll(page.models());
      next = page.next();
    }
    return models;
  }

  private ModelPage page(String from, Transport transport, Deadline deadline)
      throws TransportFailure, InterruptedException {
    byte[] body = body(at(from), transport, deadline);
    try {
      return ModelPage.read(api, body);
    } catch (IllegalArgumentException unreadable) {
      throw new TransportFailure(
          TransportFailure.Kind.UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
  }

  private URI at(String from) {
    if (from.isEmpty()) {
      return address;
    }
    String parameter = api == Api.GEMINI ? "pageToken" : "after_id";
    return URI.create(
        "%s&%s=%s".formatted(address, parameter, URLEncoder.encode(from, StandardCharsets.UTF_8)));
  }

  private byte[] body(URI uri, Transport transport, Deadline deadline)
      throws TransportFailure, InterruptedException {
    Headers.Field key = credential == null ? null : credential.header();
    Transport.Outbound outbound =
        new Transport.Outbound(
            "GET",
            uri,
            key == null ? headers : headers.with(key.name(), key.value()),
            new byte[0],
            Transport.Shape.WHOLE,
            deadline.left(),
            deadline.left());
    try (Transport.Inbound inbound = transport.send(outbound)) {
      if (inbound.status() != 200) {
        throw new TransportFailure(
            TransportFailure.Kind.UNREADABLE, "the list of models was answered with " + inbound.status());
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] piece = inbound.read(deadline.left());
      while (piece != null) {
        body.writeBytes(piece);
        if (body.size() > MOST_BYTES) {
          throw new TransportFailure(
              TransportFailure.Kind.UNREADABLE, "the list of models is over %d bytes".formatted(MOST_BYTES));
        }
        piece = inbound.read(deadline.left());
      }
      return body.toByteArray();
    }
  }
}
