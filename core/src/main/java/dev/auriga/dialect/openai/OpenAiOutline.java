// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Beginning;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.ServiceTier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws the outline of a Chat Completions request in one pass over its tokens, and notes for the
/// [OpenAiPassage] where Auriga's own fields stand.
///
/// Only the place of the last user message is remembered; its text is decoded at the end. A field
/// that is looked at and stands there twice is refused, so that Auriga and the upstream server can
/// never read two different requests out of one body.
final class OpenAiOutline {
  private final byte[] body;
  private final JsonParser parser;
  private final OpenAiPassage passage;
  private final Set<String> seen = new HashSet<>();
  private final Cargo.Collector cargo = new Cargo.Collector();

  private @Nullable String model;
  private boolean streamed;
  private boolean usageWanted;
  private boolean carriesTools;
  private Outline.Form form = Outline.Form.FREE;
  private Surcharge surcharge = Surcharge.NONE;
  private final Beginning beginning = new Beginning();
  private int messages;
  private @Nullable Integer maxTokens;
  private @Nullable Integer maxCompletionTokens;
  private @Nullable String effort;
  private @Nullable Thinking extension;
  private int lastUserFrom;
  private int lastUserTo;

  private OpenAiOutline(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
    this.passage = new OpenAiPassage(body);
  }

  static Scan of(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      return new OpenAiOutline(body, parser).draw();
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
    if (messages == 0) {
      throw Json.wrong("messages", "is missing or empty, must be an array of messages");
    }
    Outline outline =
        new Outline(
            model, streamed, new LazyText(this::lastUserText), cargo.cargo(), carriesTools, form,
            maxCompletionTokens != null ? maxCompletionTokens : maxTokens,
            extension != null ? extension : OpenAiThinking.ofEffort(effort),
            usageWanted, surcharge, beginning.lineage(messages));
    return new Scan(outline, passage);
  }

  private void field(String name) {
    switch (name) {
      case "model" -> {
        model = OpenAiTokens.text(parser, once(name));
        passage.modelAt(parser);
      }
      case "messages" -> messages(once(name));
      case "stream" -> {
        streamed = OpenAiTokens.flag(parser, once(name));
        if (streamed) {
          passage.streams();
        }
      }
      case "stream_options" -> streamOptions(once(name));
      case "max_tokens" -> maxTokens = OpenAiTokens.count(parser, once(name));
      case "max_completion_tokens" -> maxCompletionTokens = OpenAiTokens.count(parser, once(name));
      case "reasoning_effort" -> effort = OpenAiTokens.text(parser, once(name));
      case "thinking" -> extension(once(name));
      case "tools", "functions" -> tools(once(name));
      case "response_format" -> form = OpenAiTokens.form(parser, once(name));
      case "n" -> surcharge = surcharge.times(OpenAiTokens.number(parser));
      case "service_tier" -> surcharge = surcharge.on(ServiceTier.asked(OpenAiTokens.name(parser)));
      case "prompt_cache_key" -> beginning.cacheKey(OpenAiTokens.name(parser));
      default -> parser.skipChildren();
    }
  }

  private String once(String name) {
    if (!seen.add(name)) {
      throw Json.wrong(name, "stands in the body twice");
    }
    return name;
  }

  private void streamOptions(String path) {
    if (!OpenAiTokens.enterObject(parser, path)) {
      passage.noOptionsAt(parser);
      return;
    }
    passage.optionsOpenAt(parser);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean usage = parser.currentName().equals("include_usage");
      parser.nextToken();
      passage.anOption();
      if (usage) {
        usageWanted = OpenAiTokens.flag(parser, once("stream_options.include_usage"));
        passage.usageWishAt(parser, usageWanted);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void extension(String path) {
    if (!OpenAiTokens.enterObject(parser, path)) {
      return;
    }
    String type = null;
    Integer budget = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "type" -> type = OpenAiTokens.text(parser, once("thinking.type"));
        case "budget_tokens" -> budget = OpenAiTokens.count(parser, once("thinking.budget_tokens"));
        default -> parser.skipChildren();
      }
    }
    extension = OpenAiThinking.ofExtension(type, budget);
  }

  private void tools(String path) {
    if (!OpenAiTokens.enterArray(parser, path)) {
      return;
    }
    int from = OpenAiTokens.start(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      carriesTools = true;
      parser.skipChildren();
    }
    beginning.tools().bytes(body, from, OpenAiTokens.start(parser));
  }

  private void messages(String path) {
    if (!OpenAiTokens.enterArray(parser, path)) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      message(messages++);
    }
  }

  private void message(int index) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Json.wrong("messages[" + index + "]", "must be an object");
    }
    int from = OpenAiTokens.start(parser);
    String role = null;
    boolean contentSeen = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("role")) {
        if (role != null) {
          throw Json.wrong("messages[" + index + "].role", "stands in the message twice");
        }
        role = OpenAiTokens.text(parser, "messages[].role");
      } else if (name.equals("content")) {
        if (contentSeen) {
          throw Json.wrong("messages[" + index + "].content", "stands in the message twice");
        }
        contentSeen = true;
        content(index);
      } else {
        parser.skipChildren();
      }
    }
    boolean isUser = "user".equals(role);
    if (isUser) {
      lastUserFrom = from;
      lastUserTo = OpenAiTokens.start(parser) + 1;
    }
    if (beginning.isOpen()) {
      beginning.said(isUser ? Role.USER : "assistant".equals(role) ? Role.ASSISTANT : Role.SYSTEM);
    }
  }

  private void content(int index) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      text();
      return;
    }
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_ARRAY) {
      throw wrongContent(index);
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw Json.wrong("messages[" + index + "].content", "must hold only objects");
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
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          place = place(place, parser.currentName());
          parser.skipChildren();
        }
      } else {
        parser.skipChildren();
      }
    }
    if (modality != null) {
      cargo.add(modality, OpenAiTokens.start(parser) + 1 - from, place);
    }
  }

  /// Where the media are, of which the parser stands at the field `name`; `before` where it does not say.
  private Cargo.Place place(Cargo.Place before, String name) {
    boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
    return isString && (name.equals("url") || name.equals("file_id"))
        ? OpenAiTokens.place(body, parser)
        : before;
  }

  private void text() {
    if (beginning.isOpen()) {
      beginning.message().string(body, OpenAiTokens.start(parser));
    }
  }

  private static Refusal wrongContent(int index) {
    return Json.wrong("messages[" + index + "].content", "must be a string or an array of parts");
  }

  private static @Nullable Modality modality(String type) {
    return switch (type) {
      case "image_url" -> Modality.IMAGE;
      case "input_audio" -> Modality.AUDIO;
      case "video_url" -> Modality.VIDEO;
      case "file" -> Modality.DOCUMENT;
      default -> null;
    };
  }

  private String lastUserText() {
    if (lastUserTo == 0) {
      return "";
    }
    try (JsonParser message = Json.parser(Arrays.copyOfRange(body, lastUserFrom, lastUserTo))) {
      return OpenAiTokens.textOfMessage(message, "text");
    }
  }
}
