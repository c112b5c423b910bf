// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Splice;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Hands a client's body on with another model name and, in a stream, with the wish for usage.
///
/// Usage comes in a stream only where `stream_options.include_usage` is true, and then in a chunk
/// of its own (OpenAI OpenAPI document, `ChatCompletionStreamOptions`); Auriga always wants it.
/// Every other byte stays as it was.
final class OpenAiPassage {
  private static final byte[] TRUE = ascii("true");
  private static final byte[] WISH = ascii("{\"include_usage\":true}");
  private static final byte[] WISH_FIELD = ascii(",\"stream_options\":{\"include_usage\":true}");
  private static final byte[] WISH_FIRST = ascii("\"include_usage\":true");

  /// The place of a value in the body; nowhere when `to` is 0.
  private record Span(int from, int to) {
    static final Span NOWHERE = new Span(0, 0);

    boolean isSomewhere() {
      return to > 0;
    }
  }

  private final JsonParser parser;
  private Span model = Span.NOWHERE;
  /// `null` in the place of the options.
  private Span noOptions = Span.NOWHERE;
  private Span usageWish = Span.NOWHERE;
  /// The index behind the opening brace of the options, 0 when there are none.
  private int optionsFrom;
  private boolean optionsAreEmpty = true;
  private boolean streamed;
  private boolean streamSeen;
  private boolean usageWished;

  private OpenAiPassage(JsonParser parser) {
    this.parser = parser;
  }

  static byte[] of(byte[] body, String model) {
    try (JsonParser parser = Json.parser(body)) {
      OpenAiPassage passage = new OpenAiPassage(parser);
      passage.scan();
      return passage.edit(body, Json.quoted(model));
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
  }

  private void scan() {
    OpenAiTokens.enterBody(parser);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "model" -> model();
        case "stream" -> stream();
        case "stream_options" -> options();
        default -> parser.skipChildren();
      }
    }
    OpenAiTokens.leaveBody(parser);
    if (!model.isSomewhere()) {
      throw Json.wrong("model", "is missing, must be the name of a route or a deployment");
    }
  }

  private void model() {
    if (model.isSomewhere()) {
      throw twice("model");
    }
    if (OpenAiTokens.text(parser, "model") == null) {
      throw Json.wrong("model", "must be a string");
    }
    model = new Span(OpenAiTokens.start(parser), OpenAiTokens.end(parser));
  }

  private void stream() {
    if (streamSeen) {
      throw twice("stream");
    }
    streamSeen = true;
    streamed = OpenAiTokens.flag(parser, "stream");
  }

  private void options() {
    if (optionsFrom > 0 || noOptions.isSomewhere()) {
      throw twice("stream_options");
    }
    if (!OpenAiTokens.enterObject(parser, "stream_options")) {
      noOptions = new Span(OpenAiTokens.start(parser), OpenAiTokens.end(parser));
      return;
    }
    optionsFrom = OpenAiTokens.start(parser) + 1;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      optionsAreEmpty = false;
      boolean usage = parser.currentName().equals("include_usage");
      parser.nextToken();
      if (!usage) {
        parser.skipChildren();
      } else if (usageWish.isSomewhere()) {
        throw twice("stream_options.include_usage");
      } else {
        usageWished = OpenAiTokens.flag(parser, "stream_options.include_usage");
        usageWish = new Span(OpenAiTokens.start(parser), OpenAiTokens.end(parser));
      }
    }
  }

  private byte[] edit(byte[] body, byte[] name) {
    Splice splice = new Splice(body);
    if (!streamed || usageWished) {
      return splice.replace(model.from, model.to, name).bytes();
    }
    if (optionsFrom == 0 && !noOptions.isSomewhere()) {
      return splice.replace(model.from, model.to, name).insert(model.to, WISH_FIELD).bytes();
    }
    boolean modelFirst = model.from < Math.max(optionsFrom, noOptions.from);
    if (modelFirst) {
      splice.replace(model.from, model.to, name);
    }
    wish(splice);
    if (!modelFirst) {
      splice.replace(model.from, model.to, name);
    }
    return splice.bytes();
  }

  private void wish(Splice splice) {
    if (noOptions.isSomewhere()) {
      splice.replace(noOptions.from, noOptions.to, WISH);
    } else if (usageWish.isSomewhere()) {
      splice.replace(usageWish.from, usageWish.to, TRUE);
    } else {
      splice.insert(optionsFrom, optionsAreEmpty ? WISH_FIRST : ascii("\"include_usage\":true,"));
    }
  }

  private static Refusal twice(String field) {
    return Json.wrong(field, "stands in the body twice");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
