// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.fault;

import dev.auriga.sandbox.protocol.RetryAfter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Faults as JSON or YAML objects: `{"fault": "status", "status": 503, "retry-after": "2s"}`. What
/// is wrong is an [IllegalArgumentException] that names what is known.
public final class Notation {
  /// The faults, each with the keys it takes beside `fault`.
  private static final Map<String, Set<String>> KEYS = keys();

  private Notation() {}

  /// The names of all faults.
  public static Set<String> names() {
    return KEYS.keySet();
  }

  /// The fault an object describes; `beside` are keys that belong to someone else.
  public static Fault read(JsonNode node, Set<String> beside) {
    String name = node.path("fault").asString("");
    Set<String> known = KEYS.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "unknown fault \"" + name + "\"; known are " + String.join(", ", names()));
    }
    for (String key : node.propertyNames()) {
      if (!key.equals("fault") && !known.contains(key) && !beside.contains(key)) {
        Set<String> all = new TreeSet<>(known);
        all.addAll(beside);
        throw new IllegalArgumentException(
            "fault \"" + name + "\" knows no \"" + key + "\"; known are " + String.join(", ", all));
      }
    }
    return fault(name, node);
  }

  private static Fault fault(String name, JsonNode node) {
    return switch (name) {
      case "status" -> new Fault.Status(count(node, "status"), retryAfter(node));
      case "rate-limited" -> new Fault.Status(429, retryAfter(node));
      case "quota-exhausted" -> new Fault.QuotaExhausted();
      case "context-too-long" -> new Fault.ContextTooLong();
      case "content-filter" ->
          new Fault.ContentFilter(node.path("in").asString("prompt").equals("answer"));
      case "reset" -> new Fault.Reset();
      case "hang" -> new Fault.Hang();
      case "slow-first-token" -> new Fault.SlowFirstToken(Span.read(text(node, "wait")));
      case "cut-after" -> new Fault.CutAfter(count(node, "events"));
      case "cut-body" -> new Fault.CutBody();
      case "without-terminal" -> new Fault.WithoutTerminal();
      case "malformed-after" -> new Fault.MalformedAfter(count(node, "events"));
      case "error-event-after" -> new Fault.ErrorEventAfter(count(node, "events"));
      case "stall-after" -> new Fault.StallAfter(count(node, "events"), pause(node));
      case "reply" -> new Fault.Scripted(count(node, "status"), headers(node), body(node));
      case String _ -> throw new IllegalStateException("a fault without a reader: " + name);
    };
  }

  private static Map<String, Set<String>> keys() {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    keys.put("status", Set.of("status", "retry-after", "retry-after-form"));
    keys.put("rate-limited", Set.of("retry-after", "retry-after-form"));
    keys.put("quota-exhausted", Set.of());
    keys.put("context-too-long", Set.of());
    keys.put("content-filter", Set.of("in"));
    keys.put("reset", Set.of());
    keys.put("hang", Set.of());
    keys.put("slow-first-token", Set.of("wait"));
    keys.put("cut-after", Set.of("events"));
    keys.put("cut-body", Set.of());
    keys.put("without-terminal", Set.of());
    keys.put("malformed-after", Set.of("events"));
    keys.put("error-event-after", Set.of("events"));
    keys.put("stall-after", Set.of("events", "pause"));
    keys.put("reply", Set.of("status", "headers", "body"));
    return keys;
  }

  private static @Nullable RetryAfter retryAfter(JsonNode node) {
    if (!node.has("retry-after")) {
      return null;
    }
    String form = node.path("retry-after-form").asString("seconds").toUpperCase(Locale.ROOT);
    for (RetryAfter.Form known : RetryAfter.Form.values()) {
      if (known.name().equals(form)) {
        return new RetryAfter(Span.read(text(node, "retry-after")), known);
      }
    }
    throw new IllegalArgumentException(
        "unknown retry-after-form \""
            + form.toLowerCase(Locale.ROOT)
            + "\"; known are seconds, milliseconds, date");
  }

  private static @Nullable Duration pause(JsonNode node) {
    return node.has("pause") ? Span.read(text(node, "pause")) : null;
  }

  private static int count(JsonNode node, String key) {
    if (!node.path(key).isIntegralNumber()) {
      throw new IllegalArgumentException(
          "\"" + key + "\" must be a whole number, as in \"" + key + "\": 3");
    }
    return node.path(key).asInt();
  }

  private static String text(JsonNode node, String key) {
    if (!node.path(key).isString()) {
      throw new IllegalArgumentException(
          "\"" + key + "\" must be a string, as in \"" + key + "\": \"2s\"");
    }
    return node.path(key).asString();
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : node.path("headers").properties()) {
      headers.put(header.getKey(), header.getValue().asString());
    }
    return headers;
  }

  private static String body(JsonNode node) {
    JsonNode body = node.path("body");
    return body.isMissingNode() ? "" : body.isString() ? body.asString() : body.toString();
  }
}
