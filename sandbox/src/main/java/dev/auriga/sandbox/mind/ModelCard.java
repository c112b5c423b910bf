// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import java.util.Set;

/// One simulated model: the name clients ask for, the dated name it answers as, how much it takes
/// and gives, how often it is right, how it writes and how fast.
public record ModelCard(
    String name,
    String answersAs,
    Vendor vendor,
    int contextTokens,
    int maxOutputTokens,
    double accuracy,
    Style style,
    Speed speed,
    Set<Ability> abilities) {

  /// Who makes a model, which is not who serves it.
  public enum Vendor {
    ANTHROPIC,
    OPENAI,
    GOOGLE
  }

  public ModelCard {
    if (accuracy < 0 || accuracy > 1) {
      throw new IllegalArgumentException("accuracy of " + name + " is not in 0..1: " + accuracy);
    }
    abilities = Set.copyOf(abilities);
  }

  /// Whether this model has the ability.
  public boolean can(Ability ability) {
    return abilities.contains(ability);
  }

  /// Whether a client may call this model by `asked`: its name or its dated name.
  public boolean answersTo(String asked) {
    return name.equals(asked) || answersAs.equals(asked);
  }
}
