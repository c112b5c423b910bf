// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.capability.Capabilities;

/// The numbers that steer sampling: their names on the wire and here, and their ranges.
///
/// Source: OpenAI OpenAPI document, `CreateChatCompletionRequest`.
public enum OpenAiSampled {
  TEMPERATURE("temperature", "temperature", 0, 2),
  TOP_P("top_p", "topP", 0, 1),
  FREQUENCY_PENALTY("frequency_penalty", "frequencyPenalty", -2, 2),
  PRESENCE_PENALTY("presence_penalty", "presencePenalty", -2, 2);

  private final String wireName;
  private final String field;
  private final double least;
  private final double most;

  OpenAiSampled(String wireName, String field, double least, double most) {
    this.wireName = wireName;
    this.field = field;
    this.least = least;
    this.most = most;
  }

  public String wireName() {
    return wireName;
  }

  /// The neutral name, as a [dev.auriga.completion.Loss] bears it.
  public String field() {
    return field;
  }

  /// `value` or the end of the range it is beyond, at a model with that `sampling`.
  public double clamped(double value, Capabilities.Sampling sampling) {
    double end = this == TEMPERATURE ? Math.min(most, sampling.highestTemperature()) : most;
    return Math.clamp(value, least, end);
  }
}
