// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Beginning;
import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.ServiceTier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Draws a request's outline in one pass over its bytes.
///
/// Texts are skipped undecoded; only the places of the last user turn's texts are remembered, and
/// those are decoded at the end. For one request.
final class GeminiOutline {
  private static final int SYSTEM = -1;

  private final byte[] body;
  private final JsonParser parser;
  private final Cargo.Collector cargo = new Cargo.Collector();
  private final Set<String> seen = new HashSet<>(8);
  private List<Integer> lastUserTexts = List.of();
  private int turns;
  private int turnsWithParts;
  private boolean carriesTools;
  private final Beginning beginning = new Beginning();
  private Surcharge surcharge = Surcharge.NONE;
  private boolean isJson;
  private boolean isOtherText;
  private boolean hasSchema;
  private @Nullable Integer maxTokens;
  private Thinking thinking = new Thinking.Unsaid();

  private GeminiOutline(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  static Scan draw(ClientRequest request) {
    String model = GeminiRequestReader.modelOf(request);
    try (JsonParser parser = Json.parser(request.body())) {
      Outline outline =
          new GeminiOutline(request.body(), parser).draw(model, GeminiRequestReader.isStreamed(request));
      return new Scan(outline, new GeminiPassage(request.body()));
    } catch (JacksonException notJson) {
      throw Json.malformed(notJson);
    }
  }

  private Outline draw(String model, boolean streamed) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be a JSON object");
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "contents" -> contents(once(name, value));
        case "systemInstruction", "system_instruction" -> instruction(once(name, value));
        case "generationConfig", "generation_config" -> config(once(name, value));
        case "tools" -> tools(once(name, value));
        case "serviceTier", "service_tier" -> {
          surcharge = surcharge.on(ServiceTier.asked(string(value)));
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new Refusal(Refusal.Kind.INVALID, "something follows the JSON object of the body");
    }
    if (turnsWithParts == 0) {
      throw Json.wrong("contents", "must hold at least one content with parts");
    }
    return new Outline(
        model, streamed, new LazyText(this::lastUserText), cargo.cargo(), carriesTools, form(),
        maxTokens, thinking, true, surcharge, beginning.lineage(turns));
  }

  private JsonToken once(String name, JsonToken value) {
    if (!seen.add(name)) {
      throw Json.wrong(name, "is there twice");
    }
    return value;
  }

  private void contents(JsonToken value) {
    if (value == JsonToken.START_OBJECT) {
      content(0);
    } else if (value == JsonToken.START_ARRAY) {
      for (; parser.nextToken() != JsonToken.END_ARRAY; turns++) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw Json.wrong(place(turns), "must be an object");
        }
        content(turns);
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw Json.wrong("contents", "must be a list of objects");
    }
  }

  private void instruction(JsonToken value) {
    if (value == JsonToken.START_OBJECT) {
      content(SYSTEM);
    } else if (value != JsonToken.VALUE_NULL) {
      throw Json.wrong("systemInstruction", "must be an object");
    }
  }

  private void content(int turn) {
    Role role = Role.USER;
    Run run = new Run();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("role") && turn != SYSTEM && value != JsonToken.VALUE_NULL) {
        if (value != JsonToken.VALUE_STRING) {
          throw Json.wrong(place(turn) + ".role", "must be a string");
        }
        role = GeminiContentReader.roleOf(parser.getString(), turn);
      } else if (name.equals("parts")) {
        parts(value, turn, run);
      } else {
        parser.skipChildren();
      }
    }
    if (turn == SYSTEM) {
      return;
    }
    turnsWithParts += run.hasParts ? 1 : 0;
    if (beginning.isOpen()) {
      beginning.said(role);
    }
    if (role == Role.USER && run.spoke) {
      lastUserTexts = run.texts;
    }
  }

  /// The parts of one content since the last function response: that is where a message begins.
  private static final class Run {
    private List<Integer> texts = new ArrayList<>(2);
    private boolean hasParts;
    private boolean spoke;
    private boolean afterResponse;
  }

  private void parts(JsonToken value, int turn, Run run) {
    if (value == JsonToken.START_OBJECT) {
      part(turn, 0, run);
    } else if (value == JsonToken.START_ARRAY) {
      for (int position = 0; parser.nextToken() != JsonToken.END_ARRAY; position++) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw Json.wrong(place(turn, position), "must be an object");
        }
        part(turn, position, run);
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw Json.wrong(place(turn) + ".parts", "must be a list of objects");
    }
  }

  private void part(int turn, int position, Run run) {
    int text = -1;
    boolean isThought = false;
    boolean isResponse = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "text" -> {
          if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
            throw Json.wrong(place(turn, position) + ".text", "must be a string");
          }
          text = value == JsonToken.VALUE_NULL ? -1 : textPlace();
          opens(turn, text);
        }
        case "thought" -> {
          isThought = value == JsonToken.VALUE_TRUE;
          parser.skipChildren();
        }
        case "inlineData", "inline_data", "fileData", "file_data" ->
            media(value, name.startsWith("file") ? Cargo.Place.ELSEWHERE : Cargo.Place.HERE);
        case "functionResponse", "function_response" -> {
          isResponse = value == JsonToken.START_OBJECT;
          response(value, turn);
        }
        default -> parser.skipChildren();
      }
    }
    run.hasParts = true;
    if (isResponse) {
      run.afterResponse = true;
      return;
    }
    if (run.afterResponse) {
      run.texts = new ArrayList<>(2);
      run.afterResponse = false;
    }
    run.spoke = true;
    if (text >= 0 && !isThought) {
      run.texts.add(text);
    }
  }

  private void opens(int turn, int text) {
    if (text >= 0 && turn == SYSTEM) {
      beginning.system().string(body, text);
    } else if (text >= 0 && beginning.isOpen()) {
      beginning.message().string(body, text);
    }
  }

  private int textPlace() {
    long place = parser.currentTokenLocation().getByteOffset();
    if (place < 0 || body[(int) place] != '"') {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be UTF-8");
    }
    return (int) place;
  }

  /// A function response may carry media of its own, as parts.
  private void response(JsonToken value, int turn) {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      if (name.equals("parts")) {
        parts(inner, turn, new Run());
      } else {
        parser.skipChildren();
      }
    }
  }

  private void media(JsonToken value, Cargo.Place place) {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    long from = parser.currentTokenLocation().getByteOffset();
    String mediaType = null;
    String uri = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "mimeType", "mime_type" -> mediaType = string(inner);
        case "fileUri", "file_uri" -> uri = string(inner);
        default -> parser.skipChildren();
      }
    }
    long bytes = parser.currentTokenLocation().getByteOffset() + 1 - from;
    cargo.add(GeminiMedia.modality(mediaType, uri), bytes, place);
  }

  private @Nullable String string(JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return null;
    }
    return parser.getString();
  }

  private void tools(JsonToken value) {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    toolsAt(value);
    if (from >= 0) {
      beginning.tools().bytes(body, from, (int) parser.currentTokenLocation().getByteOffset());
    }
  }

  private void toolsAt(JsonToken value) {
    if (value == JsonToken.START_OBJECT) {
      tool();
    } else if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        require(JsonToken.START_OBJECT, "tools", "must be a list of objects");
        tool();
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw Json.wrong("tools", "must be a list of objects");
    }
  }

  private void tool() {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("functionDeclarations") || name.equals("function_declarations")) {
        if (value == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            carriesTools = true;
            parser.skipChildren();
          }
          continue;
        }
      }
      carriesTools |= value != JsonToken.VALUE_NULL;
      parser.skipChildren();
    }
  }

  private void config(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    require(JsonToken.START_OBJECT, "generationConfig", "must be an object");
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "maxOutputTokens", "max_output_tokens" ->
            maxTokens = GeminiConfigReader.checkedLimit(integer(inner, "generationConfig.maxOutputTokens"));
        case "candidateCount", "candidate_count" -> {
          surcharge = inner == JsonToken.VALUE_NUMBER_INT ? surcharge.times(parser.getValueAsInt(1)) : surcharge;
          parser.skipChildren();
        }
        case "thinkingConfig", "thinking_config" -> thinking(inner);
        case "responseMimeType", "response_mime_type" -> {
          String mediaType = string(inner);
          isJson = "application/json".equals(mediaType);
          isOtherText = mediaType != null && !isJson && !mediaType.equals("text/plain");
          parser.skipChildren();
        }
        case "responseSchema", "response_schema", "responseJsonSchema", "response_json_schema" -> {
          hasSchema |= inner != JsonToken.VALUE_NULL;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
  }

  private Outline.Form form() {
    if (isOtherText) {
      return Outline.Form.FREE;
    }
    return hasSchema ? Outline.Form.SCHEMA : isJson ? Outline.Form.JSON_OBJECT : Outline.Form.FREE;
  }

  private void thinking(JsonToken value) {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    String path = "generationConfig.thinkingConfig";
    require(JsonToken.START_OBJECT, path, "must be an object");
    String level = null;
    Integer budget = null;
    Boolean shown = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken inner = parser.nextToken();
      boolean isNull = inner == JsonToken.VALUE_NULL;
      switch (name) {
        case "thinkingLevel", "thinking_level" -> {
          if (!isNull) {
            require(JsonToken.VALUE_STRING, path + ".thinkingLevel", "must be a string");
            level = parser.getString();
          }
        }
        case "thinkingBudget", "thinking_budget" -> budget = integer(inner, path + ".thinkingBudget");
        case "includeThoughts", "include_thoughts" -> shown = isNull ? null : inner == JsonToken.VALUE_TRUE;
        default -> parser.skipChildren();
      }
    }
    thinking = GeminiConfigReader.thinking(level, budget, shown);
  }

  private @Nullable Integer integer(JsonToken value, String path) {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    boolean isScalar = value.isNumeric() || value == JsonToken.VALUE_STRING;
    Long whole = isScalar ? GeminiObject.wholeNumber(parser.getString()) : null;
    if (whole == null) {
      throw Json.wrong(path, "must be a whole number");
    }
    if (whole != whole.intValue()) {
      throw Json.wrong(path, "must be a whole number of 32 bits");
    }
    return whole.intValue();
  }

  private String lastUserText() {
    return String.join("\n", lastUserTexts.stream().map(this::decoded).toList());
  }

  /// The JSON string whose opening quote is at `from`; the parser has read it, so it is whole.
  private String decoded(int from) {
    boolean escaped = false;
    int to = from + 1;
    for (; body[to] != '"'; to++) {
      if (body[to] == '\\') {
        escaped = true;
        to++;
      }
    }
    return escaped
        ? Json.read(Arrays.copyOfRange(body, from, to + 1)).stringValue()
        : new String(body, from + 1, to - from - 1, StandardCharsets.UTF_8);
  }

  private void require(JsonToken expected, String path, String message) {
    if (parser.currentToken() != expected) {
      throw Json.wrong(path, message);
    }
  }

  private static String place(int turn) {
    return turn == SYSTEM ? "systemInstruction" : "contents[" + turn + "]";
  }

  private static String place(int turn, int position) {
    return place(turn) + ".parts[" + position + "]";
  }
}
