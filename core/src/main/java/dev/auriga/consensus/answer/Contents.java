// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.likeness.Aspect;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Contrast;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.consensus.value.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares what two answers of one reading say.
public final class Contents {
  private static final int SHORT_SPAN = 3;
  private static final int SHORT_ITEM = 3;

  private Contents() {}

  /// Throws [IllegalArgumentException] when one is no valid answer.
  public static Comparison compare(Content one, Content other) {
    if (!one.isValid() || !other.isValid()) {
      throw new IllegalArgumentException("what is no answer is not compared: " + one + ", " + other);
    }
    return switch (one) {
      case Content.Amount number when other instanceof Content.Amount it -> numbers(number, it);
      case Content.Choice choice when other instanceof Content.Choice it ->
          choice.equals(it)
              ? Comparison.SAME
              : Comparison.different(Aspect.OPTION, String.join(", ", choice.letters()), String.join(", ", it.letters()));
      case Content.Truth truth when other instanceof Content.Truth it ->
          truth == it ? Comparison.SAME : Comparison.different(Aspect.LEAD, lower(truth), lower(it));
      case Content.Date date when other instanceof Content.Date it -> date.moment().comparedWith(it.moment());
      case Content.Json json when other instanceof Content.Json it -> trees(json, it);
      case Content.Items items when other instanceof Content.Items it -> items(items, it);
      case Content.Code code when other instanceof Content.Code it ->
          code.equals(it) ? Comparison.SAME : Comparison.unsure(Aspect.CODE, differing(code, it), differing(it, code));
      case Content.Span span when other instanceof Content.Span it -> spans(span, it);
      case Content.Text text when other instanceof Content.Text it -> text.text().comparedWith(it.text());
      case Content.Amount _, Content.Choice _, Content.Truth _, Content.Date _, Content.Json _, Content.Items _,
          Content.Code _, Content.Span _, Content.Text _, Content.Nothing _ ->
          throw new IllegalArgumentException("not of one kind: " + one + ", " + other);
    };
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Comparison numbers(Content.Amount one, Content.Amount other) {
    List<Quantity> ours = one.quantities();
    List<Quantity> theirs = other.quantities();
    if (ours.size() != theirs.size()) {
      return Comparison.different(Aspect.NUMBER, written(ours), written(theirs));
    }
    Likeness likeness = Likeness.SAME;
    List<Contrast> contrasts = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      Comparison found = ours.get(i).comparedWith(theirs.get(i));
      likeness = likeness.and(found.likeness());
      contrasts.addAll(found.contrasts());
    }
    boolean countsOther =
        !one.counted().isEmpty() && !other.counted().isEmpty() && Collections.disjoint(one.counted(), other.counted());
    if (likeness == Likeness.SAME && countsOther) {
      return Comparison.unsure(Aspect.WORDING, String.join(" ", one.counted()), String.join(" ", other.counted()));
    }
    return likeness == Likeness.SAME ? Comparison.SAME : new Comparison(likeness, contrasts, 0);
  }

  private static String written(List<Quantity> quantities) {
    return String.join(", ", quantities.stream().map(Quantity::written).toList());
  }

  private static Comparison trees(Content.Json one, Content.Json other) {
    Set<String> paths = new TreeSet<>(one.leaves().keySet());
    paths.addAll(other.leaves().keySet());
    Likeness likeness = Likeness.SAME;
    List<Contrast> contrasts = new ArrayList<>();
    int same = 0;
    for (String path : paths) {
      JsonLeaf ours = one.leaves().get(path);
      JsonLeaf theirs = other.leaves().get(path);
      Comparison found =
          ours == null || theirs == null
              ? Comparison.different(Aspect.FIELD, said(ours), said(theirs))
              : ours.comparedWith(theirs);
      likeness = likeness.and(found.likeness());
      same += found.isSame() ? 1 : 0;
      if (!found.isSame()) {
        contrasts.add(new Contrast(Aspect.FIELD, path.replaceFirst("^\\.", "") + ": " + said(ours), path.replaceFirst("^\\.", "") + ": " + said(theirs)));
      }
    }
    double share = paths.isEmpty() ? 1 : (double) same / paths.size();
    return new Comparison(likeness, contrasts, share);
  }

  private static String said(@Nullable JsonLeaf leaf) {
    return leaf == null ? "" : leaf.value();
  }

  private static Comparison items(Content.Items one, Content.Items other) {
    Set<String> ours = new TreeSet<>(one.items());
    Set<String> theirs = new TreeSet<>(other.items());
    if (!ours.equals(theirs)) {
      Set<String> mine = new TreeSet<>(ours);
      mine.removeAll(theirs);
      theirs.removeAll(ours);
      boolean isShort = isShort(mine) && isShort(theirs);
      return Comparison.of(
          isShort ? Likeness.DIFFERENT : Likeness.UNSURE, Aspect.ITEM, String.join(", ", mine), String.join(", ", theirs));
    }
    return !one.isOrdered() || one.items().equals(other.items())
        ? Comparison.SAME
        : Comparison.different(Aspect.ORDER, String.join(", ", one.items()), String.join(", ", other.items()));
  }

  private static boolean isShort(Collection<String> items) {
    return items.stream().allMatch(item -> item.split(" ", -1).length <= SHORT_ITEM);
  }

  /// The first stretch of tokens in which a program differs from the other.
  private static String differing(Content.Code code, Content.Code from) {
    int at = 0;
    while (at < code.tokens().size() && at < from.tokens().size() && code.tokens().get(at).equals(from.tokens().get(at))) {
      at++;
    }
    return String.join(" ", code.tokens().subList(at, Math.min(at + 8, code.tokens().size()))).strip();
  }

  /// Beyond equal words: vetoes tell differences, and few words without one in common are different names,
  /// unless one may be short for the other.
  private static Comparison spans(Content.Span one, Content.Span other) {
    if (one.words().equals(other.words())) {
      return Comparison.SAME;
    }
    Comparison asProse = one.written().comparedWith(other.written());
    if (asProse.likeness() != Likeness.UNSURE) {
      return asProse;
    }
    boolean isOther =
        one.written().isReadable() && other.written().isReadable() && one.words().size() <= SHORT_SPAN && other.words().size() <= SHORT_SPAN
            && Collections.disjoint(one.words(), other.words()) && !isInitials(one.words(), other.words()) && !isInitials(other.words(), one.words());
    return Comparison.of(isOther ? Likeness.DIFFERENT : Likeness.UNSURE, Aspect.WORDING, one.written().text(), other.written().text());
  }

  /// Whether the first is the initials of the second, as "UN" is.
  private static boolean isInitials(List<String> shortened, List<String> words) {
    StringBuilder initials = new StringBuilder();
    words.forEach(word -> initials.appendCodePoint(word.codePointAt(0)));
    return words.size() > 1 && String.join("", shortened).replace(".", "").contentEquals(initials);
  }
}
