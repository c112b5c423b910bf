// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.names.NameRule;
import org.jspecify.annotations.Nullable;

/// A wire format, in four pairs: requests, whole replies, streams and errors, each read and written.
///
/// Implementations are stateless and shared by all threads; what has state lives in the
/// [StreamReader] and [StreamWriter] they hand out.
public interface Dialect {

  /// The name users see: `openai-chat`, `anthropic-messages`, `gemini`.
  String name();

  /// What routing needs of a request and how its bytes go on unchanged, found in one streaming pass
  /// without building a tree.
  ///
  /// Throws a [Refusal] when the body is not JSON or a field that is looked at has the wrong type.
  Scan scan(ClientRequest request);

  /// The whole request in the neutral vocabulary; throws a [Refusal] that names the field at fault.
  CompletionRequest readRequest(ClientRequest request);

  /// The names of tools and ids of calls this dialect takes.
  NameRule names();

  /// The request as this dialect says it, with what it cannot say and what it calls otherwise.
  Written writeRequest(CompletionRequest request, Target target);

  /// Model, usage and stop of a whole reply, drawn in one streaming pass; throws [BadReply].
  Glance glance(byte[] body);

  /// The whole reply in the neutral vocabulary; throws [BadReply] when it is not one.
  Completion readReply(byte[] body);

  /// The whole reply for the client that asked by `request`, with what it cannot say (see
  /// [StreamWriter#losses]).
  Written writeReply(Completion completion, ClientRequest request);

  /// Whether clients of this dialect hand back other providers' reasoning state, in a [Wrapping]; what
  /// the others do not is kept for them.
  default boolean carriesReasoning() {
    return false;
  }

  /// A reader for one upstream stream.
  StreamReader readStream();

  /// A writer for the stream of the client that asked `asked` by `request`.
  StreamWriter writeStream(ClientRequest request, Outline asked);

  /// What kind of failure an error reply is, from its status and typed body. Also reads an error
  /// object that came with a status of success. Never throws: what is not understood is
  /// [dev.auriga.completion.FailureKind#UNKNOWN] or judged by its status alone.
  Failure readFailure(int status, Headers headers, byte[] body);

  /// The HTTP status this dialect tells `problem` with.
  int statusOf(Problem problem);

  /// The error body this dialect tells `problem` with; a provider's own error of this dialect goes
  /// through unchanged.
  byte[] writeProblem(Problem problem);

  /// What the headers of a provider's answer say about its limits.
  default RateLimits readLimits(Headers headers) {
    return RateLimits.UNSAID;
  }

  /// Limits of a provider as the headers of this dialect tell them; nothing where it has no such
  /// headers.
  default Headers writeLimits(RateLimits limits) {
    return Headers.NONE;
  }

  /// How this dialect counts the tokens of a prompt; null where it has no words for that.
  default @Nullable Counting counting() {
    return null;
  }
}
