// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.value.Moment;
import dev.auriga.consensus.value.Unit;
import dev.auriga.consensus.value.Units;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a question's wording asks for.
final class Wish {
  private static final Pattern TRUTH =
      Pattern.compile("\\b(?:yes or no|yes/no|true or false|true/false|answer (?:with )?(?:yes|true)\\b)", Pattern.CASE_INSENSITIVE);
  private static final Pattern POLAR =
      Pattern.compile(
          "(?:^|[.?!\\n]\\s*)(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|must|may)\\s[^.?!\\n]{2,400}\\?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MORE =
      Pattern.compile("(?:\\band|[,?.])\\s+(?:if so,?\\s+|if not,?\\s+)?(?:when|which|what|how|why|who|where)\\b", Pattern.CASE_INSENSITIVE);
  private static final String MEASURES =
      "sum|product|difference|quotient|total|value|number|amount|count|percentage|probability|likelihood|average|mean"
          + "|median|area|perimeter|volume|capacity|distance|depth|price|cost|bill|balance|speed|rate|length|width|height"
          + "|weight|mass|age|profit|remainder|ratio|fraction|temperature|salary|score|measure|population";
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\bhow (?:many|much|long|far|old|tall|high|heavy|fast|often|big|deep|wide|large|hot)\\b|\\b(?:calculate|compute|evaluate)\\b"
              + "|\\bwhat (?:percentage|percent|fraction|number|temperature|speed|score)\\b"
              + "|\\b(?:find|determine|what(?: is|'s| was| are| were| will be| would be)) (?:the |his |her |its |their |[\\w']{1,30}'s? )?"
              + "(?:[\\w']{1,30} ){0,3}?(?:" + MEASURES + ")s?\\b"
              + "|\\bwhat(?: is|'s) [-(\\d][\\d\\s().,+*/^×÷%-]{0,100}(?:\\?|$)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE =
      Pattern.compile("\\bwhat (?:date|day)\\b|\\b(?:on )?which (?:date|day)\\b|\\bwhen (?:is|was|were|are|did|does|do|will|has|had|can|should)\\b[^.?!\\n]{1,200}\\?|\\bwhat time\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIST =
      Pattern.compile("\\b(?:list|name|enumerate|give me|what are)\\s+(?:all|every|the|each|\\d+|two|three|four|five|six|seven|eight|ten|some)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ORDERED =
      Pattern.compile(
          "\\b(?:in (?:\\w+ )?order|order(?:ed)? by|rank(?:ed|ing)?|sort(?:ed)?|chronological(?:ly)?|ascending|descending"
              + "|alphabetical(?:ly)?|sequence|steps|from \\w+ to \\w+|top \\d+|first to last)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CODE =
      Pattern.compile(
          "\\b(?:write|implement|create|code|refactor|rewrite|complete|generate|translate|convert|fix)\\b[^.?!\\n]{0,200}"
              + "\\b(?:function|program|script|class|method|code|query|regex|algorithm|sql|python|java|javascript|typescript"
              + "|rust|go|bash|c\\+\\+|html|css|tree|list|sort|parser|test)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern UNIT =
      Pattern.compile("\\b(?:how many|in|number of) ((?:square |cubic )?[\\p{L}µ°%]+(?: per [\\p{L}]+|/[\\p{L}]+)?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PERCENT = Pattern.compile("\\bwhat (?:percentage|percent)\\b|\\bas a percentage\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern PLACES =
      Pattern.compile("\\bto (\\w+) decimal (?:place|point|digit)s?|\\bto the nearest (\\w+)|\\b(\\w+) decimal places?", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Integer> DECIMALS =
      Map.ofEntries(
          Map.entry("one", 1), Map.entry("two", 2), Map.entry("three", 3), Map.entry("four", 4), Map.entry("five", 5),
          Map.entry("six", 6), Map.entry("integer", 0), Map.entry("whole", 0), Map.entry("unit", 0), Map.entry("tenth", 1),
          Map.entry("hundredth", 2), Map.entry("thousandth", 3), Map.entry("cent", 2), Map.entry("dollar", 0),
          Map.entry("ten", -1), Map.entry("hundred", -2), Map.entry("thousand", -3));
  private static final List<String> DAY_FIRST = List.of("dd/mm", "dd-mm", "dd.mm", "day/month");
  private static final List<String> MONTH_FIRST = List.of("mm/dd", "mm-dd", "month/day");

  private final String prompt;

  Wish(String prompt) {
    this.prompt = prompt;
  }

  boolean isTruth() {
    return TRUTH.matcher(prompt).find();
  }

  /// Whether it asks whether something is so, and nothing else.
  boolean isPolar() {
    return POLAR.matcher(prompt).find() && !MORE.matcher(prompt).find();
  }

  boolean isNumber() {
    return NUMBER.matcher(prompt).find();
  }

  boolean isDate() {
    return DATE.matcher(prompt).find();
  }

  boolean isList() {
    return LIST.matcher(prompt).find();
  }

  boolean isOrdered() {
    return ORDERED.matcher(prompt).find();
  }

  boolean isCode() {
    return CODE.matcher(prompt).find();
  }

  /// The unit the question names for the number it asks for.
  @Nullable Unit unit() {
    if (PERCENT.matcher(prompt).find()) {
      return Units.PERCENT;
    }
    Unit unit = null;
    Matcher named = UNIT.matcher(prompt);
    while (named.find()) {
      Unit found = Units.find(named.group(1).replace(" per ", "/"));
      unit = found == null ? unit : found;
    }
    return unit;
  }

  /// To how many decimal places it wants the number rounded; negative for tens and hundreds.
  @Nullable Integer places() {
    Matcher places = PLACES.matcher(prompt);
    while (places.find()) {
      for (int group = 1; group <= 3; group++) {
        String word = places.group(group);
        if (word != null) {
          Integer known = DECIMALS.get(word.toLowerCase(Locale.ROOT));
          if (known != null) {
            return known;
          }
          if (word.matches("\\d")) {
            return Integer.valueOf(word);
          }
        }
      }
    }
    return null;
  }

  Moment.Order order() {
    String lower = prompt.toLowerCase(Locale.ROOT);
    if (DAY_FIRST.stream().anyMatch(lower::contains)) {
      return Moment.Order.DAY_FIRST;
    }
    return MONTH_FIRST.stream().anyMatch(lower::contains) ? Moment.Order.MONTH_FIRST : Moment.Order.UNKNOWN;
  }
}
