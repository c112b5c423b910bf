// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.protocol.Ask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path such as `/v1beta/models/gemini-2.5-pro:generateContent`, taken apart; both parts are
/// empty when the path is another.
record GeminiPath(String model, String method) {
  private static final Pattern NOTATION = Pattern.compile("/v1beta/models/([^/:]+):([A-Za-z]+)");
  private static final GeminiPath OTHER = new GeminiPath("", "");

  static GeminiPath of(String path) {
    Matcher matcher = NOTATION.matcher(path);
    return matcher.matches() ? new GeminiPath(matcher.group(1), matcher.group(2)) : OTHER;
  }

  boolean generates() {
    return method.equals("generateContent") || streams();
  }

  boolean counts() {
    return method.equals("countTokens");
  }

  boolean embeds() {
    return method.equals("embedContent") || embedsSeveral();
  }

  boolean embedsSeveral() {
    return method.equals("batchEmbedContents");
  }

  boolean streams() {
    return method.equals("streamGenerateContent");
  }

  /// Whether a streaming request wants server-sent events instead of a JSON array.
  static boolean wantsEvents(Ask ask) {
    return "sse".equals(ask.query().get("alt"));
  }
}
