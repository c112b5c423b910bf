// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.answer.Options.Option;
import java.util.List;
import java.util.function.Predicate;

/// Finds the kind of a panel's answers: from the form the request demands, the options it lists and the
/// words it asks with, and from what all its answers look like together.
///
/// Reading answers as something narrower than they are would make them agree on a part. So a kind is taken
/// only when every answer is plainly of it, or the question asks for it and most answers can be read so;
/// everything else is prose.
final class KindFinder {
  private static final double MOSTLY = 0.5;

  /// Longer answers, in characters, are not searched for a short one.
  private static final int LONGEST = 100_000;

  private final Question question;
  private final Wish wish;
  private final List<String> answers;

  /// @param answers those that are answers at all
  KindFinder(Question question, List<String> answers) {
    this.question = question;
    this.wish = new Wish(question.prompt());
    this.answers = List.copyOf(answers);
  }

  Kind find() {
    if (question.isJsonAsked()) {
      return new Kind.Json();
    }
    if (answers.stream().anyMatch(answer -> answer.length() > LONGEST)) {
      return new Kind.Prose();
    }
    List<Option> options = Options.in(question.prompt());
    if (!options.isEmpty() && most(answer -> new ChoiceAnswers(options).read(answer).isValid())) {
      return new Kind.Choice(options);
    }
    if (isTruth()) {
      return new Kind.Truth();
    }
    if (isCode()) {
      return new Kind.Code();
    }
    Kind.Date date = new Kind.Date(wish.order());
    if (all(DateAnswers::isPlain)
        || (wish.isDate() && all(answer -> DateAnswers.read(answer, date).isValid() && isShort(answer)))) {
      return date;
    }
    Kind.Amount number = number();
    if (number.isAsked() ? most(answer -> NumberAnswers.read(answer, number).isValid()) : all(NumberAnswers::isPlain)) {
      return number;
    }
    if (all(JsonAnswers::isJson) && !wish.isList()) {
      return new Kind.Json();
    }
    if (all(ItemAnswers::isPlain) && (wish.isList() || all(ItemAnswers::isMarked))) {
      return new Kind.Items(wish.isOrdered());
    }
    SpanAnswers spans = new SpanAnswers(question.prompt());
    return all(answer -> spans.read(answer).isValid()) ? new Kind.Span() : new Kind.Prose();
  }

  /// Asked for in so many words, or every answer leads so and either the question or their length leaves
  /// no room for more.
  private boolean isTruth() {
    boolean isRead = most(answer -> TruthAnswers.read(answer).isValid());
    boolean isAll = isRead && all(answer -> TruthAnswers.read(answer).isValid());
    return (wish.isTruth() && isRead) || (isAll && (wish.isPolar() || all(KindFinder::isBrief)));
  }

  private static boolean isBrief(String answer) {
    return answer.strip().split("\\s+", -1).length <= 5;
  }

  private boolean isCode() {
    boolean hasBlocks = all(answer -> Fences.last(answer).isPresent() && !JsonAnswers.isJson(answer));
    return hasBlocks && !wish.isPolar() && (wish.isCode() || all(answer -> Fences.share(answer) > MOSTLY));
  }

  private Kind.Amount number() {
    boolean isAsked = wish.isNumber() && !wish.isDate();
    return isAsked ? new Kind.Amount(wish.unit(), wish.places(), true) : new Kind.Amount(null, wish.places(), false);
  }

  private static boolean isShort(String answer) {
    return answer.length() <= 120;
  }

  private boolean all(Predicate<String> claim) {
    return !answers.isEmpty() && answers.stream().allMatch(claim);
  }

  /// More than half of them.
  private boolean most(Predicate<String> claim) {
    return answers.stream().filter(claim).count() * 2 > answers.size();
  }
}
