// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.validation.Finding.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The text is in a language that is allowed; what cannot be told is let pass.
final class LanguageValidator implements Validator {
  private static final int HEAD = 80;

  private final Set<String> allowed;

  LanguageValidator(Set<String> allowed) {
    this.allowed = new TreeSet<>(allowed);
  }

  @Override
  public List<Finding> check(Completion answer) {
    String text = answer.text();
    return Language.of(text).filter(is -> !allowed.contains(is)).stream()
        .map(is -> new Finding(Reason.LANGUAGE, new Place.Whole(), what(is), head(text)))
        .toList();
  }

  private String what(String is) {
    String wanted = allowed.stream().map(Language::name).collect(Collectors.joining(" or "));
    return "the text is in %s and should be in %s".formatted(Language.name(is), wanted);
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), HEAD));
  }
}
