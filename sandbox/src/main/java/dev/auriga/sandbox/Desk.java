// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.fault.Fault;
import dev.auriga.sandbox.fault.Staging;
import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Provider;
import dev.auriga.sandbox.protocol.Reply;
import dev.auriga.sandbox.protocol.Usage;
import dev.auriga.sandbox.serve.Performance;
import dev.auriga.sandbox.serve.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Serves one provider's port: takes the next fault, stages the answer, logs the call.
final class Desk implements Service {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  private final Simulated simulated;
  private final Provider provider;
  private final Staging staging;
  private final FaultScript script;
  private final CallLog log;

  Desk(Simulated simulated, Provider provider, Staging staging, FaultScript script, CallLog log) {
    this.simulated = simulated;
    this.provider = provider;
    this.staging = staging;
    this.script = script;
    this.log = log;
  }

  @Override
  public Performance perform(Ask ask) {
    String model = provider.modelAsked(ask);
    Fault fault = ask.method().equals("POST") ? script.take(simulated, model) : null;
    Staging.Staged staged = staging.stage(ask, fault);
    long number = log.nextNumber();
    log.add(call(number, ask, model, fault, staged));
    return staged.performance().toldTo(outcome -> log.over(number, outcome));
  }

  private Call call(
      long number, Ask ask, @Nullable String model, @Nullable Fault fault, Staging.Staged staged) {
    Reply reply = staged.reply();
    Reply.Served served = reply == null ? null : reply.served();
    return new Call(
        number,
        Instant.now(),
        simulated,
        ask.method(),
        ask.path(),
        masked(ask.query()),
        maskedHeaders(ask.headers()),
        ask.body(),
        model,
        served == null ? null : served.card().answersAs(),
        reply instanceof Reply.Streamed,
        reply == null ? 0 : reply.status(),
        fault == null ? null : fault.toString(),
        0,
        Call.Ending.RUNNING,
        Duration.ZERO,
        served == null ? Usage.NONE : served.usage());
  }

  private static Map<String, String> masked(Map<String, String> query) {
    Map<String, String> masked = new LinkedHashMap<>(query);
    masked.computeIfPresent("key", (_, value) -> mask(value));
    return masked;
  }

  private static Map<String, List<String>> maskedHeaders(Map<String, List<String>> headers) {
    Map<String, List<String>> masked = new LinkedHashMap<>();
    headers.forEach(
        (name, values) ->
            masked.put(
                name,
                CREDENTIALS.contains(name)
                    ? values.stream().map(Desk::mask).toList()
                    : List.copyOf(values)));
    return masked;
  }

  private static String mask(String credential) {
    return "***" + credential.substring(Math.max(0, credential.length() - 3));
  }
}
