// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The vectors of an [EmbeddingRequest], in the order of its inputs.
///
/// @param model the model that made them, as its provider names it; empty when it does not
/// @param inputTokens absent when the provider did not count
public record Embeddings(String model, List<Vector> vectors, @Nullable TokenCount inputTokens) {

  public Embeddings {
    vectors = List.copyOf(vectors);
  }

  /// The same vectors with a count of their input.
  public Embeddings withInputTokens(TokenCount count) {
    return new Embeddings(model, vectors, count);
  }

  /// The same vectors, made by `name`.
  public Embeddings withModel(String name) {
    return new Embeddings(name, vectors, inputTokens);
  }

  /// One vector; its components are shared and not to be changed.
  @SuppressWarnings("ArrayRecordComponent") // thousands of floats; copied and boxed nowhere
  public record Vector(float[] components) {

    /// The vector of the same direction with length one; a vector of zeros stays as it is.
    public Vector unit() {
      double squares = 0;
      for (float component : components) {
        squares += (double) component * component;
      }
      if (squares == 0) {
        return this;
      }
      double length = Math.sqrt(squares);
      float[] unit = new float[components.length];
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (components[i] / length);
      }
      return new Vector(unit);
    }
  }
}
