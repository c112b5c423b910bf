// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import dev.auriga.ledger.Cost;
import dev.auriga.observe.RequestRecord;
import dev.auriga.route.DecisionRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The record of a request as one JSON object and back: the form of the file, of the gateway's answer and
/// of the command line. docs/decisions.md names every field.
///
/// A provider's own words are left out, because they may quote the request: of a failure its kind,
/// status and wait are kept. Durations are milliseconds with up to six decimals.
public final class RecordJson {
  /// The version of the form; it is raised when a reader of the last one would misread a record.
  public static final int VERSION = 1;

  private RecordJson() {}

  public static ObjectNode write(RequestRecord record) {
    ObjectNode json =
        Json.object()
            .put("version", VERSION)
            .put("request", record.id())
            .put("at", record.at().toString())
            .put("key", record.caller())
            .put("operation", record.operation().token())
            .put("route", record.route())
            .put("streamed", record.streamed())
            .put("ending", Words.of(record.ending()));
    text(json, "shadow-of", record.shadowOf());
    text(json, "detail", record.ownWords());
    text(json, "task", record.task());
    text(json, "served-by", record.servedBy());
    text(json, "model", record.model());
    json.put("ms", Millis.of(record.took()));
    if (record.firstToken() != null) {
      json.put("first-token-ms", Millis.of(record.firstToken()));
    }
    if (record.usage() != null) {
      json.set("usage", usage(record.usage()));
    }
    cost(json, record.cost());
    losses(json, record.losses(), record.moreLosses());
    record.passedOver()
        .forEach(
            each ->
                losses(
                    json.withArray("passed-over").addObject().put("deployment", each.deployment()),
                    each.losses(), each.moreLosses()));
    ArrayNode attempts = json.putArray("attempts");
    record.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    if (record.decision() != null) {
      json.set("decided", DecisionRecordJson.write(record.decision()));
    }
    return json;
  }

  private static void text(ObjectNode json, String key, @Nullable String text) {
    if (text != null) {
      json.put(key, text);
    }
  }

  private static ObjectNode attempt(RequestRecord.Attempt attempt) {
    ObjectNode json =
        Json.object()
            .put("number", attempt.number())
            .put("deployment", attempt.deployment())
            .put("began-ms", Millis.of(attempt.began()))
            .put("ms", Millis.of(attempt.took()))
            .put("outcome", Words.of(attempt.outcome()));
    Failure failure = attempt.failure();
    if (failure != null) {
      ObjectNode failed = json.putObject("failure").put("kind", failure.kind().token());
      failed.put("status", failure.status());
      if (failure.retryAfter() != null) {
        failed.put("retry-after-ms", Millis.of(failure.retryAfter()));
      }
    }
    cost(json, attempt.cost());
    if (attempt.routed() != null) {
      json.set("routed", RouterTraceJson.write(attempt.routed()));
    }
    return json;
  }

  private static ObjectNode usage(Usage usage) {
    return Json.object()
        .put("fresh-input", usage.freshInput())
        .put("cache-read", usage.cacheRead())
        .put("cache-write-5m", usage.cacheWrite5m())
        .put("cache-write-1h", usage.cacheWrite1h())
        .put("output", usage.output())
        .put("reasoning", usage.reasoning());
  }

  private static void cost(ObjectNode json, @Nullable Cost cost) {
    switch (cost) {
      case null -> {}
      case Cost.Priced priced ->
          json.putObject("cost").put("usd", priced.usd()).put("prices", priced.priceVersion());
      case Cost.Unpriced unpriced -> json.putObject("cost").put("unpriced", unpriced.model());
    }
  }

  private static void losses(ObjectNode json, List<Loss> losses, int more) {
    losses.forEach(loss -> json.withArray("losses").add(loss.toString()));
    if (more > 0) {
      json.put("more-losses", more);
    }
  }

  /// The record on one line of a file. Throws [UnreadableRecord].
  public static RequestRecord read(byte[] line) {
    try {
      return read(Entries.of(Json.read(line), ""));
    } catch (JacksonException notJson) {
      throw new UnreadableRecord("not JSON: " + Json.malformed(notJson).reason());
    }
  }

  private static RequestRecord read(Entries json) {
    int version = json.count("version");
    if (version < 1 || version > VERSION) {
      throw new UnreadableRecord(
          "a record of version %d; this Auriga reads up to %d".formatted(version, VERSION));
    }
    Entries decided = json.objectOrNull("decided");
    DecisionRecord decision = decided == null ? null : DecisionRecordJson.read(decided);
    return new RequestRecord(
        json.text("request"), json.textOrNull("shadow-of"), json.instant("at"), json.text("key"),
        json.word("operation", Operation.class), json.text("route"), json.textOrNull("task"),
        json.flag("streamed"), json.word("ending", RequestRecord.Ending.class),
        json.textOrNull("served-by"), json.textOrNull("model"), attempts(json), usage(json.objectOrNull("usage")),
        cost(json.objectOrNull("cost")), losses(json),
        moreLosses(json),
        json.objects(
            "passed-over",
            each -> new RequestRecord.PassedOver(each.text("deployment"), losses(each), moreLosses(each))),
        decision, json.millis("ms"), json.millisOrNull("first-token-ms"), json.textOrNull("detail"));
  }

  private static List<RequestRecord.Attempt> attempts(Entries json) {
    return json.objects(
        "attempts",
        each ->
            new RequestRecord.Attempt(
                each.count("number"), each.text("deployment"), each.millis("began-ms"), each.millis("ms"),
                each.word("outcome", RequestRecord.Outcome.class), failure(each.objectOrNull("failure")),
                cost(each.objectOrNull("cost")), RouterTraceJson.read(each.objectOrNull("routed"))));
  }

  private static @Nullable Failure failure(@Nullable Entries json) {
    return json == null
        ? null
        : new Failure(
            json.word("kind", FailureKind.class), json.count("status"), "",
            json.millisOrNull("retry-after-ms"), null);
  }

  private static @Nullable Usage usage(@Nullable Entries json) {
    return json == null
        ? null
        : new Usage(
            json.number("fresh-input"), json.number("cache-read"), json.number("cache-write-5m"),
            json.number("cache-write-1h"), json.number("output"), json.number("reasoning"));
  }

  private static @Nullable Cost cost(@Nullable Entries json) {
    if (json == null) {
      return null;
    }
    return json.has("unpriced")
        ? new Cost.Unpriced(json.text("unpriced"))
        : new Cost.Priced(json.micros("usd"), json.text("prices"));
  }

  private static int moreLosses(Entries json) {
    return json.has("more-losses") ? json.count("more-losses") : 0;
  }

  private static List<Loss> losses(Entries json) {
    return json.texts(
        "losses",
        told -> {
          int colon = told.indexOf(':');
          return new Loss(Words.read(Loss.Reason.class, told.substring(0, colon)), told.substring(colon + 1));
        });
  }
}
