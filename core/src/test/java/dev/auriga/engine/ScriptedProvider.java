// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Operation;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.router.Routed;
import dev.auriga.provider.Credential;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Reply;
import dev.auriga.resilience.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// A provider that fails as it was told and then answers; remembers who was asked.
final class ScriptedProvider implements Provider {
  private static final Completion SAID =
      new Completion("1", "m", List.of(), StopReason.Known.END, null, Usage.NONE);

  private final Queue<Failure> failures = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Duration> granted = new ArrayList<>();
  private boolean failsForGood;
  private int keysRefused;
  private boolean completesEmbeddings;
  private final List<State> states = new ArrayList<>();
  private final List<Controls> controls = new ArrayList<>();
  private Runnable meanwhile = () -> {};

  ScriptedProvider failing(Failure... inTurn) {
    failures.addAll(List.of(inTurn));
    return this;
  }

  ScriptedProvider failingForGood(Failure failure) {
    failures.add(failure);
    failsForGood = true;
    return this;
  }

  /// Refuses so many keys, each of which has a successor.
  ScriptedProvider refusingKeys(int keys) {
    keysRefused = keys;
    return this;
  }

  /// Answers a wish for embeddings with a translated completion, which nobody can tell.
  ScriptedProvider completingEmbeddings() {
    completesEmbeddings = true;
    return this;
  }

  @Override
  public boolean does(Operation operation) {
    return operation == Operation.COMPLETION || completesEmbeddings;
  }

  ScriptedProvider taking(Duration each, FakeTime time) {
    meanwhile = () -> time.pass(each);
    return this;
  }

  ScriptedProvider throwing(RuntimeException fault) {
    meanwhile =
        () -> {
          throw fault;
        };
    return this;
  }

  /// How long each attempt was given.
  List<Duration> granted() {
    return List.copyOf(granted);
  }

  /// What became of earlier reasoning state in each attempt.
  List<State> states() {
    return List.copyOf(states);
  }

  /// What became of what a router is told in each attempt.
  List<Controls> controls() {
    return List.copyOf(controls);
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Reply send(Call call) {
    asked.add(call.deployment().name());
    granted.add(call.deadline().left());
    states.add(call.state());
    controls.add(call.controls());
    meanwhile.run();
    if (keysRefused > 0) {
      keysRefused--;
      return new Reply.Failed(
          Failure.of(FailureKind.RATE_LIMITED, "this key has had enough"), Credential.Next.ANOTHER);
    }
    Failure failure = failsForGood ? failures.peek() : failures.poll();
    if (failure != null) {
      return new Reply.Failed(failure);
    }
    return new Reply.Whole(
        OpenAiChat.strict(), "{}".getBytes(StandardCharsets.UTF_8),
        new Glance(call.deployment().target().model(), new Usage(1000, 0, 0, 0, 500, 0), StopReason.Known.END, true),
        completesEmbeddings ? SAID : null, List.of(), Headers.NONE, Routed.NOTHING);
  }
}
