// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Citation.Passage;
import dev.auriga.completion.Citation.Source;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.dialect.Json;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes citations as `groundingMetadata`: each source once as a chunk, each passage once as a
/// support that names the chunks.
///
/// Pages of the web are `web` chunks; documents, search results and files are `retrievedContext`,
/// which has their words. Source: Gemini API reference, `GroundingMetadata`.
final class GeminiGrounding {
  private final Collection<Loss> losses;
  private final ArrayNode chunks = Json.object().arrayNode();
  private ArrayNode supports = Json.object().arrayNode();
  private int told;

  GeminiGrounding(Collection<Loss> losses) {
    this.losses = losses;
  }

  /// `text` is that of the part of that index, in which the passage of `citation` is; a loss is told
  /// as of `at`.
  void add(Citation citation, String text, int part, String at) {
    switch (citation) {
      case Citation.Unknown(String dialect, var raw) -> {
        if (dialect.equals(Gemini.NAME) && isChunk(Json.read(raw))) {
          support(text, part, null).add(indexOf(Json.read(raw)));
        } else {
          losses.add(new Loss(Reason.FOREIGN_FIELD, at + ".citations"));
        }
      }
      case Citation.Sourced sourced -> {
        lose(sourced.place() != null, at, "place");
        support(text, part, sourced.passage()).add(indexOf(chunk(sourced, at)));
      }
    }
  }

  /// Whether it is a chunk, and no recited source.
  private static boolean isChunk(JsonNode raw) {
    return raw.isObject() && raw.valueStream().allMatch(JsonNode::isObject);
  }

  private ObjectNode chunk(Citation.Sourced citation, String at) {
    String quote = citation.quote();
    return switch (citation.source()) {
      case Source.Web(String url, String title, var token) -> {
        lose(quote != null && !quote.isEmpty(), at, "quote");
        lose(token != null, at, "token");
        ObjectNode chunk = Json.object();
        put(chunk.putObject("web").put("uri", url), "title", title);
        yield chunk;
      }
      case Source.SearchResult(int _, String source, String title) -> {
        lose(true, at, "index");
        yield found(source.isEmpty() ? null : source, title, quote);
      }
      case Source.Document(int _, String title, String fileId) -> {
        lose(true, at, "index");
        lose(fileId != null, at, "file");
        yield found(null, title, quote);
      }
      case Source.File(String id, String name, String container) -> {
        lose(name != null || container != null, at, "file");
        yield found(null, name == null ? id : name, quote);
      }
    };
  }

  private static ObjectNode found(
      @Nullable String uri, @Nullable String title, @Nullable String quote) {
    ObjectNode chunk = Json.object();
    ObjectNode found = chunk.putObject("retrievedContext");
    put(found, "uri", uri);
    put(found, "title", title);
    put(found, "text", quote);
    return chunk;
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  private void lose(boolean isLost, String at, String what) {
    if (isLost) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".citations." + what));
    }
  }

  private int indexOf(JsonNode chunk) {
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.get(i).equals(chunk)) {
        return i;
      }
    }
    chunks.add(chunk);
    return chunks.size() - 1;
  }

  /// The chunks of the support for that passage, the last one's where it is the same.
  private ArrayNode support(String text, int part, @Nullable Passage passage) {
    int points = text.codePointCount(0, text.length());
    int from = text.offsetByCodePoints(0, passage == null ? 0 : Math.min(points, passage.from()));
    int to = text.offsetByCodePoints(0, passage == null ? points : Math.min(points, passage.to()));
    ObjectNode segment = Json.object();
    if (part > 0) {
      segment.put("partIndex", part);
    }
    segment
        .put("startIndex", bytesOf(text, 0, from))
        .put("endIndex", bytesOf(text, 0, to))
        .put("text", text.substring(from, to));
    JsonNode last = supports.path(supports.size() - 1);
    if (last.path("segment").equals(segment)) {
      return (ArrayNode) last.path("groundingChunkIndices");
    }
    ObjectNode support = supports.addObject();
    support.set("segment", segment);
    return support.putArray("groundingChunkIndices");
  }

  private static int bytesOf(String text, int from, int to) {
    return text.substring(from, to).codePoints().map(GeminiGrounding::bytesOf).sum();
  }

  /// How many bytes a code point has in UTF-8.
  static int bytesOf(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /// Whether there is nothing that was not yet written.
  boolean isEmpty() {
    return supports.isEmpty();
  }

  /// Puts what was cited since the last time into `candidate`, where there is anything; chunks are
  /// counted over all events of an answer.
  void writeTo(ObjectNode candidate) {
    if (isEmpty()) {
      return;
    }
    ObjectNode metadata = candidate.putObject("groundingMetadata");
    ArrayNode fresh = metadata.putArray("groundingChunks");
    for (; told < chunks.size(); told++) {
      fresh.add(chunks.get(told));
    }
    metadata.set("groundingSupports", supports);
    supports = Json.object().arrayNode();
  }
}
