// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Usage;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws the [Glance] of a whole reply in one pass over its bytes.
final class AnthropicGlance {
  private final JsonParser parser;
  private final AnthropicUsage counts = new AnthropicUsage();
  private boolean hasUsage;
  private String model = "";
  private @Nullable String stop;
  private boolean isMessage;
  private boolean hasContent;
  private boolean carriesCalls;

  private AnthropicGlance(JsonParser parser) {
    this.parser = parser;
  }

  static Glance read(byte[] body, AnthropicErrors errors) {
    try (JsonParser parser = Json.parser(body)) {
      AnthropicGlance glance = new AnthropicGlance(parser);
      glance.read();
      if (!glance.isMessage) {
        throw errors.notAMessage(body);
      }
      Usage usage = glance.hasUsage ? glance.counts.usage() : null;
      return new Glance(
          glance.model, usage, AnthropicStops.read(glance.stop, glance.carriesCalls),
          glance.hasContent);
    } catch (JacksonException notJson) {
      throw AnthropicErrors.cutShort(notJson);
    }
  }

  private void read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    boolean failed = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (field) {
        case "model" -> model = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "stop_reason" -> stop = value == JsonToken.VALUE_STRING ? parser.getString() : null;
        case "stop_details" -> details(value);
        case "error" -> {
          failed = value != JsonToken.VALUE_NULL;
          parser.skipChildren();
        }
        case "content" -> content(value);
        case "usage" -> {
          if (value == JsonToken.START_OBJECT) {
            hasUsage = true;
            counts.read(parser);
          } else {
            parser.skipChildren();
          }
        }
        default -> parser.skipChildren();
      }
    }
    isMessage &= !failed;
    parser.nextToken();
  }

  /// The explanation of a refusal is a declination.
  private void details(JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      hasContent |= field.equals("explanation") && inner == JsonToken.VALUE_STRING;
      parser.skipChildren();
    }
  }

  private void content(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    isMessage = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      boolean isEmptyText = false;
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        JsonToken inner = parser.nextToken();
        if (field.equals("type") && inner == JsonToken.VALUE_STRING) {
          carriesCalls |= parser.getString().equals("tool_use");
        } else if (field.equals("text") && inner == JsonToken.VALUE_STRING) {
          isEmptyText = parser.getStringLength() == 0;
        } else {
          parser.skipChildren();
        }
      }
      hasContent |= !isEmptyText;
    }
  }
}
