// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws model, usage and stop of a whole reply in one pass over its bytes. For one reply.
final class GeminiGlance {
  private static final int OK = 200;

  private final byte[] body;
  private final JsonParser parser;
  private String model = "";
  private @Nullable Usage usage;
  private @Nullable Ending first;
  private boolean isBlocked;
  private boolean isError;

  /// How a candidate ended, and what it holds.
  private static final class Ending {
    private @Nullable String reason;
    private int index;
    private boolean calls;
    private boolean visible;
    private boolean thoughts;
  }

  private GeminiGlance(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  static Glance draw(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      GeminiGlance glance = new GeminiGlance(body, parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadReply(GeminiErrors.read(OK, Headers.NONE, body));
      }
      glance.scan();
      if (glance.isError) {
        throw new BadReply(GeminiErrors.read(OK, Headers.NONE, body));
      }
      return glance.result();
    } catch (JacksonException notJson) {
      throw GeminiReplies.notJson(notJson);
    }
  }

  private void scan() {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "error" -> {
          isError = true;
          parser.skipChildren();
        }
        case "modelVersion" -> model = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "usageMetadata" -> {
          if (value == JsonToken.START_OBJECT) {
            usage = GeminiUsage.read(parser);
          }
        }
        case "promptFeedback" -> feedback(value);
        case "candidates" -> candidates(value);
        default -> {}
      }
      // What was not gone into.
      parser.skipChildren();
    }
  }

  private void feedback(JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      isBlocked |= name.equals("blockReason");
      parser.nextToken();
      parser.skipChildren();
    }
  }

  private void candidates(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      Ending candidate = candidate();
      if (first == null || (first.index != 0 && candidate.index == 0)) {
        first = candidate;
      }
    }
  }

  private Ending candidate() {
    Ending candidate = new Ending();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "finishReason" -> candidate.reason = value == JsonToken.VALUE_STRING ? parser.getString() : null;
        case "index" -> candidate.index = index(value);
        case "content" -> content(value, candidate);
        default -> {}
      }
      parser.skipChildren();
    }
    return candidate;
  }

  /// A number no index can be counts as 0.
  private int index(JsonToken value) {
    parser.skipChildren();
    boolean isIndex =
        value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT;
    return isIndex ? parser.getIntValue() : 0;
  }

  private void content(JsonToken value, Ending candidate) {
    if (value != JsonToken.START_OBJECT) {
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      if (name.equals("parts") && inner == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          part(candidate);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void part(Ending candidate) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    boolean isThought = false;
    boolean isSigned = false;
    boolean hasText = false;
    boolean hasOther = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "text" -> hasText = value == JsonToken.VALUE_STRING && isFilled();
        case "thought" -> isThought = value == JsonToken.VALUE_TRUE;
        case "thoughtSignature" -> isSigned = true;
        default -> {
          candidate.calls |= name.equals("functionCall");
          hasOther |= value != JsonToken.VALUE_NULL;
        }
      }
      parser.skipChildren();
    }
    candidate.visible |= hasOther || (hasText && !isThought);
    candidate.thoughts |= isSigned || (hasText && isThought);
  }

  /// Whether the current string has a character, seen in the bytes so that it is not decoded.
  private boolean isFilled() {
    int quote = (int) parser.currentTokenLocation().getByteOffset();
    return quote < 0 || quote + 1 >= body.length || body[quote + 1] != '"';
  }

  private Glance result() {
    if (isBlocked) {
      return new Glance(model, usage, StopReason.Known.FILTERED, first != null && first.visible);
    }
    if (first == null) {
      throw new BadReply(
          Failure.of(FailureKind.UNKNOWN, OK, "Gemini's reply has no candidates and no reason for it"));
    }
    Failure breakdown = GeminiStops.breakdown(first.reason, first.visible);
    if (breakdown != null) {
      throw new BadReply(breakdown);
    }
    return new Glance(
        model, usage, GeminiStops.reason(first.reason, first.calls), first.visible || first.thoughts);
  }
}
