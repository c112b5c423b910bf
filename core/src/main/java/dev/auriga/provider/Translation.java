// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.ChunkFold;
import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.names.NameRule;
import dev.auriga.reasoning.Memory;
import dev.auriga.reasoning.Seals;
import dev.auriga.reasoning.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request said in a provider's dialect at one attempt: what is done to it on the way out is undone
/// to the answer.
///
/// Out: what earlier answers left is put back where they came from here, what came from elsewhere is
/// taken out, names become the dialect's. In: names become the client's, state is tagged with its place,
/// and what the client will not hand back is kept. For one thread.
final class Translation {
  private final @Nullable Dialect client;
  private final String place;
  private final CompletionRequest asked;
  private final @Nullable Memory memory;
  private final NameRule.@Nullable Words clientIds;
  private final Written written;
  private final ChunkFold answer = new ChunkFold();
  private final Map<String, String> upstreamIds = new HashMap<>();
  private boolean isKept;

  Translation(Asked.ToComplete asked, Provider.Call call, Dialect dialect, Vault vault) {
    Deployment deployment = call.deployment();
    this.client = asked.dialect();
    this.place = deployment.place();
    this.asked = asked.request();
    this.memory =
        client == null || client.carriesReasoning() ? null : new Memory(vault, call.caller(), place);
    this.clientIds = client == null ? null : client.names().call();
    List<Loss> losses = new ArrayList<>();
    CompletionRequest outward = recalled(call.state(), losses);
    Written said = dialect.writeRequest(outward, deployment.target());
    losses.addAll(said.losses());
    this.written = new Written(said.body(), losses, said.names());
  }

  private CompletionRequest recalled(Provider.State state, List<Loss> losses) {
    if (state == Provider.State.DROPPED) {
      losses.add(new Loss(Loss.Reason.REFUSED_SIGNATURE, "messages"));
      if (memory != null) {
        memory.forget(asked);
      }
      return Seals.only(_ -> false, asked, _ -> {});
    }
    CompletionRequest request = asked;
    if (memory != null) {
      Memory.Recalled recalled = memory.recall(request);
      losses.addAll(recalled.losses());
      request = recalled.request();
    }
    return Seals.only(
        opaque -> opaque.mayGoTo(place),
        request,
        index -> losses.add(new Loss(Loss.Reason.FOREIGN_SIGNATURE, "messages[%d]".formatted(index))));
  }

  /// What the client speaks; null for a Java caller.
  @Nullable Dialect client() {
    return client;
  }

  Written written() {
    return written;
  }

  /// The provider's whole answer as the client is to see it.
  Completion inward(Completion provided) {
    List<Part> parts = new ArrayList<>(provided.parts().size());
    for (Part part : written.names().inward(provided).parts()) {
      parts.add(
          switch (part) {
            case Part.Thinking(String text, Opaque signature) -> new Part.Thinking(text, made(signature));
            case Part.RedactedThinking(Opaque content) ->
                new Part.RedactedThinking(content.madeAt(place));
            case Part.ToolCall call ->
                new Part.ToolCall(
                    clientId(call.id()), call.name(), call.arguments(), made(call.signature()), call.cache());
            case Part.Text _, Part.Image _, Part.Audio _, Part.Video _, Part.Document _,
                Part.ToolResult _, Part.Declined _, Part.Unknown _ ->
                part;
          });
    }
    Completion seen = provided.with(parts);
    if (memory != null) {
      memory.keep(asked, seen, upstreamIds);
    }
    return seen;
  }

  /// One chunk of the provider's answer as the client is to see it; what is to be kept of the answer is
  /// kept when it stops, before the client can ask on.
  Chunk inward(Chunk provided) {
    Chunk seen = seen(written.names().inward(provided));
    if (memory != null && !isKept) {
      answer.add(seen);
      if (provided instanceof Chunk.Stopped) {
        isKept = true;
        memory.keep(asked, answer.completion(), upstreamIds);
      }
    }
    return seen;
  }

  private Chunk seen(Chunk chunk) {
    return switch (chunk) {
      case Chunk.ThinkingSigned(Opaque signature) -> new Chunk.ThinkingSigned(signature.madeAt(place));
      case Chunk.RedactedThinking(Opaque content) -> new Chunk.RedactedThinking(content.madeAt(place));
      case Chunk.ToolCallStarted call ->
          new Chunk.ToolCallStarted(
              call.call(), clientId(call.id()), call.name(), made(call.signature()));
      case Chunk.Started _, Chunk.TextDelta _, Chunk.Cited _, Chunk.ThinkingDelta _, Chunk.ToolCallDelta _,
          Chunk.DeclinedDelta _, Chunk.PartEnded _, Chunk.Counted _, Chunk.Stopped _, Chunk.Failed _,
          Chunk.Unknown _ ->
          chunk;
    };
  }

  private @Nullable Opaque made(@Nullable Opaque opaque) {
    return opaque == null ? null : opaque.madeAt(place);
  }

  /// The id the client knows a call by.
  private String clientId(String id) {
    String seen = clientIds == null ? id : clientIds.allowed(id);
    if (!seen.equals(id)) {
      upstreamIds.put(seen, id);
    }
    return seen;
  }
}
