// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Citation.Passage;
import dev.auriga.completion.Citation.Source;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `annotations` of OpenAI's two APIs as citations: flat in Responses, within a field of the
/// name of their type in Chat Completions, where there is only `url_citation`.
///
/// Positions are characters of the text, taken for code points. `index` of a file citation is the
/// position of its mark. OpenRouter adds `content`, the words of the page. Sources: OpenAI OpenAPI
/// document, `Annotation` and `ChatCompletionResponseMessage`; OpenRouter documentation, Web search.
public final class OpenAiAnnotations {
  private static final Set<String> WEB =
      Set.of("type", "url", "title", "start_index", "end_index", "content");
  private static final Set<String> FILE = Set.of("type", "file_id", "filename", "index");
  private static final Set<String> CONTAINER_FILE =
      Set.of("type", "container_id", "file_id", "filename", "start_index", "end_index");

  private OpenAiAnnotations() {}

  /// The citation `annotation` means, which stands at `at`; one of a type without a neutral word
  /// belongs to `dialect`.
  public static Citation read(JsonNode annotation, String dialect, String at, Leftovers rest) {
    String type = annotation.path("type").asString("");
    JsonNode fields = annotation.path(type).isObject() ? annotation.path(type) : annotation;
    boolean isNamed = fields.path(type.equals("url_citation") ? "url" : "file_id").isString();
    return switch (isNamed ? type : "") {
      case "url_citation" -> {
        rest.keepRest(fields, at, WEB);
        yield new Citation.Sourced(
            new Source.Web(
                fields.path("url").stringValue(), fields.path("title").asString(null), null),
            fields.path("content").asString(null), null, passage(fields));
      }
      case "file_citation" -> {
        rest.keepRest(fields, at, FILE);
        int mark = Math.max(0, fields.path("index").asInt(0));
        yield new Citation.Sourced(file(fields), null, null, new Passage(mark, mark));
      }
      case "container_file_citation" -> {
        rest.keepRest(fields, at, CONTAINER_FILE);
        yield new Citation.Sourced(file(fields), null, null, passage(fields));
      }
      default -> new Citation.Unknown(dialect, Json.raw(annotation));
    };
  }

  private static Source file(JsonNode fields) {
    return new Source.File(
        fields.path("file_id").stringValue(),
        fields.path("filename").asString(null),
        fields.path("container_id").asString(null));
  }

  private static @Nullable Passage passage(JsonNode fields) {
    int from = Math.max(0, fields.path("start_index").asInt(0));
    return fields.path("end_index").isNumber()
        ? new Passage(from, Math.max(from, fields.path("end_index").asInt(0)))
        : null;
  }

  /// The annotation of Chat Completions that tells `citation`, whose passage is absent only where
  /// there is no text; null, with a loss below `at`, where none does.
  static @Nullable ObjectNode chat(Citation citation, String at, Collection<Loss> losses) {
    List<Loss> ofFlat = new ArrayList<>();
    ObjectNode flat = flat(citation, OpenAiChat.NAME, at, ofFlat);
    if (flat == null || citation instanceof Citation.Unknown) {
      losses.addAll(ofFlat);
      return flat;
    }
    if (!flat.path("type").asString("").equals("url_citation")) {
      return lost(new Loss(Reason.UNSUPPORTED_VALUE, at + ".citations"), losses);
    }
    losses.addAll(ofFlat);
    flat.remove("type");
    return Json.object().put("type", "url_citation").set("url_citation", flat);
  }

  /// The annotation of the Responses API that tells `citation`, as [#chat].
  public static @Nullable ObjectNode flat(
      Citation citation, String dialect, String at, Collection<Loss> losses) {
    return switch (citation) {
      case Citation.Unknown(String from, var raw) ->
          from.equals(dialect) && Json.read(raw) instanceof ObjectNode own
              ? own
              : lost(new Loss(Reason.FOREIGN_FIELD, at + ".citations"), losses);
      case Citation.Sourced sourced -> {
        ObjectNode flat = sourced(sourced, at, losses);
        if (flat != null) {
          lose(sourced.quote() != null && !sourced.quote().isEmpty(), at, "quote", losses);
          lose(sourced.place() != null, at, "place", losses);
        }
        yield flat;
      }
    };
  }

  private static @Nullable ObjectNode sourced(
      Citation.Sourced citation, String at, Collection<Loss> losses) {
    Passage passage = citation.passage() == null ? new Passage(0, 0) : citation.passage();
    return switch (citation.source()) {
      case Source.Web(String url, String title, var token) -> {
        lose(token != null, at, "token", losses);
        yield web(url, title, passage);
      }
      case Source.SearchResult(int _, String source, String title)
          when source.startsWith("https://") || source.startsWith("http://") -> {
        lose(true, at, "index", losses);
        yield web(source, title, passage);
      }
      case Source.Document(int _, String title, String fileId) when fileId != null -> {
        lose(true, at, "index", losses);
        yield file(fileId, title, passage);
      }
      case Source.File(String id, String name, String container) ->
          container == null
              ? file(id, name, passage)
              : placed(
                  Json.object().put("type", "container_file_citation"), passage)
                  .put("container_id", container)
                  .put("file_id", id)
                  .put("filename", name == null ? id : name);
      case Source.SearchResult _, Source.Document _ ->
          lost(new Loss(Reason.UNSUPPORTED_VALUE, at + ".citations"), losses);
    };
  }

  private static ObjectNode web(String url, @Nullable String title, Passage passage) {
    return placed(Json.object().put("type", "url_citation"), passage)
        .put("url", url)
        .put("title", title == null ? url : title);
  }

  private static ObjectNode placed(ObjectNode annotation, Passage passage) {
    return annotation.put("start_index", passage.from()).put("end_index", passage.to());
  }

  private static ObjectNode file(String id, @Nullable String name, Passage passage) {
    return Json.object()
        .put("type", "file_citation")
        .put("file_id", id)
        .put("filename", name == null ? id : name)
        .put("index", passage.to());
  }

  private static void lose(boolean isLost, String at, String what, Collection<Loss> losses) {
    if (isLost) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".citations." + what));
    }
  }

  private static @Nullable ObjectNode lost(Loss loss, Collection<Loss> losses) {
    losses.add(loss);
    return null;
  }
}
