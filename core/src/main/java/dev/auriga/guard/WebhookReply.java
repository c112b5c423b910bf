// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a service answers: `{"action": "allow" | "deny" | "redact", …}`.
///
/// With `deny` go `reason` (words for the client) and `token`; with `redact` go `hits`, each with
/// `token`, `from` and `to` in Unicode characters of the text (`to` not among them). `notes` are
/// strings for the record, with any of them. Anything else is no answer.
final class WebhookReply {
  private static final Pattern TOKEN = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int LONGEST_REASON = 500;
  private static final int MOST_NOTES = 20;

  /// What came is no answer; the message says why, without quoting it.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
      super(why, null, false, false);
    }
  }

  private WebhookReply() {}

  static Ruling ruling(String name, byte[] body, String text) throws Unusable {
    JsonNode reply;
    try {
      reply = Json.read(body);
    } catch (JacksonException notJson) {
      throw new Unusable("an answer that is not JSON");
    }
    List<String> notes = notes(name, reply.path("notes"));
    return switch (reply.path("action").asString("")) {
      case "allow" -> new Ruling.Allow(notes);
      case "deny" -> denied(name, reply, notes);
      case "redact" -> new Ruling.Redact(hits(reply.path("hits"), text), notes);
      default -> throw new Unusable("an answer without a known action");
    };
  }

  private static Ruling denied(String name, JsonNode reply, List<String> notes) throws Unusable {
    String reason = reply.path("reason").asString("denied by the guardrail \"%s\"".formatted(name));
    String shown = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    return new Ruling.Deny(token(reply, "denied"), shown, notes);
  }

  private static List<Hit> hits(JsonNode given, String text) throws Unusable {
    if (!given.isArray() || given.isEmpty()) {
      throw new Unusable("a redaction without hits");
    }
    int length = text.codePointCount(0, text.length());
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : given) {
      int from = hit.path("from").asInt(-1);
      int to = hit.path("to").asInt(-1);
      if (from < 0 || to <= from || to > length) {
        throw new Unusable("a hit outside the text");
      }
      int start = text.offsetByCodePoints(0, from);
      hits.add(new Hit(token(hit, "match"), start, text.offsetByCodePoints(start, to - from)));
    }
    return hits;
  }

  /// Tokens go into metrics, so they are words and nothing else.
  private static String token(JsonNode from, String otherwise) throws Unusable {
    String token = from.path("token").asString(otherwise);
    if (!TOKEN.matcher(token).matches()) {
      throw new Unusable("a token that is not a word of small letters, digits and hyphens");
    }
    return token;
  }

  private static List<String> notes(String name, JsonNode given) {
    return given
        .valueStream()
        .limit(MOST_NOTES)
        .map(note -> note.asString(""))
        .map(note -> name + ": " + note.substring(0, Math.min(note.length(), LONGEST_REASON)))
        .toList();
  }
}
