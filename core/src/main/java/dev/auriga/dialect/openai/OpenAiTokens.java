// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Cargo;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Steps of reading a client's body token by token; wrong types are refused with their path.
public final class OpenAiTokens {
  private static final String DATA = "data:";

  private OpenAiTokens() {}

  /// Steps into the body's object.
  public static void enterBody(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be a JSON object");
    }
    if (parser.currentTokenLocation().getByteOffset() < 0) {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be UTF-8");
    }
  }

  /// Sees to it that the body's object has ended and nothing follows.
  public static void leaveBody(JsonParser parser) {
    if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw new Refusal(Refusal.Kind.INVALID, "the body must be one JSON object and nothing more");
    }
  }

  /// Whether there is an object to go into; false for null.
  public static boolean enterObject(JsonParser parser, String path) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
      throw Json.wrong(path, "must be an object");
    }
    return token == JsonToken.START_OBJECT;
  }

  /// Whether there is an array to go into; false for null.
  public static boolean enterArray(JsonParser parser, String path) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL) {
      throw Json.wrong(path, "must be an array");
    }
    return token == JsonToken.START_ARRAY;
  }

  public static @Nullable String text(JsonParser parser, String path) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NULL -> null;
      default -> throw Json.wrong(path, "must be a string");
    };
  }

  /// False for null.
  public static boolean flag(JsonParser parser, String path) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw Json.wrong(path, "must be true or false");
    };
  }

  /// A whole number from 0 up.
  public static @Nullable Integer count(JsonParser parser, String path) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 0) {
      throw Json.wrong(path, "must be a whole number, not negative");
    }
    return parser.getIntValue();
  }

  /// A whole number; 1 for anything else, which is judged where the request is read.
  public static int number(JsonParser parser) {
    boolean isNumber =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT;
    int number = isNumber ? parser.getIntValue() : 1;
    parser.skipChildren();
    return number;
  }

  /// Where the media are that the string at hand names: here where it is a `data:` address.
  public static Cargo.Place place(byte[] body, JsonParser parser) {
    int at = start(parser) + 1;
    boolean isContent =
        at + DATA.length() <= body.length
            && new String(body, at, DATA.length(), StandardCharsets.US_ASCII).equalsIgnoreCase(DATA);
    return isContent ? Cargo.Place.HERE : Cargo.Place.ELSEWHERE;
  }

  /// A string; null for anything else.
  public static @Nullable String name(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  /// The form of the answer that the format says by its type; [Outline.Form#FREE] for anything that is
  /// no format, which is judged where the request is read.
  public static Outline.Form form(JsonParser parser, String path) {
    Outline.Form form = Outline.Form.FREE;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return form;
    }
    boolean seen = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean type = parser.currentName().equals("type");
      parser.nextToken();
      if (!type) {
        parser.skipChildren();
        continue;
      }
      if (seen) {
        throw Json.wrong(path + ".type", "stands there twice");
      }
      seen = true;
      form =
          switch (String.valueOf(name(parser))) {
            case "json_object" -> Outline.Form.JSON_OBJECT;
            case "json_schema" -> Outline.Form.SCHEMA;
            default -> Outline.Form.FREE;
          };
    }
    return form;
  }

  /// Where the current token starts in the body.
  public static int start(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /// The index behind the current token, which must have been read.
  public static int end(JsonParser parser) {
    return Math.toIntExact(parser.currentLocation().getByteOffset());
  }

  /// The text of one message: its content, or the parts of it of type `textType` joined by
  /// newlines.
  public static String textOfMessage(JsonParser message, String textType) {
    message.nextToken();
    while (message.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean content = message.currentName().equals("content");
      JsonToken value = message.nextToken();
      if (!content) {
        message.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        return message.getString();
      } else if (value == JsonToken.START_ARRAY) {
        return textOfParts(message, textType);
      }
    }
    return "";
  }

  private static String textOfParts(JsonParser parser, String textType) {
    StringJoiner text = new StringJoiner("\n");
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      String type = null;
      String words = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("type")) {
          type = parser.getString();
        } else if (value == JsonToken.VALUE_STRING && name.equals("text")) {
          words = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
      if (textType.equals(type) && words != null) {
        text.add(words);
      }
    }
    return text.toString();
  }
}
