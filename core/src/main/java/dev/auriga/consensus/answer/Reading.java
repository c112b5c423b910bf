// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import java.util.List;
import java.util.Optional;

/// How the answers of one panel are read: by one kind for all of them.
///
/// The order in which answers come makes no difference.
public final class Reading {
  private final Question question;
  private final Kind kind;

  private Reading(Question question, Kind kind) {
    this.question = question;
    this.kind = kind;
  }

  /// The reading for these answers to that question.
  public static Reading of(Question question, List<String> answers) {
    List<String> given = answers.stream().filter(answer -> nothing(answer).isEmpty()).toList();
    return new Reading(question, new KindFinder(question, given).find());
  }

  public Kind kind() {
    return kind;
  }

  public Content read(String answer) {
    Optional<Content> nothing = nothing(answer);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    return switch (kind) {
      case Kind.Amount number -> NumberAnswers.read(answer, number);
      case Kind.Choice choice -> new ChoiceAnswers(choice.options()).read(answer);
      case Kind.Truth _ -> TruthAnswers.read(answer);
      case Kind.Date date -> DateAnswers.read(answer, date);
      case Kind.Json _ -> JsonAnswers.read(answer);
      case Kind.Items items -> ItemAnswers.read(answer, items);
      case Kind.Code _ -> Fences.last(answer).<Content>map(block -> new Content.Code(CodeTokens.of(block))).orElse(Content.Nothing.UNREAD);
      case Kind.Span _ -> new SpanAnswers(question.prompt()).read(answer);
      case Kind.Prose _ -> new Content.Text(Prose.of(answer));
    };
  }

  /// That there is no answer, where there is none.
  private static Optional<Content> nothing(String answer) {
    if (answer.isBlank()) {
      return Optional.of(Content.Nothing.EMPTY);
    }
    return Refusals.isRefusal(answer) ? Optional.of(Content.Nothing.REFUSED) : Optional.empty();
  }
}
