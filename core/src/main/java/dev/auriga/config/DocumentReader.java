// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.config.ConfigProblems.Place;
import dev.auriga.config.ConfigProblems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads YAML or JSON into [Node]s. Duplicate keys, merge keys and a second document are problems;
/// anchors on mappings and lists are followed, up to [#MOST_NODES] nodes all told.
final class DocumentReader {
  /// Far above any real file, far below what hurts ("billion laughs").
  static final int MOST_NODES = 50_000;

  private static final StreamReadConstraints DEPTH =
      StreamReadConstraints.builder().maxNestingDepth(64).build();

  private final JsonParser parser;
  private final Findings findings;
  private final Map<String, Node> anchors = new HashMap<>();

  private DocumentReader(JsonParser parser, Findings findings) {
    this.parser = parser;
    this.findings = findings;
  }

  /// The document, null when there is none or it cannot be read; a problem then says so.
  static @Nullable Node read(String text, boolean isJson, Findings findings) {
    JsonParser parser =
        isJson
            ? JsonFactory.builder().streamReadConstraints(DEPTH).build()
                .createParser(ObjectReadContext.empty(), text)
            : YAMLFactory.builder().streamReadConstraints(DEPTH).build()
                .createParser(ObjectReadContext.empty(), text);
    try (parser) {
      return new DocumentReader(parser, findings).document();
    } catch (Unreadable unreadable) {
      findings.add(unreadable.problem);
    } catch (JacksonException malformed) {
      findings.add(problem(malformed, parser, isJson));
    }
    return null;
  }

  private @Nullable Node document() {
    if (parser.nextToken() == null) {
      return null;
    }
    Node document = node("");
    if (parser.nextToken() != null) {
      findings.add(new Problem("", here(), "a second document; the file must be one", null));
    }
    return document;
  }

  private Node node(String path) {
    Place place = here();
    String anchor = parser instanceof YAMLParser yaml ? yaml.getObjectId() : null;
    Node node =
        switch (parser.currentToken()) {
          case START_OBJECT -> mapping(path, place);
          case START_ARRAY -> items(path, place);
          case VALUE_NULL -> new Node.Nothing(place);
          default -> scalar(path, place);
        };
    if (anchor != null && !isAlias()) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private Node mapping(String path, Place place) {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Place> keys = new HashMap<>();
    int size = 1;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = here();
      parser.nextToken();
      Node value = node(path.isEmpty() ? key : path + "." + key);
      size = bounded(size + value.size(), place);
      Place first = keys.putIfAbsent(key, keyPlace);
      if (first != null) {
        duplicate(path.isEmpty() ? key : path + "." + key, keyPlace, first);
      } else if (key.equals("<<")) {
        String advice = "repeat the keys, or use an alias for a whole value";
        findings.add(new Problem(path, keyPlace, "merge keys are not supported", advice));
      } else {
        entries.add(new Node.Entry(keyPlace, key, value));
      }
    }
    return new Node.Mapping(place, List.copyOf(entries), size);
  }

  private Node items(String path, Place place) {
    List<Node> nodes = new ArrayList<>();
    int size = 1;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Node node = node("%s[%d]".formatted(path, nodes.size()));
      nodes.add(node);
      size = bounded(size + node.size(), place);
    }
    return new Node.Items(place, List.copyOf(nodes), size);
  }

  private Node scalar(String path, Place place) {
    String text = parser.getString();
    if (!isAlias()) {
      return text.isEmpty() ? new Node.Nothing(place) : new Node.Scalar(place, text);
    }
    Node meant = anchors.get(text);
    if (meant != null) {
      return meant;
    }
    String advice = "an anchor stands before its alias, on a mapping or a list";
    throw new Unreadable(new Problem(path, place, "no anchor &" + text, advice));
  }

  private boolean isAlias() {
    return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
  }

  private void duplicate(String path, Place second, Place first) {
    findings.add(
        new Problem(path, second, "given twice", "it is already given in line %d".formatted(first.line())));
  }

  private static int bounded(int size, Place place) {
    if (size > MOST_NODES) {
      throw new Unreadable(
          new Problem("", place, "more than %d values, aliases counted".formatted(MOST_NODES), null));
    }
    return size;
  }

  private Place here() {
    TokenStreamLocation location = parser.currentTokenLocation();
    return new Place(location.getLineNr(), location.getColumnNr());
  }

  /// Only the parser's own words: what it quotes of the file could be a secret.
  private static Problem problem(JacksonException malformed, JsonParser parser, boolean isJson) {
    String message = malformed.getOriginalMessage();
    int end = message.indexOf('\n');
    TokenStreamLocation location =
        malformed.getLocation() == null ? parser.currentLocation() : malformed.getLocation();
    return new Problem(
        "",
        new Place(location.getLineNr(), location.getColumnNr()),
        "not valid %s: %s".formatted(isJson ? "JSON" : "YAML", end < 0 ? message : message.substring(0, end)),
        isJson ? null : "quote values with ${…}, : or # in them, and indent with spaces");
  }

  /// Nothing more can be made of the document.
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Unreadable(Problem problem) {
      super(null, null, false, false);
      this.problem = problem;
    }
  }
}
