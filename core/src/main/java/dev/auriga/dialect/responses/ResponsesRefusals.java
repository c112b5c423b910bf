// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Json;

/// What is refused because it needs a memory Auriga does not keep.
///
/// A stored response lies at the one deployment that made it, which the next request need not reach
/// (OpenAI documentation, Conversation state).
final class ResponsesRefusals {
  private ResponsesRefusals() {}

  /// For `previous_response_id` and `conversation`.
  static Refusal stateful(String field) {
    return Json.wrong(
        field,
        "this gateway keeps no conversations; send the whole history as input, with store: false and"
            + " include: [\"reasoning.encrypted_content\"], and without " + field);
  }

  static Refusal reference(String field) {
    return Json.wrong(
        field,
        "this gateway keeps no items to refer to; send the item itself, with store: false and"
            + " include: [\"reasoning.encrypted_content\"]");
  }

  static Refusal background() {
    return Json.wrong(
        "background",
        "this gateway keeps no responses to fetch later; send the request without background, and"
            + " with stream: true where it may take long");
  }
}
