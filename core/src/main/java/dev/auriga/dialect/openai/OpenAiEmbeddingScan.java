// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Outline;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Written;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Finds the model of an embedding request in one pass over its bytes, so that it can be routed and
/// handed on with another one. The texts are not looked at: routing does not depend on them.
final class OpenAiEmbeddingScan {
  private final byte[] body;
  private @Nullable String model;
  private int from;
  private int to;
  private boolean hasInput;

  private OpenAiEmbeddingScan(byte[] body) {
    this.body = body;
  }

  static Scan of(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      return new OpenAiEmbeddingScan(body).scan(parser);
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
  }

  private Scan scan(JsonParser parser) {
    OpenAiTokens.enterBody(parser);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("model")) {
        model(parser);
      } else {
        hasInput |= name.equals("input") && value != JsonToken.VALUE_NULL;
        parser.skipChildren();
      }
    }
    OpenAiTokens.leaveBody(parser);
    if (model == null || model.isBlank()) {
      throw Json.wrong("model", "is missing, must be the name of a route or a deployment");
    }
    if (!hasInput) {
      throw Json.wrong("input", "is missing, must be a text, texts or tokens");
    }
    Outline outline =
        new Outline(
            model, false, "", Set.of(), false, null, new Thinking.Unsaid(), true);
    return new Scan(
        outline, target ->
            Written.whole(
                new Splice(body).replace(from, to, Json.quoted(target.model())).bytes()));
  }

  private void model(JsonParser parser) {
    if (to > 0) {
      throw Json.wrong("model", "stands in the body twice");
    }
    model = OpenAiTokens.text(parser, "model");
    from = OpenAiTokens.start(parser);
    to = OpenAiTokens.end(parser);
  }
}
