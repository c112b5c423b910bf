// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the dates and times of day of a text: ISO, English words, and numbers with strokes or dots.
public final class Moments {
  /// A moment and where it stands.
  public record Found(int start, int end, Moment moment) {}

  private static final String MONTHS =
      "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
          + "|Nov(?:ember)?|Dec(?:ember)?)\\.?";
  private static final String FIRST_LETTERS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Pattern INSTANT =
      Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:\\d{2})");
  private static final Pattern ISO = Pattern.compile("\\b(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?!\\d|[-/]\\d)");
  private static final Pattern DAY_MONTH =
      Pattern.compile("\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]" + MONTHS + "(?:,?[ -](\\d{4}))?\\b");
  private static final Pattern MONTH_DAY =
      Pattern.compile("\\b" + MONTHS + " (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,? (\\d{4}))?\\b");
  private static final Pattern MONTH_YEAR = Pattern.compile("\\b" + MONTHS + ",? (\\d{4})\\b");
  private static final Pattern NUMBERS =
      Pattern.compile("(?<![\\d/.-])(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})(?![\\d/-]|\\.\\d)");
  private static final Pattern CLOCK =
      Pattern.compile("(?<![\\d:])(\\d{1,2}):(\\d{2})(?::\\d{2})?(?![\\d:])(?: ?([ap])\\.?m\\b\\.?)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOUR = Pattern.compile("(?<![\\d.,:])(\\d{1,2}) ?([ap])\\.?m\\b\\.?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOON = Pattern.compile("\\b(?:12 )?(noon|midnight)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern BETWEEN = Pattern.compile("(?:T|,? ?(?:at )?)");

  private final String text;
  private final Moment.Order order;
  private final List<Found> found = new ArrayList<>();

  private Moments(String text, Moment.Order order) {
    this.text = text;
    this.order = order;
  }

  /// The moments of a plain text, in its order; of dates in numbers `order` says which is the day.
  public static List<Found> in(String text, Moment.Order order) {
    Moments reading = new Moments(text, order);
    reading.find(INSTANT, Moments::instant);
    reading.find(ISO, iso -> date(number(iso, 1), number(iso, 2), number(iso, 3), iso));
    reading.find(DAY_MONTH, words -> date(number(words, 3), month(words.group(2)), number(words, 1), words));
    reading.find(MONTH_DAY, words -> date(number(words, 3), month(words.group(1)), number(words, 2), words));
    reading.find(MONTH_YEAR, words -> date(number(words, 2), month(words.group(1)), null, words));
    reading.find(NUMBERS, reading::numbers);
    reading.find(CLOCK, clock -> time(number(clock, 1), number(clock, 2), clock.group(3), clock));
    reading.find(HOUR, hour -> time(number(hour, 1), 0, hour.group(2), hour));
    reading.find(NOON, noon -> noon(noon));
    reading.found.sort(Comparator.comparingInt(Found::start));
    reading.joinTimesToDates();
    return List.copyOf(reading.found);
  }

  private void find(Pattern pattern, Function<Matcher, @Nullable Moment> reader) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int start = matcher.start();
      int end = matcher.end();
      Moment moment = reader.apply(matcher);
      if (moment != null && found.stream().noneMatch(other -> start < other.end && other.start < end)) {
        found.add(new Found(start, end, moment));
      }
    }
  }

  private void joinTimesToDates() {
    for (int i = found.size() - 2; i >= 0; i--) {
      Found date = found.get(i);
      Found time = found.get(i + 1);
      Integer minute = time.moment.minute();
      if (date.moment.day() != null && date.moment.minute() == null && time.moment.day() == null && minute != null
          && BETWEEN.matcher(text.substring(date.end, time.start)).matches()) {
        String written = text.substring(date.start, time.end);
        found.set(i, new Found(date.start, time.end, date.moment.at(minute, written)));
        found.remove(i + 1);
      }
    }
  }

  private static @Nullable Moment instant(Matcher found) {
    try {
      OffsetDateTime utc = OffsetDateTime.parse(found.group()).withOffsetSameInstant(ZoneOffset.UTC);
      int minute = utc.getHour() * 60 + utc.getMinute();
      return new Moment(utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth(), minute, false, found.group());
    } catch (DateTimeException _) {
      return null;
    }
  }

  private @Nullable Moment numbers(Matcher found) {
    int first = Integer.parseInt(found.group(1));
    int second = Integer.parseInt(found.group(3));
    int year = Integer.parseInt(found.group(4));
    int whole = found.group(4).length() == 2 ? year + (year < 70 ? 2000 : 1900) : year;
    boolean isDayFirst =
        order == Moment.Order.DAY_FIRST || first > 12 || (order == Moment.Order.UNKNOWN && found.group(2).equals("."));
    boolean isMonthFirst = order == Moment.Order.MONTH_FIRST || second > 12;
    if (isDayFirst || isMonthFirst || first == second) {
      return isDayFirst ? date(whole, second, first, found) : date(whole, first, second, found);
    }
    return new Moment(whole, first, second, null, true, found.group());
  }

  private static @Nullable Moment date(
      @Nullable Integer year, @Nullable Integer month, @Nullable Integer day, Matcher found) {
    boolean isDate = month != null && month >= 1 && month <= 12 && (day == null || (day >= 1 && day <= 31));
    return isDate ? new Moment(year, month, day, null, false, found.group()) : null;
  }

  private static @Nullable Moment time(
      @Nullable Integer hour, @Nullable Integer minute, @Nullable String half, Matcher found) {
    if (hour == null || minute == null || minute > 59 || hour > 24 || (half != null && (hour > 12 || hour == 0))) {
      return null;
    }
    int hours = half == null ? hour : hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    return new Moment(null, null, null, hours * 60 + minute, false, found.group());
  }

  private static Moment noon(Matcher found) {
    int minute = found.group(1).equalsIgnoreCase("noon") ? 12 * 60 : 0;
    return new Moment(null, null, null, minute, false, found.group());
  }

  private static int month(String word) {
    return FIRST_LETTERS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT)) / 3 + 1;
  }

  private static @Nullable Integer number(Matcher found, int group) {
    String digits = found.group(group);
    return digits == null ? null : Integer.valueOf(digits);
  }
}
