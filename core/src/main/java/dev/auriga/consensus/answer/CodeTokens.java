// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens of a program: comments and white space gone, strings kept as they are.
///
/// Where white space means something it stays: line ends where a language ends statements by them,
/// indentation in Python and its like. Of a language that is not known both stay.
final class CodeTokens {
  private static final Set<String> FREE_FORM =
      Set.of("java", "c", "cpp", "c++", "cs", "csharp", "c#", "rust", "rs", "sql", "css", "dart");
  private static final Set<String> BY_LINES =
      Set.of("javascript", "js", "typescript", "ts", "jsx", "tsx", "go", "golang", "kotlin", "kt", "swift", "scala");
  private static final Set<String> HASH_COMMENTS = Set.of("python", "py", "python3", "ruby", "rb", "r", "toml", "yaml", "yml");
  private static final Set<String> NO_SLASH_COMMENTS = Set.of("sql", "css");
  private static final String STRINGS =
      "\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+){0,200}+\"|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+){0,200}+'"
          + "|`[^`\\\\]*+(?:\\\\.[^`\\\\]*+){0,200}+`";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<string>" + STRINGS + ")"
              + "|(?<block>/\\*(?s:.*?)\\*/)|(?<line>//[^\\n]*)|(?<hash>#[^\\n]*)|(?<dash>--[^\\n]*)"
              + "|(?<end>\\n[ \\t]*)"
              + "|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)"
              + "|(?<number>(?:\\d|\\.\\d)[\\p{L}\\p{N}_.]*)"
              + "|(?<sign>[-+*/%&|^!=<>?:~.@]+|[^\\s])");

  private final String language;
  private final List<String> tokens = new ArrayList<>();
  private int depth;

  private CodeTokens(String language) {
    this.language = language;
  }

  static List<String> of(Fences.Block block) {
    CodeTokens reading = new CodeTokens(block.language());
    reading.read("\n" + block.text().replace("\r\n", "\n").stripTrailing());
    return List.copyOf(reading.tokens);
  }

  private void read(String text) {
    Matcher token = TOKEN.matcher(text);
    int from = 0;
    while (token.find(from)) {
      from = token.end();
      if (token.group("end") != null) {
        end(token.group("end"), text, from);
      } else if (isNoCommentHere(token)) {
        from = token.start() + 1;
        add(token.group().substring(0, 1));
      } else if (!isComment(token)) {
        add(token.group());
      }
    }
  }

  private static boolean isComment(Matcher token) {
    return token.group("block") != null || token.group("line") != null || token.group("hash") != null
        || token.group("dash") != null;
  }

  /// Whether it only looks like a comment; of a language that is not known nothing is one.
  private boolean isNoCommentHere(Matcher token) {
    boolean hasStars = FREE_FORM.contains(language) || BY_LINES.contains(language);
    return (token.group("block") != null && !hasStars)
        || (token.group("line") != null && (!hasStars || NO_SLASH_COMMENTS.contains(language)))
        || (token.group("hash") != null && !HASH_COMMENTS.contains(language))
        || (token.group("dash") != null && !language.equals("sql"));
  }

  private void add(String token) {
    switch (token) {
      case "(", "[", "{" -> depth++;
      case ")", "]", "}" -> depth--;
      default -> {}
    }
    tokens.add(token);
  }

  /// The end of a line, with the indentation of the next; those of empty lines, and in Python inside
  /// brackets, mean nothing.
  private void end(String end, String text, int from) {
    boolean keepsLines = !FREE_FORM.contains(language) || text.contains("\n#");
    boolean keepsIndents = !FREE_FORM.contains(language) && !BY_LINES.contains(language);
    boolean isEmpty = from >= text.length() || text.charAt(from) == '\n';
    boolean isInside = language.startsWith("py") && depth > 0;
    if (keepsLines && !isEmpty && !isInside) {
      replaceEnd(keepsIndents ? "\n" + end.substring(1).replace("\t", "    ") : "\n");
    }
  }

  /// After a line of comments alone only the last end counts.
  private void replaceEnd(String end) {
    if (!tokens.isEmpty() && tokens.getLast().startsWith("\n")) {
      tokens.removeLast();
    }
    tokens.add(end);
  }
}
