// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Citation.Passage;
import dev.auriga.completion.Citation.Source;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a candidate cites, over all events of one answer: `groundingMetadata`, whose supports
/// name chunks by their index among those of all events, and `citationMetadata`.
///
/// Positions are bytes of UTF-8 in the text of a part, here in the visible text so far. A chunk that
/// no support names is a source of all of it. Source: Gemini API reference, `GroundingMetadata`,
/// `GroundingSupport`, `Segment`, `CitationSource`.
final class GeminiCitations {
  private static final String GROUNDING = "candidates[0].groundingMetadata";
  private static final String CITATION = "candidates[0].citationMetadata";
  private static final Set<String> SAID = Set.of("uri", "title", "domain", "text");
  private static final Set<String> SUPPORT = Set.of("segment", "groundingChunkIndices");
  private static final Set<String> RECITED = Set.of("startIndex", "endIndex", "uri", "title");

  private final Leftovers leftovers;
  private final StringBuilder text = new StringBuilder();
  /// Where the visible text of each part of the event that is read begins, in characters.
  private final List<Integer> parts = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final Set<Integer> supporting = new HashSet<>();

  /// One source; `source` is absent where its kind has no neutral word.
  private record Chunk(@Nullable Source source, @Nullable String quote, JsonNode raw) {
    Citation cite(@Nullable Passage passage) {
      return source == null
          ? new Citation.Unknown(Gemini.NAME, Json.raw(raw))
          : new Citation.Sourced(source, quote, null, passage);
    }
  }

  GeminiCitations(Leftovers leftovers) {
    this.leftovers = leftovers;
  }

  /// A new event, whose parts are counted from 0.
  void begin() {
    parts.clear();
  }

  /// The next part of the event, with its visible text; empty where it has none.
  void add(String visible) {
    parts.add(text.length());
    text.append(visible);
  }

  /// What `candidate` cites, with passages that count from the start of all visible text.
  List<Citation> read(JsonNode candidate) {
    List<Citation> all = new ArrayList<>(0);
    JsonNode grounding = candidate.path("groundingMetadata");
    leftovers.keepRest(grounding, GROUNDING, Set.of("groundingChunks", "groundingSupports"));
    for (JsonNode chunk : grounding.path("groundingChunks")) {
      chunks.add(chunk(chunk));
    }
    for (JsonNode support : grounding.path("groundingSupports")) {
      leftovers.keepRest(support, GROUNDING + ".groundingSupports", SUPPORT);
      Passage passage = passage(support.path("segment"), true);
      for (JsonNode index : support.path("groundingChunkIndices")) {
        if (index.isInt() && index.intValue() >= 0 && index.intValue() < chunks.size()) {
          supporting.add(index.intValue());
          all.add(chunks.get(index.intValue()).cite(passage));
        }
      }
    }
    JsonNode recited = candidate.path("citationMetadata");
    leftovers.keepRest(recited, CITATION, Set.of("citationSources", "citations"));
    recited.path("citationSources").forEach(source -> all.add(recited(source)));
    recited.path("citations").forEach(source -> all.add(recited(source)));
    return all;
  }

  /// The sources that nothing was said to rest on, at the end of the answer.
  List<Citation> rest() {
    List<Citation> all = new ArrayList<>(0);
    for (int i = 0; i < chunks.size(); i++) {
      if (supporting.add(i)) {
        all.add(chunks.get(i).cite(null));
      }
    }
    return all;
  }

  private Chunk chunk(JsonNode chunk) {
    for (String kind : List.of("web", "maps", "retrievedContext")) {
      JsonNode said = chunk.path(kind);
      String uri = said.path("uri").asString("");
      String title = said.path("title").asString(null);
      boolean isFound = kind.equals("retrievedContext");
      if (!said.isObject() || (uri.isEmpty() && !isFound)) {
        continue;
      }
      leftovers.keepRest(said, GROUNDING + ".groundingChunks." + kind, SAID);
      Source source =
          isFound
              ? new Source.SearchResult(
                  chunks.size(), uri.isEmpty() ? title == null ? "" : title : uri, title)
              : new Source.Web(uri, title, null);
      return new Chunk(source, said.path("text").asString(null), chunk);
    }
    return new Chunk(null, null, chunk);
  }

  private Citation recited(JsonNode source) {
    String uri = source.path("uri").asString("");
    if (uri.isEmpty()) {
      return new Citation.Unknown(Gemini.NAME, Json.raw(source));
    }
    if (source instanceof ObjectNode object) {
      leftovers.keepRest(object, CITATION + ".citationSources", RECITED);
    }
    return new Citation.Sourced(
        new Source.Web(uri, source.path("title").asString(null), null),
        null, null, passage(source, false));
  }

  /// Null where no end is named.
  private @Nullable Passage passage(JsonNode segment, boolean inPart) {
    if (!segment.path("endIndex").isNumber()) {
      return null;
    }
    int part = inPart ? segment.path("partIndex").asInt(0) : 0;
    int base = part > 0 && part < parts.size() ? parts.get(part) : 0;
    int from = index(base, segment.path("startIndex").asInt(0));
    int to = Math.max(from, index(base, segment.path("endIndex").asInt(0)));
    return new Passage(text.codePointCount(0, from), text.codePointCount(0, to));
  }

  /// The index of the character `bytes` of UTF-8 behind the one at `base`, at most the end.
  private int index(int base, int bytes) {
    int at = base;
    for (int left = bytes; left > 0 && at < text.length(); ) {
      int each = text.codePointAt(at);
      left -= GeminiGrounding.bytesOf(each);
      at += Character.charCount(each);
    }
    return at;
  }
}
