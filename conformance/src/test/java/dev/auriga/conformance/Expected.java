// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

/// What a client gets for one exchange, and after how many attempts.
sealed interface Expected {

  /// What a client can be told went wrong: its status and its word in each dialect.
  enum Problem {
    RATE_LIMITED(429, "rate_limit_exceeded", 429, "rate_limit_error", 429, "RESOURCE_EXHAUSTED"),
    QUOTA_EXHAUSTED(429, "insufficient_quota", 429, "rate_limit_error", 429, "RESOURCE_EXHAUSTED"),
    OVERLOADED(503, "service_unavailable", 529, "overloaded_error", 503, "UNAVAILABLE"),
    TIMED_OUT(504, "timeout", 504, "timeout_error", 504, "DEADLINE_EXCEEDED"),
    /// Where the client speaks the provider's dialect, these are the provider's own words.
    SERVER_ERROR(502, "server_error", 502, "api_error", 502, "INTERNAL"),
    UPSTREAM(502, "upstream_error", 502, "api_error", 502, "INTERNAL"),
    TOO_LONG(400, "context_length_exceeded", 400, "invalid_request_error", 400, "INVALID_ARGUMENT"),
    CONTENT_FILTERED(400, "content_filter", 400, "invalid_request_error", 400, "INVALID_ARGUMENT");

    private final int[] statuses;
    private final String[] words;

    Problem(
        int openAi,
        String inOpenAi,
        int anthropic,
        String inAnthropic,
        int gemini,
        String inGemini) {
      this.statuses = new int[] {openAi, anthropic, gemini};
      this.words = new String[] {inOpenAi, inAnthropic, inGemini};
    }

    int status(Wire wire) {
      return statuses[column(wire)];
    }

    /// The word where this answer has its problem: within a response there are codes of its own.
    String word(Wire wire, Told told) {
      if (wire == Wire.RESPONSES && told.isStream()) {
        return switch (this) {
          case RATE_LIMITED, QUOTA_EXHAUSTED, TOO_LONG -> words[0];
          case CONTENT_FILTERED -> "invalid_prompt";
          case OVERLOADED, TIMED_OUT, SERVER_ERROR, UPSTREAM -> "server_error";
        };
      }
      return words[column(wire)];
    }

    /// OpenAI's two dialects tell errors alike.
    private static int column(Wire wire) {
      return wire == Wire.RESPONSES ? Wire.OPENAI.ordinal() : wire.ordinal();
    }
  }

  /// A whole answer of the first deployment.
  record Answers(int attempts) implements Expected {}

  /// A whole answer of the second deployment.
  record FallsBack(int attempts) implements Expected {}

  /// A whole answer of the first deployment that says it was declined or stopped by a filter.
  record Declines() implements Expected {}

  /// A status and an error body.
  record Fails(Problem problem, int attempts) implements Expected {}

  /// The beginning of the first deployment's answer, then an error event and no terminal one.
  record BreaksOff(Problem problem) implements Expected {}

  static Expected answers(int attempts) {
    return new Answers(attempts);
  }

  static Expected fallsBack(int attempts) {
    return new FallsBack(attempts);
  }

  static Expected declines() {
    return new Declines();
  }

  static Expected fails(Problem problem, int attempts) {
    return new Fails(problem, attempts);
  }

  static Expected breaksOff(Problem problem) {
    return new BreaksOff(problem);
  }
}
