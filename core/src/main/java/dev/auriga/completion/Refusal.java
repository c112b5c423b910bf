// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Auriga says no: unwinds from anywhere to the endpoint, which tells it in the caller's dialect.
///
/// The message says what, where and what to do next; it never carries a secret or prompt text.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why Auriga refuses; each kind has the HTTP status it is told with.
  public enum Kind {
    /// The body cannot be read or a field is wrong.
    INVALID(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    /// No such route, deployment or path.
    NOT_FOUND(404),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA(415),
    /// Auriga's own limit, not a provider's.
    RATE_LIMITED(429),
    /// Auriga is stopping or cannot take more.
    OVERLOADED(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final @Nullable String field;

  public Refusal(Kind kind, String message) {
    this(kind, message, null);
  }

  /// `field` is the path of the field at fault, such as `messages[2].content`.
  public Refusal(Kind kind, String message, @Nullable String field) {
    super(message, null, false, false);
    this.kind = kind;
    this.field = field;
  }

  public Kind kind() {
    return kind;
  }

  public @Nullable String field() {
    return field;
  }

  /// The message, never absent.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
