// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import dev.auriga.consensus.likeness.Aspect;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Contrast;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// What keeps two sentences on one topic from being the same, however alike their words are.
final class Vetoes {
  /// How much topics must overlap for sentences to be about one thing.
  private static final double ONE_TOPIC = 0.5;

  /// Sentences of more tokens than these are none.
  private static final int LONGEST = 200;

  private final Claim one;
  private final Claim other;
  private final List<Contrast> contrasts = new ArrayList<>();

  private Vetoes(Claim one, Claim other) {
    this.one = one;
    this.other = other;
  }

  /// Same where the sentences say the same, different where a veto fires, else unsure.
  static Comparison compare(Claim one, Claim other) {
    if (one.tokens().equals(other.tokens())) {
      return Comparison.SAME;
    }
    Vetoes vetoes = new Vetoes(one, other);
    if (one.tokens().size() <= LONGEST && other.tokens().size() <= LONGEST && vetoes.isOneTopic()) {
      vetoes.denial();
      vetoes.opposites();
      vetoes.values(Aspect.NUMBER, one.amounts(), other.amounts(), Vetoes::amounts);
      vetoes.values(Aspect.DATE, one.moments(), other.moments(), Moment::comparedWith);
      vetoes.names();
      vetoes.modality();
      vetoes.order();
    }
    return vetoes.contrasts.isEmpty()
        ? Comparison.unsure(Aspect.WORDING, one.written(), other.written())
        : new Comparison(Likeness.DIFFERENT, vetoes.contrasts, 0);
  }

  /// Opposed words count as shared: they speak of one thing.
  private boolean isOneTopic() {
    int both = one.topic().size() + other.topic().size();
    Set<String> ours = new HashSet<>(one.topic());
    ours.removeAll(other.topic());
    Set<String> theirs = new HashSet<>(other.topic());
    theirs.removeAll(one.topic());
    long opposed = ours.stream().filter(word -> theirs.stream().anyMatch(each -> Vocabulary.areOpposed(word, each))).count();
    long shared = one.topic().size() - ours.size() + opposed;
    boolean hasNames = one.names().stream().anyMatch(ours::contains) && other.names().stream().anyMatch(theirs::contains);
    return both == 0 || 2.0 * shared / both >= (hasNames ? ONE_TOPIC / 2 : ONE_TOPIC);
  }

  private void denial() {
    if (one.isDenied() != other.isDenied()) {
      contrasts.add(new Contrast(Aspect.POLARITY, one.written(), other.written()));
    }
  }

  private void opposites() {
    for (String ours : only(one.tokens(), other.tokens())) {
      for (String theirs : only(other.tokens(), one.tokens())) {
        if (Vocabulary.areOpposed(ours, theirs)) {
          boolean isOrder = ours.equals("before") || theirs.equals("before");
          contrasts.add(new Contrast(isOrder ? Aspect.ORDER : Aspect.POLARITY, ours, theirs));
        } else if (isComparison(ours) && isComparison(theirs)) {
          contrasts.add(new Contrast(Aspect.MODALITY, ours, theirs));
        }
      }
    }
  }

  private static boolean isComparison(String token) {
    return token.chars().allMatch(each -> "<>=≤≥≠".indexOf(each) >= 0);
  }

  /// The values that only one side has, against those that only the other has, in their order.
  private <T> void values(Aspect aspect, List<T> ours, List<T> theirs, BiFunction<T, T, Comparison> compare) {
    List<T> mine = ours.stream().filter(each -> theirs.stream().noneMatch(it -> compare.apply(each, it).isSame())).toList();
    List<T> yours = theirs.stream().filter(each -> ours.stream().noneMatch(it -> compare.apply(it, each).isSame())).toList();
    for (int i = 0; i < Math.min(mine.size(), yours.size()); i++) {
      Comparison found = compare.apply(mine.get(i), yours.get(i));
      if (found.likeness() == Likeness.DIFFERENT) {
        contrasts.addAll(found.contrasts());
      }
    }
    boolean isSwapped =
        mine.isEmpty() && yours.isEmpty() && ours.size() == theirs.size() && ours.size() > 1
            && one.topic().equals(other.topic()) && !sameOrder(ours, theirs, compare);
    if (isSwapped) {
      contrasts.add(new Contrast(aspect, one.written(), other.written()));
    }
  }

  private static <T> boolean sameOrder(List<T> ours, List<T> theirs, BiFunction<T, T, Comparison> compare) {
    for (int i = 0; i < ours.size(); i++) {
      if (!compare.apply(ours.get(i), theirs.get(i)).isSame()) {
        return false;
      }
    }
    return true;
  }

  /// In prose a unit that only one side names is a veto too.
  private static Comparison amounts(Quantity one, Quantity other) {
    Comparison found = one.comparedWith(other);
    boolean isUnit = found.likeness() == Likeness.UNSURE && found.contrasts().getFirst().aspect() == Aspect.UNIT;
    return isUnit ? Comparison.different(Aspect.UNIT, one.written(), other.written()) : found;
  }

  private void names() {
    Set<String> ours = only(one.names(), new HashSet<>(other.tokens()));
    Set<String> theirs = only(other.names(), new HashSet<>(one.tokens()));
    if (!ours.isEmpty() && !theirs.isEmpty()) {
      contrasts.add(new Contrast(Aspect.ENTITY, String.join(", ", ours), String.join(", ", theirs)));
    }
  }

  private void modality() {
    for (boolean isModal : new boolean[] {true, false}) {
      Set<String> ours = classes(one, isModal);
      Set<String> theirs = classes(other, isModal);
      if (!ours.isEmpty() && !theirs.isEmpty() && !ours.equals(theirs)) {
        contrasts.add(new Contrast(Aspect.MODALITY, String.join(", ", ours), String.join(", ", theirs)));
      }
    }
  }

  private static Set<String> classes(Claim claim, boolean isModal) {
    return claim.tokens().stream()
        .map(Vocabulary::classOf)
        .filter(each -> !each.isEmpty() && Vocabulary.isModal(each) == isModal)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// "A before B" against "B before A": two stretches have changed places.
  private void order() {
    List<String> ours = one.tokens();
    List<String> theirs = other.tokens();
    int size = ours.size();
    if (size != theirs.size()) {
      return;
    }
    int begin = 0;
    while (begin < size && ours.get(begin).equals(theirs.get(begin))) {
      begin++;
    }
    int end = size;
    while (end > begin && ours.get(end - 1).equals(theirs.get(end - 1))) {
      end--;
    }
    List<String> mine = ours.subList(begin, end);
    List<String> yours = theirs.subList(begin, end);
    if (areSwapped(mine, yours)) {
      contrasts.add(new Contrast(Aspect.ORDER, one.written(), other.written()));
    }
  }

  /// Whether `mine` is X M Y and `yours` is Y M X, with a middle.
  private static boolean areSwapped(List<String> mine, List<String> yours) {
    int size = mine.size();
    for (int first = 1; first < size - 1; first++) {
      for (int last = 1; first + last < size; last++) {
        if (mine.subList(0, first).equals(yours.subList(size - first, size))
            && mine.subList(size - last, size).equals(yours.subList(0, last))
            && mine.subList(first, size - last).equals(yours.subList(last, size - first))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> only(Collection<String> these, Collection<String> those) {
    Set<String> only = new TreeSet<>(these);
    only.removeAll(those);
    return only;
  }
}
