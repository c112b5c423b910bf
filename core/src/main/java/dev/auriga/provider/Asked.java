// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Written;
import org.jspecify.annotations.Nullable;

/// A request as the engine carries it: its outline, its words in the client's own dialect where it
/// came over HTTP, and the neutral request, which is read only when a translation needs it.
///
/// Belongs to the thread that performs the request.
public final class Asked {
  private final Outline outline;
  private final @Nullable Dialect dialect;
  private final @Nullable ClientRequest original;
  private final Scan.@Nullable Passage passage;
  private final Headers passed;
  private @Nullable CompletionRequest neutral;

  private Asked(
      Outline outline,
      @Nullable Dialect dialect,
      @Nullable ClientRequest original,
      Scan.@Nullable Passage passage,
      Headers passed) {
    this.outline = outline;
    this.dialect = dialect;
    this.original = original;
    this.passage = passage;
    this.passed = passed;
  }

  /// A client's request; `passed` are the headers of its that go on to providers of its dialect.
  ///
  /// Throws a [dev.auriga.completion.Refusal] when the outline cannot be drawn.
  public static Asked of(Dialect dialect, ClientRequest original, Headers passed) {
    Scan scan = dialect.scan(original);
    return new Asked(scan.outline(), dialect, original, scan.passage(), passed);
  }

  /// A Java caller's request.
  public static Asked of(CompletionRequest request) {
    Asked asked = new Asked(Outline.of(request), null, null, null, Headers.NONE);
    asked.neutral = request;
    return asked;
  }

  public Outline outline() {
    return outline;
  }

  /// What the client speaks; null for a Java caller.
  @Nullable Dialect dialect() {
    return dialect;
  }

  /// How the client's bytes go on to a provider of `upstream`; null where they must be translated.
  Scan.@Nullable Passage passageTo(Dialect upstream) {
    return dialect != null && dialect.name().equals(upstream.name()) ? passage : null;
  }

  Headers passed() {
    return passed;
  }

  /// The whole answer as the client's own dialect says it; null for a Java caller, who gets it in
  /// the neutral vocabulary.
  public @Nullable Written told(Completion answer) {
    return dialect == null || original == null ? null : dialect.writeReply(answer, original);
  }

  /// The request in the neutral vocabulary, read at the first call.
  public CompletionRequest request() {
    CompletionRequest known = neutral;
    if (known == null) {
      if (dialect == null || original == null) {
        throw new IllegalStateException("a request without words");
      }
      known = dialect.readRequest(original);
      neutral = known;
    }
    return known;
  }
}
