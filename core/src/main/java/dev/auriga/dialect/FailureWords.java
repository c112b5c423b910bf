// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.FailureKind;
import java.util.regex.Pattern;

/// What an error's words say where its status and type mislead: the last resort, the same for every
/// dialect, because the servers that mislead are proxies in front of any of them.
///
/// Providers quote the client's words back, and a failure's kind concerns all clients: what is
/// quoted does not count, and a rate limit has to be what the message begins with.
///
/// - A rate limit told as a wrong request: diegosouzapw/OmniRoute#4986.
/// - An unsupported model told as a refused credential: BerriAI/litellm#41385.
public final class FailureWords {
  private static final Pattern QUOTED = Pattern.compile("(?<!\\w)(['\"`]).*?\\1(?!\\w)", Pattern.DOTALL);
  /// Before the words only what such a sentence begins with, like "Error: this request would exceed".
  private static final Pattern RATE =
      Pattern.compile(
          "^[\\W\\d_]{0,20}+(?:(?:error|code|api|the|this|your?|requests?|calls?|have|has|been|would|hit"
              + "|reached|exceed(?:s|ed)?)\\b[\\W\\d_]{0,20}+){0,8}(?:rate.?limit|too many requests)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSUPPORTED_MODEL =
      Pattern.compile("\\bmodel\\b.{0,80}\\bnot supported\\b", Pattern.CASE_INSENSITIVE);
  /// Azure API Management's quota policy. Source: Azure documentation, `quota`.
  private static final Pattern CALL_VOLUME =
      Pattern.compile("out of call volume quota", Pattern.CASE_INSENSITIVE);

  private FailureWords() {}

  /// `message` without what it quotes, which may be the client's.
  public static String unquoted(String message) {
    return QUOTED.matcher(message).replaceAll("");
  }

  /// Whether a gateway of Azure's says that a quota of calls is used up, which it does with 403 or 429.
  public static boolean tellCallVolume(int status, String message) {
    return (status == 403 || status == 429) && CALL_VOLUME.matcher(unquoted(message)).find();
  }

  /// `judged`, or what `message` says instead.
  public static FailureKind outrank(FailureKind judged, String message) {
    if (judged == FailureKind.INVALID && RATE.matcher(unquoted(message)).find()) {
      return FailureKind.RATE_LIMITED;
    }
    if (judged == FailureKind.UNAUTHORISED && UNSUPPORTED_MODEL.matcher(unquoted(message)).find()) {
      return FailureKind.NOT_FOUND;
    }
    return judged;
  }
}
