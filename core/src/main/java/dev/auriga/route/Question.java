// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Cargo;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What decisions know of a request.
///
/// @param bytes the size of its body, for estimates of its tokens
/// @param conversation whose next turn it is, absent when that is not known
/// @param allowed where the caller may be served
/// @param finding what it was found to be, kept for when its text is gone; absent while the text
///     itself is at hand, and where nobody looked
public record Question(
    Outline outline,
    long bytes,
    @Nullable Conversation conversation,
    Hints hints,
    Allowed allowed,
    @Nullable Finding finding) {

  /// Bytes of JSON to one token: few, for what a prompt costs; many, for what it has at the least.
  private static final int USUAL_BYTES_PER_TOKEN = 4;
  private static final int MOST_BYTES_PER_TOKEN = 8;
  private static final int FEWEST_BYTES_PER_TOKEN = 2;

  /// What providers add to a prompt of their own at the most: a few tokens for each message, and where
  /// there are tools a system prompt (Anthropic documentation, Tool use, pricing: up to 530 tokens).
  private static final int FRAMING = 64;
  private static final int FRAMING_OF_TOOLS = 600;

  /// What an image or another file is taken to cost where it need not be the most.
  private static final long TOKENS_OF_MEDIA = 1_500;

  /// Words that are asked for where the request sets no limit.
  private static final long USUAL_OUTPUT = 500;

  /// A question whose text is at hand, of somebody who may be served anywhere.
  public Question(Outline outline, long bytes, @Nullable Conversation conversation, Hints hints) {
    this(outline, bytes, conversation, hints, Allowed.EVERYTHING, null);
  }

  /// The same from somebody who may be served in some places only.
  public Question within(Allowed places) {
    return new Question(outline, bytes, conversation, hints, places, finding);
  }

  /// The same as the next turn of `other`.
  public Question in(@Nullable Conversation other) {
    return new Question(outline, bytes, other, hints, allowed, finding);
  }

  /// What the request is: what the caller says wins, then what it is made of, then what `classifier`
  /// finds in its text, or found in it when it was there.
  Finding foundBy(Classifier classifier) {
    if (hints.task() != null) {
      return new Finding(Finding.CALLER, hints.task(), "the caller named it");
    }
    if (!outline.modalities().isEmpty()) {
      String kinds =
          outline.modalities().stream().sorted()
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" and "));
      return new Finding(Finding.CONTENT, Task.MULTIMODAL, "the request carries " + kinds);
    }
    if (hints.highVolume()) {
      return new Finding(Finding.CALLER, Task.HIGH_VOLUME, "the caller is marked high-volume");
    }
    return finding != null && finding.by().equals(classifier.name())
        ? finding
        : Finding.by(classifier, classifier.classify(outline));
  }

  /// The same without a word of the request, for records: what was found in its text stands for the
  /// text, and what it tells of its conversation is left out, for which the key stands.
  Question withoutText(@Nullable Finding found) {
    Outline bare = outline.saying(new LazyText(() -> ""));
    return new Question(bare, bytes, conversation, hints.inSession(null), allowed, found);
  }

  public static Question of(Outline outline, Hints hints) {
    return new Question(outline, 0, null, hints);
  }

  /// About how many tokens go in.
  public long inputTokens() {
    long media = 0;
    for (Cargo.Load load : outline.cargo().loads().values()) {
      media += load.pieces() * TOKENS_OF_MEDIA;
    }
    return words() / USUAL_BYTES_PER_TOKEN + media;
  }

  /// The most tokens the words can have, for limits that must hold; media come on top.
  long mostTokensOfWords() {
    return words() / FEWEST_BYTES_PER_TOKEN + FRAMING + (outline.carriesTools() ? FRAMING_OF_TOOLS : 0);
  }

  /// The fewest tokens that can be in it.
  public long leastInputTokens() {
    return words() / MOST_BYTES_PER_TOKEN;
  }

  /// How many bytes are no media.
  private long words() {
    return Math.max(0, bytes - outline.cargo().bytes());
  }

  /// About how many tokens come out where nothing is known of the model.
  public long outputTokens() {
    Integer most = outline.maxTokens();
    return most == null ? USUAL_OUTPUT : Math.min(most, USUAL_OUTPUT);
  }
}
