// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import dev.auriga.consensus.likeness.Aspect;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Likeness;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A date, a time of day or both, as far as a text says it.
///
/// @param minute of the day
/// @param isSwappable whether day and month may be the other way round, as in 03/04/2024
/// @param written how it stands in the text
public record Moment(
    @Nullable Integer year,
    @Nullable Integer month,
    @Nullable Integer day,
    @Nullable Integer minute,
    boolean isSwappable,
    String written) {

  /// Which of two numbers is the day.
  public enum Order {
    DAY_FIRST,
    MONTH_FIRST,
    /// Nobody said.
    UNKNOWN
  }

  Moment at(int minuteOfDay, String alsoWritten) {
    return new Moment(year, month, day, minuteOfDay, isSwappable, alsoWritten);
  }

  private Moment swapped() {
    return new Moment(year, day, month, minute, isSwappable, written);
  }

  /// Equal forms for equal moments; a swappable one has a form of its own.
  public String canonical() {
    return "%s-%s-%s %s%s".formatted(part(year), part(month), part(day), part(minute), isSwappable ? " or swapped" : "");
  }

  private static String part(@Nullable Integer number) {
    return number == null ? "?" : Integer.toString(number);
  }

  /// Different where no reading of the two is the same; unsure where they may be but one says less, or
  /// day and month may be swapped.
  public Comparison comparedWith(Moment other) {
    Likeness straight = likeness(other);
    if (!isSwappable && !other.isSwappable) {
      return Comparison.of(straight, Aspect.DATE, written, other.written);
    }
    boolean mayBe =
        straight != Likeness.DIFFERENT
            || (isSwappable && swapped().likeness(other) != Likeness.DIFFERENT)
            || (other.isSwappable && likeness(other.swapped()) != Likeness.DIFFERENT);
    return Comparison.of(mayBe ? Likeness.UNSURE : Likeness.DIFFERENT, Aspect.DATE, written, other.written);
  }

  private Likeness likeness(Moment other) {
    return likeness(year, other.year)
        .and(likeness(month, other.month))
        .and(likeness(day, other.day))
        .and(likeness(minute, other.minute));
  }

  private static Likeness likeness(@Nullable Integer one, @Nullable Integer other) {
    if (Objects.equals(one, other)) {
      return Likeness.SAME;
    }
    return one == null || other == null ? Likeness.UNSURE : Likeness.DIFFERENT;
  }
}
