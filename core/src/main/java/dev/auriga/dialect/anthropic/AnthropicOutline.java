// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Beginning;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Surcharge;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.ServiceTier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws the [Outline] of a Messages request in one pass over its bytes.
///
/// Only the strings that are looked at are decoded; of the messages, only where the last user
/// message's content begins is kept, and that content alone is read at the end.
final class AnthropicOutline {
  private static final int NOWHERE = -1;

  private final byte[] body;
  private final JsonParser parser;
  private final Cargo.Collector cargo = new Cargo.Collector();
  private @Nullable String model;
  private int modelFrom;
  private int modelTo;
  private boolean streamed;
  private boolean carriesTools;
  private Outline.Form form = Outline.Form.FREE;
  private Surcharge surcharge = Surcharge.NONE;
  private final Beginning beginning = new Beginning();
  private @Nullable Integer maxTokens;
  private @Nullable String thinkingType;
  private @Nullable Integer thinkingBudget;
  private @Nullable String effort;
  private int messages;
  private int lastUserContent = NOWHERE;

  private AnthropicOutline(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  static Scan read(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      return new AnthropicOutline(body, parser).read();
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
  }

  private Scan read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be a JSON object");
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_NULL || field.equals("model") || field.equals("messages")) {
        topLevel(field, value);
      }
    }
    if (parser.nextToken() != null) {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be one JSON object, more follows it");
    }
    String named = AnthropicFields.requireModel(model);
    if (messages == 0) {
      throw Json.wrong("messages", "must have at least one message");
    }
    Outline outline =
        new Outline(
            named, streamed, new LazyText(this::lastUserText), cargo.cargo(), carriesTools, form,
            maxTokens,
            AnthropicThinking.wish(thinkingType, thinkingBudget, effort), true, surcharge,
            beginning.lineage(messages));
    return new Scan(outline, new AnthropicPass(body, modelFrom, modelTo));
  }

  private void topLevel(String field, JsonToken value) {
    switch (field) {
      case "model" -> {
        if (model != null) {
          throw Json.wrong("model", "must stand once, stands twice");
        }
        modelFrom = (int) parser.currentTokenLocation().getByteOffset();
        model = text(value, "model");
        modelTo = (int) parser.currentLocation().getByteOffset();
      }
      case "stream" -> {
        if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
          throw Json.wrong("stream", "must be true or false");
        }
        streamed = value == JsonToken.VALUE_TRUE;
      }
      case "max_tokens" -> maxTokens = count(value, "max_tokens");
      case "messages" -> messages(value);
      case "tools" -> carriesTools = nonEmptyArray(value);
      case "thinking" -> thinking(value);
      case "output_config" -> outputConfig(value);
      case "output_format" -> format(value);
      case "system" -> system(value);
      case "metadata" -> metadata(value);
      case "service_tier", "inference_geo", "speed" -> tier(value);
      default -> parser.skipChildren();
    }
  }

  /// Where it is served and how fast have prices as tiers have; what is usual takes none of them back.
  private void tier(JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return;
    }
    String asked = ServiceTier.asked(parser.getString());
    surcharge = asked.isEmpty() || asked.equals("global") ? surcharge : surcharge.on(asked);
  }

  private boolean nonEmptyArray(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      throw Json.wrong("tools", "must be an array");
    }
    boolean any = false;
    int from = place();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      any = true;
      parser.skipChildren();
    }
    beginning.tools().bytes(body, from, place());
    return any;
  }

  private void thinking(JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      throw Json.wrong("thinking", "must be an object");
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      switch (field) {
        case "type" -> thinkingType = text(inner, "thinking.type");
        case "budget_tokens" -> thinkingBudget = count(inner, "thinking.budget_tokens");
        default -> parser.skipChildren();
      }
    }
    if (thinkingType == null) {
      throw Json.wrong("thinking.type", "is missing");
    }
  }

  private void outputConfig(JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      throw Json.wrong("output_config", "must be an object");
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      if (field.equals("effort") && inner != JsonToken.VALUE_NULL) {
        effort = text(inner, "output_config.effort");
      } else if (field.equals("format")) {
        format(inner);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void messages(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      throw Json.wrong("messages", "must be an array");
    }
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        throw Json.wrong("messages[%d]".formatted(messages), "must be an object");
      }
      message(messages);
      messages++;
    }
  }

  private void message(int index) {
    Role role = Role.SYSTEM;
    int content = NOWHERE;
    boolean speaks = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (field) {
        case "role" -> {
          if (value != JsonToken.VALUE_STRING) {
            throw Json.wrong("messages[%d].role".formatted(index), "must be a string");
          }
          role =
              switch (parser.getString()) {
                case "user" -> Role.USER;
                case "assistant" -> Role.ASSISTANT;
                default -> Role.SYSTEM;
              };
        }
        case "content" -> {
          content = (int) parser.currentTokenLocation().getByteOffset();
          speaks = content(value, index);
        }
        default -> parser.skipChildren();
      }
    }
    if (content == NOWHERE) {
      throw Json.wrong("messages[%d].content".formatted(index), "is missing");
    }
    if (role == Role.USER && speaks) {
      lastUserContent = content;
    }
    if (beginning.isOpen()) {
      beginning.said(role);
    }
  }

  /// Whether the content says more than tool results.
  private boolean content(JsonToken value, int message) {
    if (value == JsonToken.VALUE_STRING) {
      said();
      return true;
    }
    if (value != JsonToken.START_ARRAY) {
      throw Json.wrong(
          "messages[%d].content".formatted(message), "must be a string or an array of blocks");
    }
    boolean speaks = false;
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken(), index++) {
      if (token != JsonToken.START_OBJECT) {
        throw Json.wrong("messages[%d].content[%d]".formatted(message, index), "must be an object");
      }
      String type = block(cargo);
      if (type == null) {
        throw Json.wrong(
            "messages[%d].content[%d].type".formatted(message, index), "must be a string");
      }
      speaks |= !type.equals("tool_result");
    }
    return speaks || index == 0;
  }

  /// The type of the block the parser stands at the start of; notes its media, also those inside a
  /// tool result.
  private @Nullable String block(Cargo.Collector seen) {
    int from = place();
    String type = null;
    String source = null;
    Cargo.Collector inside = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("type") && value == JsonToken.VALUE_STRING) {
        type = parser.getString();
      } else if (field.equals("text") && value == JsonToken.VALUE_STRING) {
        said();
      } else if (field.equals("source")) {
        source = textIn(value, "type");
      } else if (field.equals("content") && value == JsonToken.START_ARRAY) {
        inside = new Cargo.Collector();
        for (JsonToken token = parser.nextToken();
            token != JsonToken.END_ARRAY;
            token = parser.nextToken()) {
          if (token == JsonToken.START_OBJECT) {
            block(inside);
          } else {
            parser.skipChildren();
          }
        }
      } else {
        parser.skipChildren();
      }
    }
    if (type != null) {
      switch (type) {
        case "image", "document" -> {
          if (source != null && AnthropicBlockReader.isSource(source)) {
            boolean isHere = source.equals("base64") || source.equals("text");
            seen.add(
                type.equals("image") ? Modality.IMAGE : Modality.DOCUMENT,
                place() + 1 - from,
                isHere ? Cargo.Place.HERE : Cargo.Place.ELSEWHERE);
          }
        }
        case "tool_result" -> {
          if (inside != null) {
            seen.addAll(inside);
          }
        }
        default -> {}
      }
    }
    return type;
  }

  private int place() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /// The text the parser stands at is part of the message that goes by.
  private void said() {
    if (beginning.isOpen()) {
      beginning.message().string(body, place());
    }
  }

  private void system(JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      beginning.system().string(body, place());
    }
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        if (parser.nextToken() == JsonToken.VALUE_STRING && field.equals("text")) {
          beginning.system().string(body, place());
        }
        parser.skipChildren();
      }
    }
  }

  private void metadata(JsonToken value) {
    String user = textIn(value, "user_id");
    if (user != null) {
      beginning.session(AnthropicSession.of(user));
    }
  }

  /// What is no format here is judged where the request is read.
  private void format(JsonToken value) {
    String type = textIn(value, "type");
    if (type != null) {
      form = type.equals("json_schema") ? Outline.Form.SCHEMA : form;
    }
  }

  /// The last string under `name` in the object the parser stands at the start of, and goes to the end
  /// of; null where there is none, or no object.
  private @Nullable String textIn(JsonToken value, String name) {
    String text = null;
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING && field.equals(name)) {
        text = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    return text;
  }

  private String lastUserText() {
    return lastUserContent == NOWHERE ? "" : AnthropicUserText.read(body, lastUserContent);
  }

  private String text(JsonToken value, String path) {
    if (value != JsonToken.VALUE_STRING) {
      throw Json.wrong(path, "must be a string");
    }
    return parser.getString();
  }

  private int count(JsonToken value, String path) {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      try {
        int count = parser.getIntValue();
        if (count >= 0) {
          return count;
        }
      } catch (JacksonException outOfRange) {
        // Falls through to the refusal that names the field.
      }
    }
    throw Json.wrong(path, "must be a whole number from 0 to 2147483647");
  }
}
