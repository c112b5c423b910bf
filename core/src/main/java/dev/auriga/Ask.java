// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.completion.Tool;
import dev.auriga.route.Hints;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a Java caller wishes of one question beside its text; every method may be left out.
///
/// Collected inside `ask` and used once; not thread-safe.
public final class Ask {
  private String route = "auto";
  private final List<Part> parts = new ArrayList<>();
  private final List<Message> before = new ArrayList<>();
  private final List<Tool> tools = new ArrayList<>();
  private @Nullable Integer maxTokens;
  private Thinking thinking = new Thinking.Unsaid();
  private @Nullable Task task;
  private boolean highVolume;
  private Fidelity fidelity = Fidelity.REPORT;
  private @Nullable Duration deadline;
  private @Nullable Integer attempts;
  private @Nullable String session;
  private Set<String> regions = Set.of();
  private @Nullable Long maxCost;
  private @Nullable Consumer<? super Chunk> listener;

  Ask(String prompt) {
    parts.add(Part.Text.of(prompt));
  }

  /// The route or deployment to ask; `auto` when left out.
  public Ask route(String name) {
    route = name;
    return this;
  }

  /// What the model is told before everything else.
  public Ask system(String text) {
    before.addFirst(Message.system(text));
    return this;
  }

  /// The conversation so far, oldest first.
  public Ask after(List<Message> history) {
    before.addAll(history);
    return this;
  }

  /// An image, a document or another part that goes with the prompt.
  public Ask with(Part part) {
    parts.add(part);
    return this;
  }

  public Ask tool(Tool tool) {
    tools.add(tool);
    return this;
  }

  /// The most tokens the answer may have; the configured default when left out.
  public Ask maxTokens(int tokens) {
    maxTokens = tokens;
    return this;
  }

  /// Thinking on, with at most `tokens` spent on it; at least 1,024 for Claude.
  public Ask thinking(int tokens) {
    thinking = new Thinking.Budget(tokens);
    return this;
  }

  /// Thinking on, with the configured budget.
  public Ask thinking() {
    thinking = new Thinking.On();
    return this;
  }

  /// The task this is, so that no classifier is asked.
  public Ask task(Task known) {
    task = known;
    return this;
  }

  /// Marks the question as one of very many.
  public Ask highVolume() {
    highVolume = true;
    return this;
  }

  /// Nothing of the question may be lost: a deployment that would lose something is not asked.
  public Ask strict() {
    fidelity = Fidelity.STRICT;
    return this;
  }

  /// The most time the answer may take, all attempts included.
  public Ask within(Duration limit) {
    deadline = limit;
    return this;
  }

  /// The most calls upstream, retries and fallbacks included; at least 1, and never more than
  /// configured.
  public Ask attempts(int most) {
    attempts = most;
    return this;
  }

  /// Streams: `chunks` is handed each step of the answer as it comes, in the calling thread.
  public Ask onChunk(Consumer<? super Chunk> chunks) {
    listener = chunks;
    return this;
  }

  CompletionRequest request(int usualMaxTokens) {
    CompletionRequest.Builder request =
        CompletionRequest.to(route)
            .messages(before)
            .message(new Message(dev.auriga.completion.Role.USER, parts, null))
            .thinking(thinking)
            .streamed(listener != null);
    tools.forEach(request::tool);
    // Without a wish the translation gives the answer the usual room, and thinking its own on top.
    return request
        .maxTokens(
            maxTokens == null && !thinking.isOn() ? Integer.valueOf(usualMaxTokens) : maxTokens)
        .build();
  }

  /// The session this belongs to: it stays with the deployment that answered before.
  public Ask session(String name) {
    session = name;
    return this;
  }

  /// Only deployments with one of these region tags are asked.
  public Ask in(String... tags) {
    regions = Set.of(tags);
    return this;
  }

  /// The most all attempts may cost together, in US dollars. A deployment that may cost more is not
  /// asked: what it may cost depends above all on [#maxTokens].
  public Ask atMost(BigDecimal dollars) {
    maxCost = dollars.movePointRight(6).longValue();
    return this;
  }

  Hints hints() {
    return new Hints(task, highVolume).keeping(fidelity).within(maxCost).in(regions).inSession(session);
  }

  Orchestrator.Bounds bounds() {
    return new Orchestrator.Bounds(deadline, attempts);
  }

  @Nullable Consumer<? super Chunk> listener() {
    return listener;
  }
}
