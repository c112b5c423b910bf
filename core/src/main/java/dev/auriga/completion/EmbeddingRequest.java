// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts that are to be turned into vectors.
///
/// @param model the name of a route or deployment
/// @param dimensions how long each vector is to be, absent for the model's own length
/// @param encoding how the client wants its vectors written
/// @param user an id of the client's own user, absent when it gave none
public record EmbeddingRequest(
    String model,
    List<Input> inputs,
    @Nullable Integer dimensions,
    Encoding encoding,
    @Nullable String user) {

  public EmbeddingRequest {
    inputs = List.copyOf(inputs);
    if (dimensions != null && dimensions < 1) {
      throw new IllegalArgumentException("dimensions must be positive, was " + dimensions);
    }
  }

  /// Texts for `model`, in its own dimensions.
  public static EmbeddingRequest of(String model, List<String> texts) {
    return new EmbeddingRequest(
        model, texts.stream().<Input>map(Input.Text::new).toList(), null, Encoding.FLOATS, null);
  }

  /// The size of the inputs in bytes; a token counts as four.
  public long bytes() {
    return inputs.stream().mapToLong(Input::bytes).sum();
  }

  /// One thing to embed.
  public sealed interface Input {
    /// About how many bytes it has.
    default long bytes() {
      return switch (this) {
        case Text(String text) -> Bulk.utf8(text);
        case Tokens(List<Integer> ids) -> 4L * ids.size();
      };
    }

    record Text(String text) implements Input {}

    /// A text in tokens of the model's own tokenizer.
    record Tokens(List<Integer> ids) implements Input {
      public Tokens {
        ids = List.copyOf(ids);
      }
    }
  }

  /// How vectors are written in JSON.
  public enum Encoding {
    /// As arrays of numbers.
    FLOATS,
    /// As the base64 of their 32-bit floats, little-endian.
    BASE64
  }
}
