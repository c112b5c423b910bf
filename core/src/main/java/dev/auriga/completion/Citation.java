// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Where a text of an answer has what it says from.
public sealed interface Citation {

  /// A source that was named.
  ///
  /// @param quote the words of the source, where they are told
  /// @param place where in the source they stand
  /// @param passage what of the answer's text rests on them; absent where it is the whole part
  record Sourced(
      Source source, @Nullable String quote, @Nullable Place place, @Nullable Passage passage)
      implements Citation {
    public Sourced withPassage(@Nullable Passage other) {
      return new Sourced(source, quote, place, other);
    }
  }

  /// A citation that only its own dialect understands, as raw JSON.
  record Unknown(String dialect, RawJson raw) implements Citation {}

  /// What is cited.
  sealed interface Source {
    /// `token` is what the provider wants back of its own search.
    record Web(String url, @Nullable String title, @Nullable Opaque token) implements Source {}

    /// The document of that index, from 0, among those of the request.
    record Document(int index, @Nullable String title, @Nullable String fileId) implements Source {}

    /// The search result of that index, from 0, among those the model was shown; `source` is what
    /// its giver calls it, often an address.
    record SearchResult(int index, String source, @Nullable String title) implements Source {}

    /// A file kept at the provider; `container` is the sandbox it was made in.
    record File(String id, @Nullable String name, @Nullable String container) implements Source {}
  }

  /// A stretch of a source: characters and blocks from 0, pages from 1, the end not included.
  record Place(Unit unit, int from, int to) {
    public enum Unit {
      CHARACTER,
      PAGE,
      BLOCK
    }
  }

  /// A stretch of a part's text in code points from 0, the end not included.
  record Passage(int from, int to) {
    public Passage {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("not a passage: from %d to %d".formatted(from, to));
      }
    }

    /// The same stretch where `offset` more code points come before it.
    public Passage shifted(int offset) {
      return new Passage(from + offset, to + offset);
    }
  }
}
