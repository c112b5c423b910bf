// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.answer.Options.Option;
import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.value.PlainText;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads answers that choose of lettered options: the letter, or the option's text mapped to its letter.
final class ChoiceAnswers {
  private static final Pattern LEAD =
      Pattern.compile("^\\W*(?:(?:the )?(?:correct |best |right )?(?:option|choice|letter)(?: is)?:?\\s+)?\\(?([A-Z])(?:[).:,]+\\)?|\\s*$|\\s+[-–—]|\\s*\\n)\\s*([^\\n]*)");
  private static final Pattern SEVERAL =
      Pattern.compile("^\\W*(?:options?\\s+)?\\(?([A-Z])\\)?(?:\\s*(?:,|and|&|,\\s*and)\\s*\\(?([A-Z])\\)?){1,25}+\\W*$");
  private static final Pattern LETTER = Pattern.compile("\\b([A-Z])\\b");
  private static final Pattern NAMED = Pattern.compile("\\b(?:option|choice|answer)\\s+\\(?([A-Z])\\b|\\(([A-Z])\\)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DENIAL =
      Pattern.compile("\\b(?:not|never|no|none|neither|or|wrong|incorrect|false|except|eliminate[ds]?)\\b|n't\\b", Pattern.CASE_INSENSITIVE);

  private final List<Option> options;

  ChoiceAnswers(List<Option> options) {
    this.options = options;
  }

  Content read(String answer) {
    String plain = PlainText.of(answer);
    String marked = Marked.in(answer).map(PlainText::of).orElse(null);
    if (marked != null) {
      return stated(marked);
    }
    Content lead = lead(plain);
    if (lead != null) {
      return lead;
    }
    String last = plain.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    return plain.equals(last) ? named(last) : lastLine(last);
  }

  private Content lastLine(String line) {
    Content lead = lead(line);
    return lead == null ? named(line) : lead;
  }

  /// What is marked as the answer: letters, or the text of one option.
  private Content stated(String text) {
    Content lead = lead(text);
    return lead == null ? named(text) : lead;
  }

  private @Nullable Content lead(String text) {
    if (SEVERAL.matcher(text).matches()) {
      TreeSet<String> letters = new TreeSet<>();
      LETTER.matcher(text).results().forEach(found -> letters.add(found.group(1)));
      return letters.stream().allMatch(letter -> text(letter) != null) ? new Content.Choice(List.copyOf(letters)) : null;
    }
    Matcher lead = LEAD.matcher(text);
    String letter = lead.find() ? lead.group(1) : null;
    if (letter == null || text(letter) == null) {
      return null;
    }
    return contradicts(letter, lead.group(2)) ? Content.Nothing.UNREAD : new Content.Choice(List.of(letter));
  }

  /// Whether what stands behind a letter is the text of another option.
  private boolean contradicts(String letter, String text) {
    List<String> said = Prose.tokens(text.replaceFirst("[.!].*$", ""));
    return !said.equals(words(text(letter)))
        && options.stream().anyMatch(other -> !other.letter().equals(letter) && said.equals(words(other.text())));
  }

  /// The one option a line names, by letter or by its text, where it denies nothing.
  private Content named(String line) {
    List<String> said = Prose.tokens(line);
    for (Option option : options) {
      if (said.equals(words(option.text()))) {
        return new Content.Choice(List.of(option.letter()));
      }
    }
    if (DENIAL.matcher(line).find()) {
      return Content.Nothing.UNREAD;
    }
    TreeSet<String> letters = new TreeSet<>();
    NAMED.matcher(line).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .filter(letter -> text(letter) != null)
        .forEach(letters::add);
    if (letters.isEmpty()) {
      options.stream()
          .filter(option -> isPart(words(option.text()), said))
          .forEach(option -> letters.add(option.letter()));
    }
    return letters.size() == 1 ? new Content.Choice(List.copyOf(letters)) : Content.Nothing.UNREAD;
  }

  private static boolean isPart(List<String> words, List<String> said) {
    return !words.isEmpty() && Collections.indexOfSubList(said, words) >= 0;
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : Prose.tokens(text.replaceFirst("[.;,]\\s*$", ""));
  }

  private @Nullable String text(String letter) {
    return options.stream().filter(option -> option.letter().equals(letter)).map(Option::text).findFirst().orElse(null);
  }
}
