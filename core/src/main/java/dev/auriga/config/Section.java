// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Secret;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A mapping of the document while it is read: hands out values by key, reports what does not
/// fit, and at the end whatever key nobody asked for.
///
/// A reader asks for every key it knows, also the absent ones; that makes them the known ones.
final class Section {
  /// Reads one entry of a mapping whose keys are names.
  interface EntryReader {
    void read(String name, Node value, String path);
  }

  private final String path;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Findings findings;
  private final References references;

  private Section(String path, List<Node.Entry> entries, Findings findings, References references) {
    this.path = path;
    this.findings = findings;
    this.references = references;
    for (Node.Entry entry : entries) {
      this.entries.put(entry.key(), entry);
      findings.note(path(entry.key()), entry.place());
    }
  }

  /// The mapping at `path`; an empty one, with a problem, when `node` is something else.
  static Section of(Node node, String path, Findings findings, References references) {
    List<Node.Entry> entries =
        switch (node) {
          case Node.Mapping mapping -> mapping.entries();
          case Node.Nothing _ -> List.of();
          case Node.Items _, Node.Scalar _ -> {
            findings.add(path, "must be a mapping of keys to values");
            yield List.of();
          }
        };
    return new Section(path, entries, findings, references);
  }

  Section of(Node node, String at) {
    return of(node, at, findings, references);
  }

  /// The section under `key`, empty when there is none.
  Section section(String key) {
    Node value = value(key);
    return value == null
        ? new Section(path(key), List.of(), findings, references)
        : of(value, path(key));
  }

  /// Every entry under `key`, whose own keys are names.
  void each(String key, EntryReader reader) {
    Section names = section(key);
    names.entries.forEach((name, entry) -> reader.read(name, entry.value(), names.path(name)));
  }

  /// The keys there are, where they are names.
  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Findings findings() {
    return findings;
  }

  /// The line on which `key` stands; 0 when it does not.
  int line(String key) {
    Node.Entry entry = entries.get(key);
    return entry == null ? 0 : entry.place().line();
  }

  boolean has(String key) {
    return value(key) != null;
  }

  @Nullable Node value(String key) {
    asked.add(key);
    Node.Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /// The text with its references resolved, null when absent or wrong.
  @Nullable String text(String key) {
    return parsed(key, Function.identity());
  }

  /// As [#text], and a problem when absent.
  @Nullable String required(String key, String advice) {
    if (!has(key)) {
      findings.add(path, "\"%s\" is missing".formatted(key), advice);
    }
    return text(key);
  }

  @Nullable Secret secret(String key) {
    return parsed(key, Secret::new);
  }

  /// A file; a relative path starts at the folder of the configuration.
  @Nullable Path file(String key) {
    return parsed(
        key,
        text -> {
          try {
            return references.folder().resolve(text).normalize();
          } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("not a path: " + wrong.getReason(), wrong);
          }
        });
  }

  boolean flag(String key) {
    Boolean flag =
        parsed(
            key,
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  case String other ->
                      throw new IllegalArgumentException("must be true or false, not \"" + other + "\"");
                });
    return flag != null && flag;
  }

  /// Which of OpenAI's two APIs, null when absent or wrong.
  DeploymentConfig.@Nullable Api api(String key) {
    return parsed(
        key,
        text ->
            switch (text) {
              case "chat" -> DeploymentConfig.Api.CHAT;
              case "responses" -> DeploymentConfig.Api.RESPONSES;
              case String other ->
                  throw new IllegalArgumentException("must be chat or responses, not \"" + other + "\"");
            });
  }

  Duration duration(String key, Duration fallback) {
    Duration duration = parsed(key, Units::duration);
    return duration == null ? fallback : duration;
  }

  int size(String key, int fallback) {
    Integer bytes = parsed(key, Units::size);
    return bytes == null ? fallback : bytes;
  }

  /// A whole number of at least `least`.
  int count(String key, int fallback, int least) {
    Integer count = count(key, least);
    return count == null ? fallback : count;
  }

  /// Null where it is not there, or wrong.
  @Nullable Integer count(String key, int least) {
    return parsed(
        key,
        text -> {
          int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
          if (number < least) {
            throw new IllegalArgumentException(
                "must be a whole number of at least %d, not \"%s\"".formatted(least, text));
          }
          return number;
        });
  }

  /// US dollars for a million tokens.
  @Nullable BigDecimal price(String key) {
    return parsed(
        key,
        text -> {
          if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,12})?")) {
            throw new IllegalArgumentException(
                "not a price: \"%s\"; write US dollars for a million tokens, as in 2.50".formatted(text));
          }
          BigDecimal dollars = new BigDecimal(text);
          String fault = PriceConfig.fault(dollars);
          if (fault != null) {
            throw new IllegalArgumentException(fault + ": " + text);
          }
          return dollars;
        });
  }

  /// A list of texts, null when absent.
  @Nullable List<String> texts(String key) {
    Node value = value(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Node.Items items)) {
      findings.add(path(key), "must be a list, as in [a, b]");
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Node node : items.nodes()) {
      String at = "%s[%d]".formatted(path(key), texts.size());
      findings.note(at, node.place());
      String text = scalar(node, at, Function.identity());
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  /// What `parser` makes of the text; a problem with its message where it throws.
  <T> @Nullable T parsed(String key, Function<String, T> parser) {
    Node value = value(key);
    return value == null ? null : scalar(value, path(key), parser);
  }

  private <T> @Nullable T scalar(Node value, String at, Function<String, T> parser) {
    if (!(value instanceof Node.Scalar scalar)) {
      findings.add(at, value instanceof Node.Nothing ? "has no value" : "must be a single value");
      return null;
    }
    String text = references.resolve(at, scalar.text());
    if (text == null) {
      return null;
    }
    if (text.isBlank()) {
      findings.add(at, "is empty");
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      // A resolved reference may be a secret: the message shows what the file says instead.
      findings.add(at, String.valueOf(wrong.getMessage()).replace(text, scalar.text()));
      return null;
    }
  }

  /// Reports every key that was not asked for.
  void finish() {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        findings.unknown(path(key), "unknown key", key, asked);
      }
    }
  }
}
