// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.claim.Prose;
import dev.auriga.consensus.value.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Reads answers that are lists: lines with bullets or numbers, a JSON array, or items with commas.
final class ItemAnswers {
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]|\\(?\\d{1,3}[.)])\\s+(.+)$");
  private static final Pattern COMMA = Pattern.compile("\\s*;\\s*|\\s*,\\s*(?:and\\s+|or\\s+)?(?!\\d{3}\\b)|\\s+and\\s+");
  private static final int WORDS_OF_AN_ITEM = 5;

  private ItemAnswers() {}

  static Content read(String answer, Kind.Items kind) {
    List<String> items = items(answer);
    return items.size() < 2
        ? Content.Nothing.UNREAD
        : new Content.Items(items.stream().map(ItemAnswers::canonical).toList(), kind.isOrdered());
  }

  /// Whether the answer is two or more short items and hardly anything else.
  static boolean isPlain(String answer) {
    List<String> items = items(answer);
    return items.size() >= 2 && items.stream().allMatch(item -> item.split("\\s+", -1).length <= WORDS_OF_AN_ITEM);
  }

  /// Whether it is written as a list, not only as words between commas.
  static boolean isMarked(String answer) {
    return !array(answer).isEmpty() || answer.lines().filter(line -> BULLET.matcher(line).matches()).count() >= 2;
  }

  private static String canonical(String item) {
    return String.join(" ", Prose.tokens(item));
  }

  private static List<String> items(String answer) {
    List<String> array = array(answer);
    if (!array.isEmpty()) {
      return array;
    }
    List<String> bullets = new ArrayList<>();
    long others = 0;
    for (String line : answer.lines().filter(line -> !line.isBlank()).toList()) {
      Matcher bullet = BULLET.matcher(line);
      if (bullet.matches()) {
        bullets.add(PlainText.of(bullet.group(1)).replaceFirst("[.,;]$", ""));
      } else {
        others++;
      }
    }
    if (bullets.size() >= 2) {
      return others <= 1 ? bullets : List.of();
    }
    String line = PlainText.of(Marked.in(answer).orElse(answer)).replaceFirst("[.]$", "");
    boolean isOneLine = line.indexOf('\n') < 0 && !line.contains(". ");
    return isOneLine ? Stream.of(COMMA.split(line.replaceFirst("^[^:]{0,60}:\\s+", ""), -1)).filter(item -> !item.isBlank()).toList() : List.of();
  }

  private static List<String> array(String answer) {
    return JsonAnswers.tree(answer)
        .filter(tree -> tree.isArray() && tree.valueStream().allMatch(JsonNode::isValueNode))
        .map(tree -> tree.valueStream().map(JsonNode::asString).toList())
        .orElse(List.of());
  }
}
