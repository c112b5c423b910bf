// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws model, usage and stop from a whole reply in one pass over its tokens.
final class OpenAiGlance {
  private final byte[] body;
  private final OpenAiFailures failures;
  private String model = "";
  private @Nullable Usage usage;
  private String tier = "";
  private int choices;
  private @Nullable String finish;
  private boolean hasWords;
  private boolean carriesCalls;
  private boolean metSequence;
  private boolean failed;

  OpenAiGlance(byte[] body, OpenAiFailures failures) {
    this.body = body;
    this.failures = failures;
  }

  /// For one call.
  Glance take() {
    try (JsonParser parser = Json.parser(body)) {
      scan(parser);
    } catch (JacksonException _) {
      throw new BadReply(OpenAiFailures.notJson());
    }
    if (failed || OpenAiStops.ERROR.equals(finish)) {
      throw new BadReply(failures.read(200, Headers.NONE, body));
    }
    if (choices == 0) {
      throw new BadReply(OpenAiFailures.noChoice());
    }
    StopReason stop = OpenAiStops.read(finish, carriesCalls);
    boolean met = metSequence && "stop".equals(finish) && stop == StopReason.Known.END;
    return new Glance(
        model, served(), met ? StopReason.Known.STOP_SEQUENCE : stop, hasWords || carriesCalls);
  }

  private @Nullable Usage served() {
    return usage == null ? null : usage.on(ServiceTier.served(tier));
  }

  private void scan(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new BadReply(OpenAiFailures.notJson());
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case OpenAiUsage.TIER -> {
          tier = value == JsonToken.VALUE_STRING ? parser.getString() : "";
          parser.skipChildren();
        }
        case "model" -> model = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "error" -> {
          failed |= value != JsonToken.VALUE_NULL;
          parser.skipChildren();
        }
        case "object" ->
            failed |= value == JsonToken.VALUE_STRING && parser.getString().equals("error");
        case "usage" -> {
          if (value == JsonToken.START_OBJECT) {
            usage = OpenAiUsage.read(parser);
          } else {
            parser.skipChildren();
          }
        }
        case "choices" -> choices(parser);
        default -> {}
      }
      // What was not gone into.
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      throw new BadReply(OpenAiFailures.notJson());
    }
  }

  private void choices(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT || choices++ > 0) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("finish_reason") && value == JsonToken.VALUE_STRING) {
          finish = parser.getString();
        } else if (name.equals("stop_reason") && value == JsonToken.VALUE_STRING) {
          metSequence = true;
        } else if (name.equals("message") && value == JsonToken.START_OBJECT) {
          message(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void message(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "content", "refusal", "reasoning_content", "reasoning" ->
            hasWords |= value == JsonToken.VALUE_STRING ? !isEmpty(parser) : skipsSomething(parser);
        case "tool_calls", "function_call" -> carriesCalls |= skipsSomething(parser);
        default -> parser.skipChildren();
      }
    }
  }

  /// Whether the string is empty, seen from its bytes without decoding it.
  private boolean isEmpty(JsonParser parser) {
    return body[OpenAiTokens.start(parser) + 1] == '"';
  }

  /// Skips the value; whether it is an array or object with anything in it.
  private static boolean skipsSomething(JsonParser parser) {
    JsonToken start = parser.currentToken();
    if (!start.isStructStart()) {
      return false;
    }
    JsonToken end = start == JsonToken.START_ARRAY ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
    boolean something = false;
    while (parser.nextToken() != end) {
      something = true;
      parser.skipChildren();
    }
    return something;
  }
}
