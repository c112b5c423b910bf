// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.FailureKind;
import java.util.regex.Pattern;

/// What an error's words say where its status and type mislead: the last resort, the same for every
/// dialect, because the servers that mislead are proxies in front of any of them.
///
/// - A rate limit told as a wrong request: diegosouzapw/OmniRoute#4986.
/// - An unsupported model told as a refused credential: BerriAI/litellm#41385.
public final class FailureWords {
  private static final Pattern RATE =
      Pattern.compile("rate.?limit|too many requests", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSUPPORTED_MODEL =
      Pattern.compile("\\bmodel\\b.{0,80}\\bnot supported\\b", Pattern.CASE_INSENSITIVE);

  private FailureWords() {}

  /// `judged`, or what `message` says instead.
  public static FailureKind outrank(FailureKind judged, String message) {
    if (judged == FailureKind.INVALID && RATE.matcher(message).find()) {
      return FailureKind.RATE_LIMITED;
    }
    if (judged == FailureKind.UNAUTHORISED && UNSUPPORTED_MODEL.matcher(message).find()) {
      return FailureKind.NOT_FOUND;
    }
    return judged;
  }
}
