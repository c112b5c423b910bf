// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Members;
import dev.auriga.dialect.router.Router;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;

/// What one request tells a router of how to choose, beside the client's own words.
///
/// @param fields members of the body, which a client's own go before
/// @param preview the words a refusal of these would name
/// @param losses what it is not told although the configuration says so
record Guidance(
    Headers headers, SequencedMap<String, byte[]> fields, Set<String> preview, List<Loss> losses) {
  static final Guidance NONE = new Guidance(Headers.NONE, new LinkedHashMap<>(), Set.of(), List.of());

  static Guidance of(Provider.Call call) {
    Router router = call.deployment().router();
    if (router == null) {
      return NONE;
    }
    SequencedMap<String, byte[]> fields = new LinkedHashMap<>();
    router
        .fields(call.session())
        .forEach((name, value) -> fields.put(name, value.text().getBytes(StandardCharsets.UTF_8)));
    return switch (call.controls()) {
      case SENT -> new Guidance(router.headers(), fields, router.preview(), List.of());
      case WITHHELD ->
          new Guidance(
              Headers.NONE, new LinkedHashMap<>(), Set.of(),
              fields.keySet().stream().map(name -> new Loss(Loss.Reason.REFUSED_CONTROL, name)).toList());
    };
  }

  /// `body` with the fields it has not.
  byte[] in(byte[] body) {
    return fields.isEmpty() ? body : Members.add(body, fields);
  }

  /// The same where the client's own fields went before all of these.
  Guidance withoutFields() {
    return new Guidance(headers, new LinkedHashMap<>(), preview, losses);
  }

  /// `failure`, told apart where what is refused is what was said here.
  Failure judged(Failure failure, byte[] error) {
    if (failure.kind() != FailureKind.INVALID || preview.isEmpty() || fields.isEmpty()) {
      return failure;
    }
    String words = new String(error, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    return preview.stream().anyMatch(words::contains)
        ? new Failure(
            FailureKind.CONTROL_REFUSED, failure.status(), failure.detail(), failure.retryAfter(),
            failure.original())
        : failure;
  }
}
