// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.serve.Performance;
import dev.auriga.sandbox.serve.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The control port: everything the Java API scripts and tells, over HTTP. A bad request is a 400
/// that names what is known.
final class Control implements Service {
  private static final Pattern SWITCH = Pattern.compile("/sandbox/providers/([^/]+)/(down|up)");
  private static final String KNOWN =
      "known are GET /sandbox, GET|POST|DELETE /sandbox/faults, GET|DELETE /sandbox/calls, GET"
          + " /sandbox/totals, POST /sandbox/providers/{provider}/down, POST"
          + " /sandbox/providers/{provider}/up";

  private final Sandbox sandbox;
  private final FaultScript script;

  Control(Sandbox sandbox, FaultScript script) {
    this.sandbox = sandbox;
    this.script = script;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public Performance perform(Ask ask) {
    try {
      return dispatched(ask);
    } catch (IllegalArgumentException problem) {
      return reply(400, Json.object().put("error", problem.getMessage()));
    }
  }

  private Performance dispatched(Ask ask) {
    Matcher toggle = SWITCH.matcher(ask.path());
    if (ask.method().equals("POST") && toggle.matches()) {
      return toggled(Simulated.of(toggle.group(1)), toggle.group(2).equals("up"));
    }
    return switch (ask.method() + " " + ask.path()) {
      case "GET /sandbox" -> reply(200, overview());
      case "GET /sandbox/faults" -> reply(200, faults());
      case "POST /sandbox/faults" -> scripted(ask);
      case "DELETE /sandbox/faults" -> cleared(ask);
      case "GET /sandbox/calls" -> reply(200, calls(ask));
      case "DELETE /sandbox/calls" -> {
        sandbox.forget();
        yield reply(200, Json.object().put("calls", 0));
      }
      case "GET /sandbox/totals" -> reply(200, totals());
      case String other ->
          reply(404, Json.object().put("error", "nothing at " + other + "; " + KNOWN));
    };
  }

  private Performance toggled(Simulated provider, boolean up) {
    if (up) {
      sandbox.up(provider);
    } else {
      sandbox.down(provider);
    }
    return reply(200, Json.object().put("provider", provider.label()).put("up", up));
  }

  private ObjectNode overview() {
    ObjectNode overview = Json.object();
    overview
        .put("seed", sandbox.settings().seed())
        .put("time-scale", sandbox.settings().timeScale());
    overview.put("entra-token", sandbox.entraToken());
    ObjectNode providers = overview.putObject("providers");
    for (Simulated provider : Simulated.values()) {
      ObjectNode one = providers.putObject(provider.label());
      one.put("address", sandbox.address(provider).toString()).put("key", sandbox.key(provider));
      one.put("up", sandbox.isUp(provider));
      ArrayNode models = one.putArray("models");
      sandbox.models(provider).forEach(models::add);
    }
    overview.put("faults", script.pending().size());
    return overview;
  }

  private ObjectNode faults() {
    ObjectNode faults = Json.object();
    ArrayNode list = faults.putArray("faults");
    for (FaultScript.Entry entry : script.pending()) {
      ObjectNode one =
          list.addObject().put("provider", entry.provider().label()).put("model", entry.model());
      one.put("fault", entry.fault().toString());
      if (entry.times() == FaultScript.ALWAYS) {
        one.put("times", "until cleared");
      } else {
        one.put("times", entry.times());
      }
    }
    return faults;
  }

  private Performance scripted(Ask ask) {
    JsonNode body = ask.json();
    if (body == null) {
      throw new IllegalArgumentException(
          "the body is not JSON; send a fault or an array of faults");
    }
    List<FaultScript.Entry> entries = new ArrayList<>();
    for (JsonNode entry : body.isArray() ? body.values() : List.of(body)) {
      entries.add(FaultScript.Entry.read(entry));
    }
    entries.forEach(script::add);
    return reply(200, faults());
  }

  private Performance cleared(Ask ask) {
    String provider = ask.query().get("provider");
    if (provider == null) {
      script.clear();
    } else {
      script.clear(Simulated.of(provider));
    }
    return reply(200, faults());
  }

  private ObjectNode calls(Ask ask) {
    String last = ask.query().getOrDefault("last", "100");
    if (!last.matches("\\d{1,6}")) {
      throw new IllegalArgumentException("last must be a number of calls, not \"" + last + "\"");
    }
    List<Call> calls = sandbox.calls();
    int from = Math.max(0, calls.size() - Integer.parseInt(last));
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("calls");
    calls.subList(from, calls.size()).forEach(call -> list.add(written(call)));
    return answer;
  }

  private static ObjectNode written(Call call) {
    ObjectNode json = Json.object().put("number", call.number()).put("at", call.at().toString());
    json.put("provider", call.provider().label())
        .put("method", call.method())
        .put("path", call.path());
    json.put("model-asked", call.modelAsked()).put("model-answered", call.modelAnswered());
    json.put("streamed", call.streamed()).put("status", call.status()).put("fault", call.fault());
    json.put("events", call.events())
        .put("ending", call.ending().name().toLowerCase(java.util.Locale.ROOT));
    json.put("lasted-ms", call.lasted().toMillis());
    ObjectNode headers = json.putObject("headers");
    call.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    json.put("body", new String(call.body(), StandardCharsets.UTF_8));
    json.set("usage", usage(call.usage()));
    return json;
  }

  private ObjectNode totals() {
    ObjectNode answer = Json.object().put("calls", sandbox.totals().calls());
    ObjectNode models = answer.putObject("models");
    sandbox
        .totals()
        .models()
        .forEach(
            (name, model) -> {
              ObjectNode one = usage(model.usage());
              one.put("calls", model.calls());
              models.set(name, one);
            });
    return answer;
  }

  private static ObjectNode usage(dev.auriga.sandbox.protocol.Usage usage) {
    return Json.object()
        .put("input", usage.input())
        .put("cache-read", usage.cacheRead())
        .put("cache-write", usage.cacheWrite())
        .put("output", usage.output())
        .put("reasoning", usage.reasoning());
  }

  private static Performance reply(int status, ObjectNode body) {
    byte[] bytes = (body.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    return new Performance(
        new Performance.Head(status, Map.of("content-type", "application/json"), bytes.length, 0),
        List.of(new Performance.Piece(0, bytes)),
        Performance.Ending.COMPLETE,
        _ -> {});
  }
}
