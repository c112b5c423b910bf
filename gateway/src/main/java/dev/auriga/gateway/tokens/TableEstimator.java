// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.auriga.tokens.TokenEstimator;

/// Counts by OpenAI's o200k tables, which are near the truth for other vendors' models too.
///
/// The tables are loaded at the first count. A run of characters without a space is cut after 4,000:
/// the tokenizer's time grows with the square of its length, and a few tokens more at the cuts do
/// not matter.
public final class TableEstimator implements TokenEstimator {
  private static final int LONGEST_RUN = 4_000;

  private static final class Tables {
    static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  }

  @Override
  public long count(String text) {
    long tokens = 0;
    int from = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = Character.isWhitespace(text.charAt(i)) ? 0 : run + 1;
      if (run == LONGEST_RUN) {
        int to = Character.isHighSurrogate(text.charAt(i)) ? i : i + 1;
        tokens += Tables.O200K.countTokensOrdinary(text.substring(from, to));
        from = to;
        run = i + 1 - to;
      }
    }
    return tokens + Tables.O200K.countTokensOrdinary(from == 0 ? text : text.substring(from));
  }
}
