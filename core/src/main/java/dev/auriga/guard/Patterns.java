// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The kinds of secrets and personal data that are recognised, by their tokens.
public final class Patterns {
  /// Credentials of cloud, model and other providers; keys, tokens, passwords in addresses.
  public static final Set<String> SECRETS = tokens(SecretRules.ALL.stream());

  /// Email addresses, phone numbers, bank accounts, card numbers, US social security numbers, internet
  /// addresses.
  public static final Set<String> PERSONAL = tokens(PersonalRules.ALL.stream());

  private Patterns() {}

  private static Set<String> tokens(Stream<Rule> rules) {
    return rules
        .map(Rule::token)
        .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
  }

  /// The rules of `tokens`. Throws [IllegalArgumentException] for one that is not known.
  static List<Rule> rules(Set<String> tokens) {
    TreeSet<String> unknown = new TreeSet<>(tokens);
    unknown.removeAll(SECRETS);
    unknown.removeAll(PERSONAL);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no such pattern: %s; known: %s and %s".formatted(unknown, SECRETS, PERSONAL));
    }
    return Stream.concat(SecretRules.ALL.stream(), PersonalRules.ALL.stream())
        .filter(rule -> tokens.contains(rule.token()))
        .toList();
  }
}
