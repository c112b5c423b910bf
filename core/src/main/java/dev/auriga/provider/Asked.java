// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import org.jspecify.annotations.Nullable;

/// A request as the engine carries it: its outline, its words in the client's own dialect where it
/// came over HTTP, and the neutral request, which is read only when a translation needs it.
///
/// Belongs to the thread that performs the request.
public final class Asked {
  private final Outline outline;
  private final @Nullable Dialect dialect;
  private final @Nullable ClientRequest original;
  private final Headers passed;
  private @Nullable CompletionRequest neutral;

  private Asked(
      Outline outline, @Nullable Dialect dialect, @Nullable ClientRequest original, Headers passed) {
    this.outline = outline;
    this.dialect = dialect;
    this.original = original;
    this.passed = passed;
  }

  /// A client's request; `passed` are the headers of its that go on to providers of its dialect.
  ///
  /// Throws a [dev.auriga.completion.Refusal] when the outline cannot be drawn.
  public static Asked of(Dialect dialect, ClientRequest original, Headers passed) {
    return new Asked(dialect.outline(original), dialect, original, passed);
  }

  /// A Java caller's request.
  public static Asked of(CompletionRequest request) {
    Asked asked = new Asked(Outline.of(request), null, null, Headers.NONE);
    asked.neutral = request;
    return asked;
  }

  public Outline outline() {
    return outline;
  }

  /// The client's bytes where they can be passed on to a provider of `upstream`, else null.
  @Nullable ClientRequest originalFor(Dialect upstream) {
    return dialect != null && dialect.name().equals(upstream.name()) ? original : null;
  }

  Headers passed() {
    return passed;
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
