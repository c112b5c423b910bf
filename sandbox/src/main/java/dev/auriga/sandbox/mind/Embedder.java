// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import dev.auriga.sandbox.mind.ModelCard.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model that turns texts into unit vectors: the same text into the same one, texts with words in
/// common into near ones. Dimensions and limits follow the providers' model pages.
///
/// @param dimensions of the whole vector
/// @param shortens whether a shorter vector may be asked for
/// @param maxTokens of one text
public record Embedder(
    String name, Vendor vendor, int dimensions, boolean shortens, int maxTokens) {
  private static final List<Embedder> ALL =
      List.of(
          new Embedder("text-embedding-3-small", Vendor.OPENAI, 1_536, true, 8_192),
          new Embedder("text-embedding-3-large", Vendor.OPENAI, 3_072, true, 8_192),
          new Embedder("text-embedding-ada-002", Vendor.OPENAI, 1_536, false, 8_192),
          new Embedder("gemini-embedding-001", Vendor.GOOGLE, 3_072, true, 2_048));
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /* A text is the weighted sum of its words' vectors and, for word forms, of their trigrams'. The
     vector of a feature is a row of random signs, fixed by the model's name and the feature: signed
     random projection, in which unrelated features are nearly orthogonal (Charikar, Similarity
     estimation techniques from rounding algorithms, 2002). */
  private static final float WORD_WEIGHT = 1;
  private static final float TRIGRAM_WEIGHT = 0.25f;
  private static final int TRIGRAM = 3;

  /// The embedding models of one vendor.
  public static List<Embedder> of(Vendor vendor) {
    return ALL.stream().filter(embedder -> embedder.vendor() == vendor).toList();
  }

  /// The embedding model of that name.
  public static Optional<Embedder> find(Vendor vendor, String name) {
    return of(vendor).stream().filter(embedder -> embedder.name().equals(name)).findFirst();
  }

  /// The model as one that answers, for the log and its speed.
  public ModelCard card() {
    return new ModelCard(
        name, name, vendor, maxTokens, 0, 1, new Style("", 0, false), new Speed(80, 1e6), Set.of());
  }

  /// The first so many dimensions of a text's vector, at unit length.
  public float[] embed(String text, int wanted) {
    float[] sum = new float[wanted];
    add(sum, "", TRIGRAM_WEIGHT); // no text is at the origin
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      String word = words.group();
      add(sum, word, WORD_WEIGHT);
      for (int at = 0; at + TRIGRAM <= word.length(); at++) {
        add(sum, "…" + word.substring(at, at + TRIGRAM), TRIGRAM_WEIGHT);
      }
    }
    double square = 0;
    for (float number : sum) {
      square += number * number;
    }
    if (square == 0) {
      sum[0] = 1; // all that was said cancels out
      return sum;
    }
    float length = (float) Math.sqrt(square);
    for (int index = 0; index < wanted; index++) {
      sum[index] /= length;
    }
    return sum;
  }

  private void add(float[] sum, String feature, float weight) {
    Dice signs = Dice.of(0, name, feature);
    long bits = 0;
    for (int index = 0; index < sum.length; index++) {
      if (index % Long.SIZE == 0) {
        bits = signs.bits();
      }
      sum[index] += (bits & 1) == 0 ? weight : -weight;
      bits >>>= 1;
    }
  }
}
