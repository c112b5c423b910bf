// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Citation.Place;
import dev.auriga.completion.Citation.Source;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Opaque;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import dev.auriga.dialect.Wrapping;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `citations` of text blocks. A citation is of the whole block, so no passage is told.
///
/// A page of the web needs the `encrypted_index` of Anthropic's own search; a client is shown a
/// [Wrapping] where another provider searched, and [AnthropicPass] takes it off again. Source:
/// Anthropic OpenAPI document, `ResponseCharLocationCitation` and the like.
final class AnthropicCitations {
  private static final Set<String> DOCUMENT =
      Set.of(
          "type", "cited_text", "document_index", "document_title", "file_id", "start_char_index",
          "end_char_index", "start_page_number", "end_page_number", "start_block_index",
          "end_block_index");
  private static final Set<String> WEB =
      Set.of("type", "cited_text", "url", "title", "encrypted_index");
  private static final Set<String> SEARCH_RESULT =
      Set.of(
          "type", "cited_text", "source", "title", "search_result_index", "start_block_index",
          "end_block_index");

  private AnthropicCitations() {}

  /// Whether the citation is of a page that another provider found.
  static boolean isWrapped(JsonNode citation) {
    return Wrapping.isWrapped(citation.path("encrypted_index").stringValue(""));
  }

  /// The citation `citation` means, which stands at `at`.
  static Citation read(JsonNode citation, String at, Leftovers rest) {
    String type = citation.path("type").stringValue("");
    String needed =
        switch (type) {
          case "web_search_result_location" -> "url";
          case "search_result_location" -> "source";
          default -> "type";
        };
    return switch (citation.path(needed).isString() ? type : "") {
      case "char_location" -> ofDocument(citation, Place.Unit.CHARACTER, "char_index", at, rest);
      case "page_location" -> ofDocument(citation, Place.Unit.PAGE, "page_number", at, rest);
      case "content_block_location" ->
          ofDocument(citation, Place.Unit.BLOCK, "block_index", at, rest);
      case "web_search_result_location" -> {
        rest.keepRest(citation, at, WEB);
        String token = citation.path("encrypted_index").stringValue("");
        yield sourced(
            new Source.Web(
                citation.path("url").stringValue(),
                citation.path("title").stringValue(null),
                token.isEmpty() || Wrapping.isWrapped(token)
                    ? null
                    : new Opaque(AnthropicMessages.NAME, token)),
            citation, null);
      }
      case "search_result_location" -> {
        rest.keepRest(citation, at, SEARCH_RESULT);
        yield sourced(
            new Source.SearchResult(
                citation.path("search_result_index").asInt(0),
                citation.path("source").stringValue(),
                citation.path("title").stringValue(null)),
            citation, place(citation, Place.Unit.BLOCK, "block_index"));
      }
      default -> new Citation.Unknown(AnthropicMessages.NAME, Json.raw(citation));
    };
  }

  private static Citation ofDocument(
      JsonNode citation, Place.Unit unit, String position, String at, Leftovers rest) {
    if (!citation.path("document_index").isNumber()) {
      return new Citation.Unknown(AnthropicMessages.NAME, Json.raw(citation));
    }
    rest.keepRest(citation, at, DOCUMENT);
    return sourced(
        new Source.Document(
            citation.path("document_index").asInt(0),
            citation.path("document_title").stringValue(null),
            citation.path("file_id").stringValue(null)),
        citation, place(citation, unit, position));
  }

  private static Citation sourced(Source source, JsonNode citation, @Nullable Place place) {
    return new Citation.Sourced(
        source, citation.path("cited_text").stringValue(null), place, null);
  }

  private static Place place(JsonNode citation, Place.Unit unit, String position) {
    return new Place(
        unit,
        citation.path("start_" + position).asInt(0), citation.path("end_" + position).asInt(0));
  }

  /// The citation a client is shown; null, with a loss below `at`, where there is no form. A loss
  /// tells of a passage only where `isAll` does not hold of it.
  static @Nullable ObjectNode shown(
      Citation citation, boolean isAll, String at, Collection<Loss> losses) {
    return switch (citation) {
      case Citation.Unknown(String dialect, var raw) ->
          dialect.equals(AnthropicMessages.NAME) && Json.read(raw) instanceof ObjectNode own
              ? own
              : lost(Reason.FOREIGN_FIELD, at, losses);
      case Citation.Sourced sourced -> {
        ObjectNode shown = shown(sourced, at, losses);
        if (shown != null && sourced.passage() != null && !isAll) {
          losses.add(new Loss(Reason.APPROXIMATED, at + ".citations.passage"));
        }
        yield shown;
      }
    };
  }

  private static @Nullable ObjectNode shown(
      Citation.Sourced citation, String at, Collection<Loss> losses) {
    String quote = citation.quote() == null ? "" : citation.quote();
    return switch (citation.source()) {
      case Source.Document document when citation.place() != null ->
          ofDocument(document, quote, citation.place()).put("file_id", document.fileId());
      case Source.SearchResult result -> {
        Place place = citation.place();
        if (place == null) {
          losses.add(new Loss(Reason.APPROXIMATED, at + ".citations.place"));
          place = new Place(Place.Unit.BLOCK, 0, 1);
        }
        yield ofSearchResult(result, quote, place);
      }
      case Source.Web web -> {
        Opaque token = web.token();
        String own =
            token != null && token.isOf(AnthropicMessages.NAME)
                ? token.value()
                : new Wrapping(null, Wrapping.Subject.CITATION).text();
        yield ofWeb(web, quote, own);
      }
      case Source.Document _, Source.File _ -> lost(Reason.UNSUPPORTED_VALUE, at, losses);
    };
  }

  /// The citation in a history for Anthropic, which checks it against what was cited: null, with a
  /// loss, where it is not one of Anthropic's own.
  static @Nullable ObjectNode returned(Citation citation, String at, Collection<Loss> losses) {
    if (citation instanceof Citation.Sourced(Source source, String quote, Place place, var _)
        && quote != null) {
      switch (source) {
        case Source.Document document when place != null -> {
          return ofDocument(document, quote, place);
        }
        case Source.SearchResult result when place != null -> {
          return ofSearchResult(result, quote, place);
        }
        case Source.Web web when web.token() != null && web.token().isOf(AnthropicMessages.NAME) -> {
          return ofWeb(web, quote, web.token().value());
        }
        case Source.Document _, Source.SearchResult _, Source.Web _, Source.File _ -> {}
      }
    }
    return lost(Reason.UNSUPPORTED_VALUE, at, losses);
  }

  private static ObjectNode ofDocument(Source.Document document, String quote, Place place) {
    String position =
        switch (place.unit()) {
          case CHARACTER -> "char_index";
          case PAGE -> "page_number";
          case BLOCK -> "block_index";
        };
    String type =
        switch (place.unit()) {
          case CHARACTER -> "char_location";
          case PAGE -> "page_location";
          case BLOCK -> "content_block_location";
        };
    return Json.object()
        .put("type", type)
        .put("cited_text", quote)
        .put("document_index", document.index())
        .put("document_title", document.title())
        .put("start_" + position, place.from())
        .put("end_" + position, place.to());
  }

  private static ObjectNode ofSearchResult(
      Source.SearchResult result, String quote, Place place) {
    return Json.object()
        .put("type", "search_result_location")
        .put("cited_text", quote)
        .put("source", result.source())
        .put("title", result.title())
        .put("search_result_index", result.index())
        .put("start_block_index", place.from())
        .put("end_block_index", place.to());
  }

  private static ObjectNode ofWeb(Source.Web web, String quote, String token) {
    return Json.object()
        .put("type", "web_search_result_location")
        .put("cited_text", quote)
        .put("url", web.url())
        .put("title", web.title())
        .put("encrypted_index", token);
  }

  private static @Nullable ObjectNode lost(Reason reason, String at, Collection<Loss> losses) {
    losses.add(new Loss(reason, at + ".citations"));
    return null;
  }
}
