// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Refusal;
import dev.auriga.consensus.Agreement;
import dev.auriga.consensus.Hearing;
import dev.auriga.consensus.Verdict;
import dev.auriga.consensus.answer.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Several members asked the same question at once, one virtual thread each.
record Panel(Orchestrator orchestrator, String prompt, List<String> members) {

  static Panel of(Orchestrator orchestrator, String prompt, String... members) {
    if (members.length < 2) {
      throw new IllegalArgumentException(
          "a panel needs at least two members, got " + members.length);
    }
    if (new HashSet<>(List.of(members)).size() < members.length) {
      throw new IllegalArgumentException("a member is named twice: " + List.of(members));
    }
    return new Panel(orchestrator, prompt, List.of(members));
  }

  /// Hears every member and judges; an interrupt cancels those still asked.
  Verdict verdict(Agreement agreement) {
    List<Verdict.Voice> voices = new ArrayList<>();
    List<Verdict.Absent> absent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<Answer>> asked = new LinkedHashMap<>();
      members.forEach(
          member ->
              asked.put(
                  member,
                  threads.submit(() -> orchestrator.ask(prompt, ask -> ask.route(member)))));
      try {
        for (Map.Entry<String, Future<Answer>> each : asked.entrySet()) {
          hear(each.getKey(), each.getValue(), voices, absent);
        }
      } catch (InterruptedException cancelled) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while a panel was being heard");
      }
    }
    return agreement.of(Hearing.of(Question.of(prompt), voices, absent));
  }

  private static void hear(
      String member, Future<Answer> answer, List<Verdict.Voice> voices, List<Verdict.Absent> absent)
      throws InterruptedException {
    try {
      voices.add(new Verdict.Voice(member, answer.get().text()));
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case AnswerFailed why ->
            absent.add(new Verdict.Absent(member, String.valueOf(why.getMessage())));
        case Refusal why -> absent.add(new Verdict.Absent(member, why.reason()));
        case RuntimeException fault -> throw fault;
        case null, default ->
            throw new IllegalStateException("asking " + member + " failed", failed);
      }
    }
  }
}
