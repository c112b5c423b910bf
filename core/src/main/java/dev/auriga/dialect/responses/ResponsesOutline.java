// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Beginning;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Role;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.openai.OpenAiThinking;
import dev.auriga.dialect.openai.OpenAiTokens;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws the outline of a Responses request in one pass over its tokens.
///
/// Only the place of the last user message is remembered; its text is decoded at the end. A field
/// that is looked at and stands there twice is refused, so that Auriga and the upstream server can
/// never read two different requests out of one body.
final class ResponsesOutline {
  private static final Set<String> ADDRESSES = Set.of("image_url", "video_url", "file_url", "file_id");

  private final byte[] body;
  private final JsonParser parser;
  private final Set<String> seen = new HashSet<>();
  private final Cargo.Collector cargo = new Cargo.Collector();

  private @Nullable String model;
  private int modelFrom;
  private int modelTo;
  private boolean streamed;
  private boolean carriesTools;
  private Outline.Form form = Outline.Form.FREE;
  private Surcharge surcharge = Surcharge.NONE;
  private final Beginning beginning = new Beginning();
  private boolean carriesInput;
  private @Nullable Integer maxTokens;
  private Thinking thinking = new Thinking.Unsaid();
  private @Nullable String inputText;
  private int items;
  private int lastUserFrom;
  private int lastUserTo;

  private ResponsesOutline(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  static Scan of(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      return new ResponsesOutline(body, parser).draw();
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
  }

  private Scan draw() {
    OpenAiTokens.enterBody(parser);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field(name);
    }
    OpenAiTokens.leaveBody(parser);
    if (model == null || model.isBlank()) {
      throw Json.wrong("model", "is missing, must be the name of a route or a deployment");
    }
    if (!carriesInput) {
      throw Json.wrong("input", "is missing or empty, must be a string or an array of items");
    }
    Outline outline =
        new Outline(
            model, streamed, new LazyText(this::lastUserText), cargo.cargo(), carriesTools, form,
            maxTokens,
            thinking, true, surcharge, beginning.lineage(items));
    return new Scan(outline, new ResponsesPassage(body, modelFrom, modelTo));
  }

  private void field(String name) {
    switch (name) {
      case "model" -> {
        model = OpenAiTokens.text(parser, once(name));
        modelFrom = OpenAiTokens.start(parser);
        modelTo = OpenAiTokens.end(parser);
      }
      case "input" -> input(once(name));
      case "stream" -> streamed = OpenAiTokens.flag(parser, once(name));
      case "max_output_tokens" -> maxTokens = OpenAiTokens.count(parser, once(name));
      case "reasoning" -> reasoning(once(name));
      case "tools" -> tools(once(name));
      case "text" -> textConfig(once(name));
      case "instructions" -> {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          beginning.system().string(body, OpenAiTokens.start(parser));
        }
        parser.skipChildren();
      }
      case "service_tier" -> surcharge = surcharge.on(ServiceTier.asked(OpenAiTokens.name(parser)));
      case "prompt_cache_key" -> beginning.cacheKey(OpenAiTokens.name(parser));
      case "previous_response_id", "conversation" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          throw ResponsesRefusals.stateful(name);
        }
      }
      case "background" -> {
        if (OpenAiTokens.flag(parser, once(name))) {
          throw ResponsesRefusals.background();
        }
      }
      case "prompt" -> {
        // A stored prompt may be all the input there is.
        carriesInput |= parser.currentToken() == JsonToken.START_OBJECT;
        parser.skipChildren();
      }
      default -> parser.skipChildren();
    }
  }

  private String once(String name) {
    if (!seen.add(name)) {
      throw Json.wrong(name, "stands in the body twice");
    }
    return name;
  }

  private void reasoning(String path) {
    if (!OpenAiTokens.enterObject(parser, path)) {
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean effort = parser.currentName().equals("effort");
      parser.nextToken();
      if (effort) {
        thinking =
            OpenAiThinking.ofEffort(OpenAiTokens.text(parser, once("reasoning.effort")));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void tools(String path) {
    if (OpenAiTokens.enterArray(parser, path)) {
      int from = OpenAiTokens.start(parser);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        carriesTools = true;
        parser.skipChildren();
      }
      beginning.tools().bytes(body, from, OpenAiTokens.start(parser));
    }
  }

  private void textConfig(String path) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean format = parser.currentName().equals("format");
      parser.nextToken();
      if (format) {
        form = OpenAiTokens.form(parser, once(path + ".format"));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void input(String path) {
    switch (parser.currentToken()) {
      case VALUE_NULL -> {}
      case VALUE_STRING -> {
        inputText = parser.getString();
        carriesInput |= !inputText.isEmpty();
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          carriesInput = true;
          item(items++);
        }
      }
      default -> throw Json.wrong(path, "must be a string or an array of items");
    }
  }

  private void item(int index) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Json.wrong("input[" + index + "]", "must be an object");
    }
    int from = OpenAiTokens.start(parser);
    String role = null;
    String type = null;
    Set<String> looked = new HashSet<>(4);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "role" -> {
          onceInItem(name, index, looked);
          role = OpenAiTokens.text(parser, "input[" + index + "].role");
        }
        case "content", "output" -> {
          onceInItem(name, index, looked);
          if (name.equals("content") && parser.currentToken().isScalarValue() && !saysText()) {
            throw Json.wrong("input[" + index + "].content", "must be a string or an array of parts");
          }
          parts();
        }
        case "type" -> {
          type = OpenAiTokens.name(parser);
          if ("item_reference".equals(type)) {
            throw ResponsesRefusals.reference("input[" + index + "].type");
          }
        }
        default -> parser.skipChildren();
      }
    }
    if ("user".equals(role)) {
      lastUserFrom = from;
      lastUserTo = OpenAiTokens.start(parser) + 1;
    }
    if (beginning.isOpen()) {
      beginning.said(speaker(role, type));
    }
  }

  /// Calls and thoughts are the model's, though they bear no role.
  private static Role speaker(@Nullable String role, @Nullable String type) {
    if (role != null) {
      return switch (role) {
        case "user" -> Role.USER;
        case "assistant" -> Role.ASSISTANT;
        default -> Role.SYSTEM;
      };
    }
    return type == null || type.endsWith("_output") ? Role.SYSTEM : Role.ASSISTANT;
  }

  private boolean saysText() {
    return parser.currentToken() == JsonToken.VALUE_STRING
        || parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private static void onceInItem(String name, int index, Set<String> looked) {
    if (!looked.add(name)) {
      throw Json.wrong("input[" + index + "]." + name, "stands in the item twice");
    }
  }

  /// Notes the media among the parts; what form the field may have depends on the item's type and
  /// is judged where the item is read.
  private void parts() {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      text();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      part();
    }
  }

  private void part() {
    int from = OpenAiTokens.start(parser);
    Modality modality = null;
    Cargo.Place place = Cargo.Place.HERE;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
      if (isString && name.equals("type")) {
        modality = modality(parser.getString());
      } else if (isString && name.equals("text")) {
        text();
      } else {
        place = isString && ADDRESSES.contains(name) ? OpenAiTokens.place(body, parser) : place;
        parser.skipChildren();
      }
    }
    if (modality != null) {
      cargo.add(modality, OpenAiTokens.start(parser) + 1 - from, place);
    }
  }

  private void text() {
    if (beginning.isOpen()) {
      beginning.message().string(body, OpenAiTokens.start(parser));
    }
  }

  private static @Nullable Modality modality(String type) {
    return switch (type) {
      case "input_image" -> Modality.IMAGE;
      case "input_audio" -> Modality.AUDIO;
      case "input_video" -> Modality.VIDEO;
      case "input_file" -> Modality.DOCUMENT;
      default -> null;
    };
  }

  private String lastUserText() {
    if (inputText != null) {
      return inputText;
    }
    if (lastUserTo == 0) {
      return "";
    }
    try (JsonParser message = Json.parser(Arrays.copyOfRange(body, lastUserFrom, lastUserTo))) {
      return OpenAiTokens.textOfMessage(message, "input_text");
    }
  }
}
