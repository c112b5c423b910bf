// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `capabilities.json`: entries for models, the particular before the general.
///
/// An entry has its own facts and those of the profile it is `like`, which may itself be like
/// another; the nearer one counts. `from` is a day, the source's own where it is left out. Facts
/// stand under the keys of [Fact]; any other key is an error.
final class CapabilityFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> ABOUT_ENTRIES =
      Set.of("vendor", "match", "like", "from", "source", "examples");

  private final JsonNode file;

  private CapabilityFile(JsonNode file) {
    this.file = file;
  }

  static CapabilityFile shipped() {
    try (InputStream json =
        Objects.requireNonNull(
            CapabilityFile.class.getResourceAsStream("capabilities.json"), "capabilities.json")) {
      return read(json.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "the capabilities that come with Auriga cannot be read", unreadable);
    }
  }

  static CapabilityFile read(byte[] json) {
    return new CapabilityFile(MAPPER.readTree(json));
  }

  CapabilityBook on(LocalDate day) {
    Map<Api, CapabilityBook.Assumed> assumed = new EnumMap<>(Api.class);
    for (Api api : Api.values()) {
      JsonNode node = file.required("apis").required(api.token());
      assumed.put(
          api,
          new CapabilityBook.Assumed(
              facts(node.required("always")), profile(node.required("unknown").asString())));
    }
    return CapabilityBook.of(file.required("version").asString(), assumed, entries(), day);
  }

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode row : file.required("models")) {
      entries.add(entry(row));
    }
    return entries;
  }

  private Entry entry(JsonNode row) {
    JsonNode source = file.required("sources").required(row.required("source").asString());
    String from = row.has("from") ? row.required("from").asString() : source.required("as-of").asString();
    return new Entry(
        new Entry.Models(row.required("vendor").asString(), row.required("match").asString()),
        LocalDate.parse(from),
        facts(row),
        source.required("name").asString(),
        words(row.required("examples")));
  }

  private Facts profile(String name) {
    return facts(file.required("profiles").required(name));
  }

  private Facts facts(JsonNode node) {
    Facts facts = Facts.NONE;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!ABOUT_ENTRIES.contains(field.getKey())) {
        facts = with(facts, fact(field.getKey()), words(field.getValue()));
      }
    }
    return node.has("like") ? facts.orElse(profile(node.required("like").asString())) : facts;
  }

  private static Fact<?> fact(String key) {
    return Fact.all().stream()
        .filter(fact -> fact.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("capabilities.json: no fact \"" + key + "\""));
  }

  private static <T> Facts with(Facts facts, Fact<T> fact, List<String> words) {
    return facts.with(fact, fact.read(words));
  }

  private static List<String> words(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asString).toList()
        : List.of(value.asString());
  }
}
