// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// How tokens are drawn; every value is absent when the client did not say.
public record Sampling(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer topK,
    @Nullable Long seed,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty) {

  public static final Sampling UNSAID = new Sampling(null, null, null, null, null, null);
}
