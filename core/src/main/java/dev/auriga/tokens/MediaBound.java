// SPDX-License-Identifier: Apache-2.0
package dev.auriga.tokens;

import dev.auriga.completion.Cargo;
import dev.auriga.completion.Modality;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The most tokens a model can be taken to read media as, for limits that must hold; never more than fit
/// the model.
///
/// @param model who reads them; the dearest is taken where its vendor cannot be told by the name
/// @param context how many tokens fit it; absent where that is not known
public record MediaBound(String model, @Nullable Integer context) {
  /*
   * Images have a limit of their own at every vendor, whatever their size. Anthropic documentation, Vision:
   * 4,784 tokens after shrinking to the long edge newer models take, 1,600 for others. OpenAI
   * documentation, Images and vision: eight tiles after shrinking, of 5,667 tokens and 2,833 more for
   * gpt-4o-mini and a thirtieth of that for others; 10,000 patches at the original size. Gemini API
   * documentation: tiles of 768 pixels with 258 tokens, sixteen after shrinking to 3,072.
   *
   * Documents have none. A page is read as an image and as its text; one that is written in fewer bytes
   * than it has tokens is next to empty, and the first is counted apart. Sound has 32 tokens a second at the
   * most (Gemini), video some 300; the lowest rates codecs are used at, 4 and 40 kbit/s, make that a token for
   * each 16 bytes.
   */
  private static final Pattern OPENAI = Pattern.compile("(?:gpt-|chatgpt-|o\\d|codex|computer-use).*");
  private static final int ANTHROPIC_IMAGE = 4_784;
  private static final int GEMINI_IMAGE = 16 * 258;
  private static final int OPENAI_IMAGE = 10_000;
  private static final int DEAREST_IMAGE = 2_833 + 8 * 5_667;
  private static final int PAGE = 5_000;
  private static final int BYTES_PER_TOKEN_OF_SOUND = 16;

  /// What fits the largest model there is.
  private static final long LARGEST_CONTEXT = 2_097_152;

  /// Of all that `cargo` holds.
  public long tokens(Cargo cargo) {
    long most = context == null ? LARGEST_CONTEXT : context;
    long sum = 0;
    for (Map.Entry<Modality, Cargo.Load> entry : cargo.loads().entrySet()) {
      sum += Math.min(most, tokens(entry.getKey(), entry.getValue(), most));
    }
    return Math.min(most, sum);
  }

  /// Of what is behind an address nothing is known but that it fits; an image's limit holds there too.
  private long tokens(Modality modality, Cargo.Load load, long most) {
    if (modality != Modality.IMAGE && load.elsewhere() > 0) {
      return most;
    }
    return switch (modality) {
      case IMAGE -> (long) load.pieces() * image();
      case DOCUMENT -> load.bytes() + (long) load.pieces() * PAGE;
      case AUDIO, VIDEO -> load.bytes() / BYTES_PER_TOKEN_OF_SOUND + load.pieces();
    };
  }

  private int image() {
    String name = model.toLowerCase(Locale.ROOT);
    if (name.contains("claude")) {
      return ANTHROPIC_IMAGE;
    }
    if (name.contains("gemini") || name.contains("gemma")) {
      return GEMINI_IMAGE;
    }
    return OPENAI.matcher(name).matches() && !name.contains("gpt-4o-mini") ? OPENAI_IMAGE : DEAREST_IMAGE;
  }
}
