// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// How many tokens an input has, and who says so.
public record TokenCount(long tokens, Source source) {

  public TokenCount {
    if (tokens < 0) {
      throw new IllegalArgumentException("a count of tokens must not be negative, was " + tokens);
    }
  }

  /// Who counted.
  public enum Source {
    /// The provider, by its own tokenizer.
    PROVIDER,
    /// Auriga, by another tokenizer; near the truth and not it.
    ESTIMATE
  }

  public static TokenCount counted(long tokens) {
    return new TokenCount(tokens, Source.PROVIDER);
  }

  public static TokenCount estimated(long tokens) {
    return new TokenCount(tokens, Source.ESTIMATE);
  }

  public boolean isEstimate() {
    return source == Source.ESTIMATE;
  }
}
