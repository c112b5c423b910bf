// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a text claims: how it leads and its sentences, courtesies left out.
///
/// @param isOrdered whether its sentences point to one another, so that their order matters
record Claims(Lead lead, List<Claim> claims, boolean isOrdered) {

  /// Whether a text opens with yes or no.
  enum Lead {
    YES,
    NO,
    NEITHER
  }

  private static final Pattern LEAD =
      Pattern.compile("(yes|no|true|false|correct|incorrect)(?:[,.;:!]|\\s+[-–—]|\\s*$|\\s*\\n)\\s*[-–—]?\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern LINE = Pattern.compile("\\n+");
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]|\\(?\\d{1,2}[.)])\\s+");
  private static final Pattern END =
      Pattern.compile("(?<![.!?;]|\\b[A-Z]|\\b(?:e\\.g|i\\.e|Mr|Ms|Dr|St|vs|no|approx|Mrs|Prof|etc))[.!?;]+(?=\\s+|$)");
  private static final Pattern COURTESY =
      Pattern.compile(
          "(?:sure|certainly|of course|absolutely|great question|good question|happy to help|hope (?:this|that) helps|"
              + "i hope (?:this|that) helps.*|i'd be happy to help.*|i would be happy to help.*|here is a short overview|"
              + "let me (?:know|think|work|explain|break).*|here's (?:the|a|my) (?:answer|explanation|breakdown|summary)|"
              + "here is (?:the|a|my) (?:answer|explanation|breakdown|summary)|please let me know.*|"
              + "feel free to ask.*|thank you.*|thanks.*|i'd be glad to help.*)[.!:]*",
          Pattern.CASE_INSENSITIVE);

  static final Claims NONE = new Claims(Lead.NEITHER, List.of(), false);

  Claims {
    claims = List.copyOf(claims);
  }

  /// Of a plain text.
  static Claims of(String plain) {
    List<String> sentences = sentences(plain);
    Lead lead = Lead.NEITHER;
    if (!sentences.isEmpty()) {
      Matcher opening = LEAD.matcher(plain.substring(plain.indexOf(sentences.getFirst())));
      if (opening.lookingAt()) {
        lead = isYes(opening.group(1)) ? Lead.YES : Lead.NO;
        String rest = withoutLead(sentences.getFirst());
        sentences = Stream.concat(Stream.of(rest), sentences.stream().skip(1)).filter(each -> !each.isBlank()).toList();
      }
    }
    List<Claim> claims = sentences.stream().map(ClaimReader::read).filter(claim -> !claim.tokens().isEmpty()).toList();
    boolean isOrdered =
        claims.stream().flatMap(claim -> claim.tokens().stream()).anyMatch(Vocabulary.POINTING::contains);
    return new Claims(lead, claims, isOrdered);
  }

  private static boolean isYes(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "correct" -> true;
      default -> false;
    };
  }

  private static String withoutLead(String sentence) {
    return LEAD.matcher(sentence + "\n").lookingAt()
        ? sentence.replaceFirst("^\\w+[,.;:!]*\\s*[-–—]?\\s*", "")
        : sentence;
  }

  private static List<String> sentences(String plain) {
    List<String> sentences = new ArrayList<>();
    for (String line : LINE.split(plain, -1)) {
      String rest = BULLET.matcher(line).replaceFirst("");
      Matcher end = END.matcher(rest);
      int from = 0;
      while (end.find()) {
        add(rest.substring(from, end.end()), sentences);
        from = end.end();
      }
      add(rest.substring(from), sentences);
    }
    return sentences;
  }

  private static void add(String sentence, List<String> sentences) {
    String stripped = sentence.strip();
    if (!stripped.isEmpty() && !COURTESY.matcher(stripped).matches()) {
      sentences.add(stripped);
    }
  }
}
