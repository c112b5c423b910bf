// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Opaque;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A provider's signature on its way through a client of another dialect.
///
/// A client hands back what it got, so the signature travels in the place where the client's
/// dialect has one of its own, as `auriga-signature.ORIGIN.SUBJECT.VALUE`, where ORIGIN is the dialect,
/// or `DIALECT@PLACE` with `%` and `.` in it escaped. The vendors' own are base64 and have no dots.
///
/// @param content what was wrapped; absent where a thought was not signed at all and only says so
public record Wrapping(@Nullable Opaque content, Subject subject) {

  /// What is signed.
  public enum Subject {
    /// The thought it stands at.
    THOUGHT,
    /// A thought that is encrypted and nothing else.
    REDACTED,
    /// The tool call that follows (Gemini); the thought is only its vehicle.
    CALL,
    /// A citation of a page that Anthropic's search did not find.
    CITATION
  }

  private static final String MARK = "auriga-signature.";
  private static final String UNSIGNED = "none";
  private static final byte[] SIGN = ('"' + MARK).getBytes(StandardCharsets.US_ASCII);
  private static final int[] SHIFT = new int[256];

  static {
    Arrays.fill(SHIFT, SIGN.length);
    for (int i = 0; i < SIGN.length - 1; i++) {
      SHIFT[SIGN[i]] = SIGN.length - 1 - i;
    }
  }

  /// The wrapped form.
  public String text() {
    String origin = content == null ? UNSIGNED : originOf(content);
    String value = content == null ? "" : content.value();
    return MARK + origin + "." + subject.name().toLowerCase(Locale.ROOT) + "." + value;
  }

  public static boolean isWrapped(String text) {
    return text.startsWith(MARK);
  }

  /// What `text` wraps; null where it is no wrapping.
  public static @Nullable Wrapping read(String text) {
    if (!isWrapped(text)) {
      return null;
    }
    String[] fields = text.split("\\.", 4);
    if (fields.length < 4) {
      return new Wrapping(null, Subject.THOUGHT);
    }
    Subject subject =
        switch (fields[2]) {
          case "call" -> Subject.CALL;
          case "redacted" -> Subject.REDACTED;
          case "citation" -> Subject.CITATION;
          default -> Subject.THOUGHT;
        };
    return new Wrapping(
        fields[1].equals(UNSIGNED) ? null : made(fields[1], fields[3]), subject);
  }

  private static String originOf(Opaque content) {
    String place = content.place();
    return place == null
        ? content.dialect()
        : content.dialect() + '@' + place.replace("%", "%25").replace(".", "%2E");
  }

  private static Opaque made(String origin, String value) {
    int at = origin.indexOf('@');
    return at < 0
        ? new Opaque(origin, value)
        : new Opaque(
            origin.substring(0, at),
            origin.substring(at + 1).replace("%2E", ".").replace("%25", "%"),
            value);
  }

  /* Horspool's search, because it looks at one byte in eighteen: bodies are read once more for this
     on the hottest path there is. */
  /// Whether a string of `body` starts like a wrapping.
  public static boolean isIn(byte[] body) {
    int last = SIGN.length - 1;
    for (int end = last; end < body.length; end += SHIFT[body[end] & 0xFF]) {
      int i = last;
      while (i >= 0 && body[end - last + i] == SIGN[i]) {
        i--;
      }
      if (i < 0) {
        return true;
      }
    }
    return false;
  }
}
