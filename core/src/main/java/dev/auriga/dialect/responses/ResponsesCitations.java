// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.openai.OpenAiAnnotations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What one text on its way cites, told when it ends: only then it is known how far a citation of
/// all of it goes.
final class ResponsesCitations {
  private record Cited(Citation citation, String at) {}

  private final List<Cited> waiting = new ArrayList<>(0);

  /// A loss of it is told as of `at`.
  void add(Citation citation, String at) {
    waiting.add(new Cited(citation, at));
  }

  /// The annotations of the text that ends as `text`.
  List<ObjectNode> end(CharSequence text, Collection<Loss> losses) {
    Citation.Passage all =
        new Citation.Passage(0, Character.codePointCount(text, 0, text.length()));
    List<ObjectNode> annotations = new ArrayList<>(waiting.size());
    for (Cited cited : waiting) {
      Citation citation =
          cited.citation instanceof Citation.Sourced sourced && sourced.passage() == null
              ? sourced.withPassage(all)
              : cited.citation;
      ObjectNode annotation =
          OpenAiAnnotations.flat(citation, OpenAiResponses.NAME, cited.at, losses);
      if (annotation != null) {
        annotations.add(annotation);
      }
    }
    waiting.clear();
    return annotations;
  }
}
