// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.dialect.Json;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The part of an answer that is marked as the answer: `\boxed{…}`, `#### …`, "the answer is …", or the
/// field `answer` of a JSON object. Of several marks the last one counts.
final class Marked {
  private static final Pattern BOXED = Pattern.compile("\\\\(?:boxed|fbox)\\s*\\{");
  private static final Pattern HASHES = Pattern.compile("(?m)^[ \\t]*####[ \\t]+(.{1,400})");
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)\\banswer(?:\\s+(?:here|to\\s+[^.:\\n]{1,80}?))?(?:\\s*[*_]*\\s*(?:\\bis\\b|would be\\b|:|=)){1,3}+[*_\\s]*(\\S[^\\n]{0,400})");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)");

  private static final int LONGEST = 1000;

  private Marked() {}

  /// The marked part, one sentence at the most; empty when nothing is marked.
  static Optional<String> in(String answer) {
    String field = field(answer);
    if (field != null) {
      return Optional.of(field);
    }
    int at = -1;
    String marked = null;
    Matcher boxed = BOXED.matcher(answer);
    while (boxed.find()) {
      int end = closing(answer, boxed.end());
      if (end >= 0) {
        at = boxed.start();
        marked = answer.substring(boxed.end(), end);
      }
    }
    Matcher hashes = HASHES.matcher(answer);
    while (hashes.find()) {
      if (hashes.start() > at) {
        at = hashes.start();
        marked = hashes.group(1);
      }
    }
    Matcher words = WORDS.matcher(answer);
    for (int from = 0; words.find(from); from = words.start(1)) {
      if (words.start() > at && !BOXED.matcher(words.group(1)).find()) {
        at = words.start();
        marked = sentence(words.group(1));
      }
    }
    return Optional.ofNullable(marked).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static String sentence(String line) {
    Matcher end = SENTENCE_END.matcher(line);
    return end.find() ? line.substring(0, end.start()) : line;
  }

  /// Where the brace that is open at `from` is closed, or -1.
  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < Math.min(text.length(), from + LONGEST); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String field(String answer) {
    String text = Fences.unwrapped(answer);
    if (!text.startsWith("{")) {
      return null;
    }
    try {
      JsonNode value = Json.read(text).path("answer");
      return value.isValueNode() && !value.isNull() ? value.asString() : null;
    } catch (JacksonException _) {
      return null;
    }
  }
}
