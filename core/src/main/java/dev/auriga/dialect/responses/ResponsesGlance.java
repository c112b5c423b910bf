// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Failure;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.openai.OpenAiFailures;
import dev.auriga.dialect.openai.OpenAiTokens;
import dev.auriga.dialect.openai.OpenAiUsage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws model, usage and stop from a whole response in one pass over its tokens.
final class ResponsesGlance {
  private final byte[] body;
  private final ResponsesFailures failures;
  private String model = "";
  private String status = "";
  private @Nullable String incompleteReason;
  private @Nullable Usage usage;
  private String tier = "";
  private boolean hasContent;
  private boolean carriesCalls;
  private boolean failed;

  ResponsesGlance(byte[] body, OpenAiFailures failures) {
    this.body = body;
    this.failures = new ResponsesFailures(failures);
  }

  /// For one call.
  Glance take() {
    try (JsonParser parser = Json.parser(body)) {
      scan(parser);
    } catch (JacksonException _) {
      throw new BadReply(OpenAiFailures.notJson());
    }
    if (failed || !ResponsesStops.isAnswer(status)) {
      throw new BadReply(failure());
    }
    return new Glance(
        model, served(), ResponsesStops.read(status, incompleteReason, carriesCalls), hasContent);
  }

  /// The scan lets pass what a tree may not have, such as a field that is there twice.
  private Failure failure() {
    try {
      return failures.ofResponse(Json.read(body));
    } catch (JacksonException _) {
      return OpenAiFailures.notJson();
    }
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
        case "status" -> status = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "error" -> {
          failed |= value == JsonToken.START_OBJECT;
          parser.skipChildren();
        }
        case "incomplete_details" -> incompleteReason = textIn(parser, "reason");
        case "usage" -> {
          if (value == JsonToken.START_OBJECT) {
            usage = OpenAiUsage.read(parser);
          } else {
            parser.skipChildren();
          }
        }
        case "output" -> output(parser);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new BadReply(OpenAiFailures.notJson());
    }
  }

  /// The string `field` of the object that starts here; null where there is none.
  private static @Nullable String textIn(JsonParser parser, String field) {
    String text = null;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals(field);
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          text = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
    }
    return text;
  }

  private void output(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        item(parser);
      }
    }
  }

  private void item(JsonParser parser) {
    String type = "";
    boolean says = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "type" -> type = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "content", "summary" -> says |= saysSomething(parser);
        case "encrypted_content" -> says |= value == JsonToken.VALUE_STRING && !isEmpty(parser);
        default -> parser.skipChildren();
      }
    }
    boolean call = type.equals("function_call");
    carriesCalls |= call;
    hasContent |= says || (!type.equals("message") && !type.equals("reasoning"));
  }

  /// Whether there is a part that says something; skips them all.
  private boolean saysSomething(JsonParser parser) {
    boolean says = false;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return false;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean words = parser.currentName().equals("text") || parser.currentName().equals("refusal");
        if (parser.nextToken() == JsonToken.VALUE_STRING && words) {
          says |= !isEmpty(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
    return says;
  }

  /// Whether the string is empty, seen from its bytes without decoding it.
  private boolean isEmpty(JsonParser parser) {
    return body[OpenAiTokens.start(parser) + 1] == '"';
  }
}
