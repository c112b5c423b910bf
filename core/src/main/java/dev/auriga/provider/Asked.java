// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.EmbeddingRequest;
import dev.auriga.completion.Operation;
import dev.auriga.completion.Outline;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Surcharge;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.ServiceTier;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.openai.OpenAiEmbeddings;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A request as the engine carries it: what is asked, its outline, and its words, which are read
/// into the neutral vocabulary only when a translation needs them.
///
/// Belongs to the thread that performs the request.
public sealed interface Asked {

  Operation operation();

  Outline outline();

  /// The headers of the client's that may go on to a provider of its dialect.
  Headers passed();

  /// The size of what goes in, in bytes, for estimates of its tokens.
  long bytes();

  /// A client's request for a completion; `passed` are the headers of its that may go on to
  /// providers of its dialect.
  ///
  /// Throws a [dev.auriga.completion.Refusal] when the outline cannot be drawn.
  static ToComplete of(Dialect dialect, ClientRequest original, Headers passed) {
    Scan scan = dialect.scan(original);
    return new ToComplete(scan.outline(), new Client(dialect, original, scan.passage()), passed,
        () -> dialect.readRequest(original));
  }

  /// A Java caller's request for a completion.
  static ToComplete of(CompletionRequest request) {
    return new ToComplete(
        Outline.of(request).at(surcharge(request)), null, Headers.NONE, () -> request);
  }

  private static Surcharge surcharge(CompletionRequest request) {
    RawJson tier = request.extras().get("service_tier");
    return tier == null ? Surcharge.NONE : Surcharge.NONE.on(ServiceTier.asked(tier));
  }

  /// A client's question how many tokens a prompt has; throws as [#of] does, and
  /// [IllegalArgumentException] when `dialect` has no such question.
  static ToCount toCount(Dialect dialect, ClientRequest question, Headers passed) {
    Counting counting = dialect.counting();
    if (counting == null) {
      throw new IllegalArgumentException(dialect.name() + " does not count");
    }
    ToComplete prompt = of(dialect, counting.prompt(question), passed);
    Scan.Passage own = Objects.requireNonNull(prompt.passageTo(dialect));
    return new ToCount(prompt, counting.passage(question, own));
  }

  /// A Java caller's question how many tokens `request` has.
  static ToCount toCount(CompletionRequest request) {
    return new ToCount(of(request), null);
  }

  /// A client's request for embeddings, in OpenAI's dialect; throws as [#of] does.
  static ToEmbed toEmbed(ClientRequest original, Headers passed) {
    OpenAiEmbeddings dialect = new OpenAiEmbeddings();
    Scan scan = dialect.scan(original);
    return new ToEmbed(
        scan.outline(), scan.passage(), passed, original.body().length,
        () -> dialect.readRequest(original));
  }

  /// A Java caller's request for embeddings.
  static ToEmbed toEmbed(EmbeddingRequest request) {
    Outline outline = Outline.of(CompletionRequest.to(request.model()).build());
    return new ToEmbed(outline, null, Headers.NONE, request.bytes(), () -> request);
  }

  /// A client over HTTP: what it speaks, what it sent, and how that goes on unchanged.
  ///
  /// @param passage absent where it may not go on unchanged
  record Client(Dialect dialect, ClientRequest original, Scan.@Nullable Passage passage) {}

  /// A conversation that is to be answered.
  final class ToComplete implements Asked {
    private final Outline outline;
    private final @Nullable Client client;
    private final Headers passed;
    private final Supplier<CompletionRequest> words;
    private @Nullable CompletionRequest neutral;

    private ToComplete(
        Outline outline,
        @Nullable Client client,
        Headers passed,
        Supplier<CompletionRequest> words) {
      this.outline = outline;
      this.client = client;
      this.passed = passed;
      this.words = words;
    }

    @Override
    public Operation operation() {
      return Operation.COMPLETION;
    }

    @Override
    public Outline outline() {
      return outline;
    }

    @Override
    public Headers passed() {
      return passed;
    }

    @Override
    public long bytes() {
      if (client != null) {
        return client.original.body().length;
      }
      return request().bytes();
    }

    /// What the client speaks; null for a Java caller.
    @Nullable Dialect dialect() {
      return client == null ? null : client.dialect;
    }

    /// How the client's bytes go on to a provider of `upstream`; null where they must be translated.
    Scan.@Nullable Passage passageTo(Dialect upstream) {
      return client != null && client.dialect.name().equals(upstream.name()) ? client.passage : null;
    }

    /// The whole answer as the client's own dialect says it; null for a Java caller, who gets it in
    /// the neutral vocabulary.
    public @Nullable Written told(Completion answer) {
      return client == null ? null : client.dialect.writeReply(answer, client.original);
    }

    /// The request in the neutral vocabulary, read at the first call.
    public CompletionRequest request() {
      CompletionRequest known = neutral;
      if (known == null) {
        known = words.get();
        neutral = known;
      }
      return known;
    }

    /// The same with the answer wanted whole, for another thread.
    public ToComplete atOnce() {
      if (!outline.streamed()) {
        return new ToComplete(outline, client, passed, words);
      }
      return new ToComplete(
          outline.atOnce(),
          client == null ? null : new Client(client.dialect, client.original, null),
          passed,
          () -> words.get().toBuilder().streamed(false).build());
    }

    /// Reads the request anew whenever it is asked; for other threads.
    public Supplier<CompletionRequest> words() {
      return words;
    }
  }

  /// A conversation whose tokens are to be counted.
  record ToCount(ToComplete prompt, Scan.@Nullable Passage question) implements Asked {

    @Override
    public long bytes() {
      return prompt.bytes();
    }

    @Override
    public Operation operation() {
      return Operation.COUNT;
    }

    @Override
    public Outline outline() {
      return prompt.outline();
    }

    @Override
    public Headers passed() {
      return prompt.passed();
    }

    /// How the client's question goes on to a provider of `upstream`; null where it must be asked
    /// anew.
    Scan.@Nullable Passage passageTo(Dialect upstream) {
      return prompt.passageTo(upstream) == null ? null : question;
    }

    public CompletionRequest request() {
      return prompt.request();
    }
  }

  /// Texts that are to be turned into vectors.
  final class ToEmbed implements Asked {
    private final Outline outline;
    private final Scan.@Nullable Passage passage;
    private final Headers passed;
    private final long bytes;
    private final Supplier<EmbeddingRequest> words;
    private @Nullable EmbeddingRequest neutral;

    private ToEmbed(
        Outline outline,
        Scan.@Nullable Passage passage,
        Headers passed,
        long bytes,
        Supplier<EmbeddingRequest> words) {
      this.outline = outline;
      this.passage = passage;
      this.passed = passed;
      this.bytes = bytes;
      this.words = words;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public Operation operation() {
      return Operation.EMBEDDING;
    }

    @Override
    public Outline outline() {
      return outline;
    }

    @Override
    public Headers passed() {
      return passed;
    }

    /// How the client's bytes go on to a provider of the dialect called `upstream`; null where they
    /// must be translated.
    Scan.@Nullable Passage passageTo(String upstream) {
      return upstream.equals(OpenAiEmbeddings.NAME) ? passage : null;
    }

    /// The request in the neutral vocabulary, read at the first call.
    public EmbeddingRequest request() {
      EmbeddingRequest known = neutral;
      if (known == null) {
        known = words.get();
        neutral = known;
      }
      return known;
    }
  }
}
