// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.consensus.value.PlainText;
import java.util.regex.Pattern;

/// Recognises answers in which a model declines to answer, by how they begin.
final class Refusals {
  private static final String DECLINING =
      "(?:help|assist|provide|answer|comply|do that|do this|fulfil|support|discuss|share|create|generate|give|"
          + "offer|engage|continue|write|respond|process|complete|participate|advise|(?:this|that|your) request)";
  private static final Pattern REFUSAL =
      Pattern.compile(
          "^(?:(?:i'm|i am)(?: really| very| so)? sorry|sorry|i apologi[sz]e|apologies|unfortunately|as an ai[^,]{0,40})?"
              + "[,.:;!]?\\s*(?:but |however,? )?"
              + "(?:i (?:can't|cannot|can not|won't|will not|am unable to|am not able to|must decline|have to decline|decline)"
              + "|i'm (?:unable to|not able to|not comfortable|not allowed to|afraid i (?:can't|cannot)))"
              + "\\s*(?:to )?" + DECLINING + "?\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern CANNOT =
      Pattern.compile("\\b(?:can't|cannot|can not|won't|will not|unable to|not able to|decline|not comfortable|not allowed to)(?: to)? ?"
          + "(?:" + DECLINING + "\\b|$|[.,!])", Pattern.CASE_INSENSITIVE);
  private static final int OPENING = 160;

  private Refusals() {}

  static boolean isRefusal(String answer) {
    String opening = PlainText.of(answer.length() > 2 * OPENING ? answer.substring(0, 2 * OPENING) : answer);
    String first = opening.length() > OPENING ? opening.substring(0, OPENING) : opening;
    return REFUSAL.matcher(first).matches() && CANNOT.matcher(first).find();
  }
}
