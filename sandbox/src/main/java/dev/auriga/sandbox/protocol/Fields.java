// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An object of a request body read strictly: what is missing, unknown or of the wrong type is
/// refused in the provider's wording. A JSON null counts as absent.
public record Fields(JsonNode node, String path, Wording wording) {

  /// The value as an object, refused when it is something else.
  public static Fields of(JsonNode node, String path, Wording wording) {
    if (!node.isObject()) {
      throw wording.wrong(path, JsonType.OBJECT, node);
    }
    return new Fields(node, path, wording);
  }

  /// Refuses every member that is not among the known ones.
  public Fields allow(Set<String> known) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!known.contains(member.getKey())) {
        throw wording.unknown(at(member.getKey()));
      }
    }
    return this;
  }

  /// The path of a member.
  public String at(String name) {
    return wording.member(path, name);
  }

  /// Whether a member is there and not null.
  public boolean has(String name) {
    return !raw(name).isNull() && !raw(name).isMissingNode();
  }

  /// A member as it is.
  public JsonNode raw(String name) {
    return node.path(name);
  }

  /// A member that must be there.
  public JsonNode required(String name) {
    if (!has(name)) {
      throw wording.missing(at(name));
    }
    return raw(name);
  }

  /// A string that must be there.
  public String text(String name) {
    required(name);
    return typed(name, JsonType.STRING).asString();
  }

  /// A string, or null when absent.
  public @Nullable String optionalText(String name) {
    return has(name) ? typed(name, JsonType.STRING).asString() : null;
  }

  /// A whole number that must be there.
  public long integer(String name) {
    required(name);
    return typed(name, JsonType.INTEGER).asLong();
  }

  /// A whole number, or null when absent.
  public @Nullable Long optionalInteger(String name) {
    return has(name) ? (Long) typed(name, JsonType.INTEGER).asLong() : null;
  }

  /// A number, or null when absent.
  public @Nullable Double optionalNumber(String name) {
    return has(name) ? (Double) typed(name, JsonType.NUMBER).asDouble() : null;
  }

  /// A boolean, false when absent.
  public boolean flag(String name) {
    return has(name) && typed(name, JsonType.BOOLEAN).asBoolean();
  }

  /// An object that must be there.
  public Fields object(String name) {
    required(name);
    return of(raw(name), at(name), wording);
  }

  /// An object, or null when absent.
  public @Nullable Fields optionalObject(String name) {
    return has(name) ? of(raw(name), at(name), wording) : null;
  }

  /// The objects of an array that must be there.
  public List<Fields> items(String name) {
    required(name);
    return optionalItems(name);
  }

  /// The objects of an array, none when it is absent.
  public List<Fields> optionalItems(String name) {
    List<Fields> items = new ArrayList<>();
    if (has(name)) {
      JsonNode array = typed(name, JsonType.ARRAY);
      for (int index = 0; index < array.size(); index++) {
        items.add(of(array.get(index), wording.element(at(name), index), wording));
      }
    }
    return items;
  }

  /// The strings of an array, none when it is absent.
  public List<String> optionalTexts(String name) {
    List<String> texts = new ArrayList<>();
    if (has(name)) {
      JsonNode array = typed(name, JsonType.ARRAY);
      for (int index = 0; index < array.size(); index++) {
        if (!array.get(index).isString()) {
          throw wording.wrong(wording.element(at(name), index), JsonType.STRING, array.get(index));
        }
        texts.add(array.get(index).asString());
      }
    }
    return texts;
  }

  /// A member, refused unless it has the type.
  public JsonNode typed(String name, JsonType type) {
    JsonNode value = raw(name);
    boolean fits =
        switch (type) {
          case STRING -> value.isString();
          case INTEGER -> value.isIntegralNumber();
          case NUMBER -> value.isNumber();
          case BOOLEAN -> value.isBoolean();
          case ARRAY -> value.isArray();
          case OBJECT -> value.isObject();
        };
    if (!fits) {
      throw wording.wrong(at(name), type, value);
    }
    return value;
  }
}
