// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import dev.auriga.sandbox.mind.Arithmetic;
import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Dice;
import dev.auriga.sandbox.mind.ModelCard;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Azure's model router: a deployment behind which another model answers each prompt. Code goes to
/// Claude Haiku, sums to GPT-5 mini, the rest is spread over the small models by its words.
final class ModelRouter {
  static final String DEPLOYMENT = "model-router";
  private static final Pattern CODE =
      Pattern.compile("\\b(code|function|class|java|python|sql|bug|algorithm)\\b");
  private static final List<String> SMALL =
      List.of("gpt-5-nano", "gpt-4.1-mini", "gpt-4o-mini", "claude-haiku-4-5");

  private ModelRouter() {}

  static ModelCard choose(String prompt) {
    String name =
        CODE.matcher(prompt.toLowerCase(Locale.ROOT)).find()
            ? "claude-haiku-4-5"
            : Arithmetic.solve(prompt).isPresent() ? "gpt-5-mini" : Dice.of(11, prompt).pick(SMALL);
    return Catalogue.find(name).orElseThrow();
  }
}
