// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One HTTP request as it came in: header names in lower case, the query decoded, the body whole
/// and, where it is JSON, read; else `json` is null.
@SuppressWarnings("ArrayRecordComponent") // bytes of a body; compared by nobody
public record Ask(
    String method,
    String path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    byte[] body,
    @Nullable JsonNode json) {

  /// The first value of a header, or null when it was not sent.
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /// The token of an `Authorization: Bearer` header, or null when there is none.
  public @Nullable String bearer() {
    String authorization = header("authorization");
    return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : null;
  }
}
