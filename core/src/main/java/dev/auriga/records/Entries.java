// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An object of a record while it is read: gives its values by key, and says which one is wrong.
///
/// Every method throws [UnreadableRecord], those for one value also where it is absent; a key that
/// nobody asks for may be from a later version and is left alone.
record Entries(JsonNode node, String path) {

  static Entries of(JsonNode node, String path) {
    if (!node.isObject()) {
      throw new UnreadableRecord(
          path.isEmpty() ? "a record is a JSON object" : "\"%s\" is not an object".formatted(path));
    }
    return new Entries(node, path);
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  Entries object(String key) {
    return of(value(key), at(key));
  }

  @Nullable Entries objectOrNull(String key) {
    return has(key) ? object(key) : null;
  }

  String text(String key) {
    return read(key, JsonNode::stringValue);
  }

  @Nullable String textOrNull(String key) {
    return has(key) ? text(key) : null;
  }

  boolean flag(String key) {
    return read(key, JsonNode::booleanValue);
  }

  int count(String key) {
    return read(key, JsonNode::intValue);
  }

  long number(String key) {
    return read(key, JsonNode::longValue);
  }

  /// A number of 64 bits, written as text.
  long seed(String key) {
    return read(key, value -> Long.parseLong(value.stringValue()));
  }

  double decimal(String key) {
    return read(key, JsonNode::doubleValue);
  }

  Duration millis(String key) {
    return read(key, value -> Millis.read(value.decimalValue()));
  }

  @Nullable Duration millisOrNull(String key) {
    return has(key) ? millis(key) : null;
  }

  Instant instant(String key) {
    return read(key, value -> Instant.parse(value.stringValue()));
  }

  /// An amount of US dollars, in millionths.
  long micros(String key) {
    return read(key, value -> new BigDecimal(value.stringValue()).movePointRight(6).longValueExact());
  }

  <E extends Enum<E>> E word(String key, Class<E> set) {
    return read(key, value -> Words.read(set, value.stringValue()));
  }

  <E extends Enum<E>> @Nullable E wordOrNull(String key, Class<E> set) {
    return has(key) ? word(key, set) : null;
  }

  /// The texts under `key`, each as `reader` has it; none where the key is absent.
  <T> List<T> texts(String key, Function<String, T> reader) {
    List<T> texts = new ArrayList<>();
    if (has(key)) {
      read(key, list -> list.asArray().valueStream().map(JsonNode::stringValue).map(reader).toList())
          .forEach(texts::add);
    }
    return texts;
  }

  List<String> texts(String key) {
    return texts(key, Function.identity());
  }

  /// The objects under `key`, each as `reader` has it; none where the key is absent.
  <T> List<T> objects(String key, Function<Entries, T> reader) {
    List<T> objects = new ArrayList<>();
    if (has(key)) {
      for (JsonNode each : read(key, JsonNode::asArray)) {
        objects.add(reader.apply(of(each, "%s[%d]".formatted(at(key), objects.size()))));
      }
    }
    return objects;
  }

  /// The values under `key` by their names, each as `reader` has it; none where the key is absent.
  <T> Map<String, T> named(String key, Named<T> reader) {
    Map<String, T> named = new LinkedHashMap<>();
    Entries all = objectOrNull(key);
    if (all != null) {
      all.node.propertyNames().forEach(name -> named.put(name, reader.read(all, name)));
    }
    return named;
  }

  /// Reads the value of that name.
  interface Named<T> {
    T read(Entries all, String name);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private JsonNode value(String key) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      throw new UnreadableRecord("\"%s\" is missing".formatted(at(key)));
    }
    return value;
  }

  private <T> T read(String key, Function<JsonNode, T> reader) {
    JsonNode value = value(key);
    try {
      return reader.apply(value);
    } catch (UnreadableRecord inside) {
      throw inside;
    } catch (RuntimeException wrong) {
      throw new UnreadableRecord("\"%s\" cannot be read: %s".formatted(at(key), value));
    }
  }
}
