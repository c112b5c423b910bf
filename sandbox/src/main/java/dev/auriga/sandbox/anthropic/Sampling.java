// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.protocol.Fields;
import org.jspecify.annotations.Nullable;

/// The rules on temperature, top_p and top_k: ranges, what thinking forbids, what newer models
/// refuse (Anthropic documentation, Extended thinking; model pages).
record Sampling(AnthropicErrors errors) {

  void check(Fields body, ModelCard card, boolean thinking) {
    @Nullable Double temperature = body.optionalNumber("temperature");
    @Nullable Double topP = body.optionalNumber("top_p");
    @Nullable Long topK = body.optionalInteger("top_k");
    range("temperature", temperature);
    range("top_p", topP);
    if (topK != null && topK < 0) {
      throw errors.invalid("top_k: Input should be greater than or equal to 0");
    }
    if (!card.can(Ability.SAMPLING)) {
      newer(temperature, topP, topK);
      return;
    }
    if (temperature != null && topP != null) {
      throw errors.invalid(
          "`temperature` and `top_p` cannot both be specified for this model. Please use only"
              + " one.");
    }
    if (thinking) {
      if (temperature != null && temperature != 1) {
        throw errors.invalid("`temperature` may only be set to 1 when thinking is enabled.");
      }
      if (topK != null) {
        throw errors.invalid("`top_k` must be unset when thinking is enabled.");
      }
      if (topP != null && topP < 0.95) {
        throw errors.invalid(
            "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.");
      }
    }
  }

  private void newer(@Nullable Double temperature, @Nullable Double topP, @Nullable Long topK) {
    if (temperature != null && temperature != 1) {
      throw errors.invalid("`temperature` is deprecated for this model.");
    }
    if (topP != null && topP < 0.99) {
      throw errors.invalid("`top_p` is deprecated for this model.");
    }
    if (topK != null) {
      throw errors.invalid("`top_k` is deprecated for this model.");
    }
  }

  private void range(String name, @Nullable Double value) {
    if (value != null && value < 0) {
      throw errors.invalid(name + ": Input should be greater than or equal to 0");
    }
    if (value != null && value > 1) {
      throw errors.invalid(name + ": Input should be less than or equal to 1");
    }
  }
}
