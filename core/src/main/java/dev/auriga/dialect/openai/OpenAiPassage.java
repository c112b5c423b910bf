// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Splice;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;

/// Hands a client's body on with another model name and, in a stream, with the wish for usage.
///
/// Usage comes in a stream only where `stream_options.include_usage` is true, and then in a chunk
/// of its own (OpenAI OpenAPI document, `ChatCompletionStreamOptions`); Auriga always wants it.
/// Every other byte stays as it was. [OpenAiOutline] notes the places as it comes by.
final class OpenAiPassage implements Scan.Passage {
  private static final byte[] TRUE = ascii("true");
  private static final byte[] WISH = ascii("{\"include_usage\":true}");
  private static final byte[] WISH_FIELD = ascii(",\"stream_options\":{\"include_usage\":true}");
  private static final byte[] WISH_FIRST = ascii("\"include_usage\":true");
  private static final byte[] WISH_BEFORE_OTHERS = ascii("\"include_usage\":true,");

  /// The place of a value in the body; nowhere when `to` is 0.
  private record Span(int from, int to) {
    static final Span NOWHERE = new Span(0, 0);

    /// The place of the value `parser` has just read.
    static Span of(JsonParser parser) {
      return new Span(OpenAiTokens.start(parser), OpenAiTokens.end(parser));
    }

    boolean isSomewhere() {
      return to > 0;
    }
  }

  private final byte[] body;
  private Span model = Span.NOWHERE;
  /// `null` in the place of the options.
  private Span noOptions = Span.NOWHERE;
  private Span usageWish = Span.NOWHERE;
  /// The index behind the opening brace of the options, 0 when there are none.
  private int optionsFrom;
  private boolean optionsAreEmpty = true;
  private boolean streamed;
  private boolean usageWished;

  OpenAiPassage(byte[] body) {
    this.body = body;
  }

  void modelAt(JsonParser parser) {
    model = Span.of(parser);
  }

  void streams() {
    streamed = true;
  }

  /// `null` stands where the options could.
  void noOptionsAt(JsonParser parser) {
    noOptions = Span.of(parser);
  }

  void optionsOpenAt(JsonParser parser) {
    optionsFrom = OpenAiTokens.start(parser) + 1;
  }

  void anOption() {
    optionsAreEmpty = false;
  }

  void usageWishAt(JsonParser parser, boolean wished) {
    usageWish = Span.of(parser);
    usageWished = wished;
  }

  @Override
  public Written to(Target target) {
    return Written.whole(spliced(target));
  }

  private byte[] spliced(Target target) {
    byte[] name = Json.quoted(target.model());
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
      splice.insert(optionsFrom, optionsAreEmpty ? WISH_FIRST : WISH_BEFORE_OTHERS);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
