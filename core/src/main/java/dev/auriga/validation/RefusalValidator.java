// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.validation.Finding.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The model does not decline. Its dialect's own word counts, and a short text that begins with the
/// usual phrases (English, German, French, Spanish); a long text that regrets something first does
/// not.
final class RefusalValidator implements Validator {
  private static final int SHORT = 600;

  private static final String OPENING =
      "(?:(?:i['’]?m|i am)\\s+(?:very |really |so |truly )?sorry[,.!]?\\s+(?:but\\s+)?|sorry[,.!]\\s+(?:but\\s+)?"
          + "|unfortunately,?\\s+|i apologi[sz]e[,.]?\\s+(?:but\\s+)?|as an ai(?: language)?(?: model| assistant)?,?\\s+)?";
  private static final String HELP =
      "(?:help|assist|comply|do that|do this|fulfil|fulfill|provide|create|write|generate|answer|discuss|support"
          + "|engage|participate|continue|share|give)";
  private static final Pattern PHRASES =
      Pattern.compile(
          "^[\\s*_>\"“]{0,8}+"
              + OPENING
              + "(?:i\\s+(?:cannot|can['’]?t|can not|won['’]?t|will not|must decline"
              + "|(?:am|['’]m) (?:unable|not able) to)(?: in good conscience)?\\s+"
              + HELP
              + "|i['’]m (?:unable|not able) to\\s+"
              + HELP
              + "|i must (?:decline|refuse)"
              + "|das kann ich (?:leider )?nicht (?:tun|beantworten|machen)|dabei kann ich (?:leider )?nicht helfen"
              + "|(?:es )?tut mir leid,? (?:aber )?(?:dabei|das) kann ich"
              + "|je (?:suis désolée?,? (?:mais )?)?(?:je )?ne peux pas (?:vous |t['’])?aider"
              + "|lo siento,? (?:pero )?no puedo (?:ayudar|hacer|responder))",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  @Override
  public List<Finding> check(Completion answer) {
    Optional<Part.Declined> declined =
        answer.parts().stream()
            .filter(Part.Declined.class::isInstance)
            .map(Part.Declined.class::cast)
            .findFirst();
    if (declined.isPresent()) {
      return List.of(finding(new Place.Whole(), "the model declined", declined.get().text()));
    }
    if (answer.stop() == StopReason.Known.FILTERED) {
      return List.of(finding(new Place.Whole(), "the provider's filter stopped the answer", ""));
    }
    String text = answer.text();
    Matcher phrase = PHRASES.matcher(text.length() > SHORT ? "" : text);
    return phrase.find()
        ? List.of(finding(new Place.Span(0, phrase.end()), "the text declines", phrase.group()))
        : List.of();
  }

  private static Finding finding(Place place, String what, String fragment) {
    return new Finding(Reason.REFUSAL, place, what, fragment);
  }
}
