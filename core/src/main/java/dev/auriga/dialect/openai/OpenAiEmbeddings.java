// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.EmbeddingRequest.Encoding;
import dev.auriga.completion.EmbeddingRequest.Input;
import dev.auriga.completion.Embeddings;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.EmbeddingDialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /v1/embeddings`, as OpenAI, Azure and compatible servers take it and as clients send it.
///
/// Source: OpenAI OpenAPI document, `CreateEmbeddingRequest` and `CreateEmbeddingResponse`; that
/// base64 holds little-endian 32-bit floats is what OpenAI's own SDKs decode.
public final class OpenAiEmbeddings implements EmbeddingDialect {
  public static final String NAME = "openai-embeddings";

  @Override
  public String name() {
    return NAME;
  }

  /// What routing needs of a client's request, and how its bytes go on.
  public Scan scan(ClientRequest request) {
    return OpenAiEmbeddingScan.of(request.body());
  }

  /// A client's request; throws a [dev.auriga.completion.Refusal] that names the field at fault.
  public EmbeddingRequest readRequest(ClientRequest request) {
    return OpenAiEmbeddingReader.request(request.body());
  }

  @Override
  public Written write(EmbeddingRequest request, Target target) {
    ObjectNode body = Json.object().put("model", target.model());
    List<Input> inputs = request.inputs();
    if (inputs.size() == 1 && inputs.getFirst() instanceof Input.Text text) {
      body.put("input", text.text());
    } else {
      ArrayNode array = body.putArray("input");
      inputs.forEach(input -> add(input, array));
    }
    body.put("encoding_format", "base64"); // a third of the bytes of numbers
    if (request.dimensions() != null) {
      body.put("dimensions", request.dimensions());
    }
    if (request.user() != null) {
      body.put("user", request.user());
    }
    return new Written(Json.write(body), List.of());
  }

  private static void add(Input input, ArrayNode array) {
    switch (input) {
      case Input.Text text -> array.add(text.text());
      case Input.Tokens tokens -> {
        ArrayNode ids = array.addArray();
        tokens.ids().forEach(ids::add);
      }
    }
  }

  @Override
  public Embeddings read(byte[] body) {
    return new OpenAiEmbeddingReader(body).reply();
  }

  @Override
  public Embeddings glance(byte[] body) {
    return new OpenAiEmbeddingReader(body).glance();
  }

  /// The answer for a client that wants its vectors as `encoding`.
  ///
  /// `embeddings` must be counted, since the dialect demands a usage.
  public byte[] writeReply(Embeddings embeddings, Encoding encoding) {
    ObjectNode body = Json.object().put("object", "list");
    ArrayNode data = body.putArray("data");
    for (int i = 0; i < embeddings.vectors().size(); i++) {
      ObjectNode each = data.addObject().put("object", "embedding").put("index", i);
      float[] components = embeddings.vectors().get(i).components();
      switch (encoding) {
        case FLOATS -> {
          ArrayNode numbers = each.putArray("embedding");
          for (float component : components) {
            numbers.add(component);
          }
        }
        case BASE64 -> each.put("embedding", base64(components));
      }
    }
    long tokens = embeddings.inputTokens() == null ? 0 : embeddings.inputTokens().tokens();
    body.put("model", embeddings.model());
    body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return Json.write(body);
  }

  private static String base64(float[] components) {
    ByteBuffer bytes = ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
