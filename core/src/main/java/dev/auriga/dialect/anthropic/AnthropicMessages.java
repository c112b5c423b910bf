// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.RateLimits;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.names.NameRule;
import dev.auriga.dialect.names.Renaming;
import java.time.InstantSource;

/// The wire format of Anthropic's Messages API, `anthropic-messages`.
///
/// It is spoken by Anthropic, by Claude in Microsoft Foundry and, as far as they go, by compatible
/// servers. Source: Anthropic API reference, Messages.
public final class AnthropicMessages implements Dialect {
  /// The name users see, and the origin of this dialect's opaque values.
  public static final String NAME = "anthropic-messages";

  /// Anthropic OpenAPI document, `Tool.name` and `tool_use.id`; ids are kept as short as other dialects
  /// want them.
  static final NameRule NAMES =
      new NameRule(NameRule.Words.of("-", 128), NameRule.Words.of("-", 64));

  private final InstantSource clock;

  public AnthropicMessages() {
    this(InstantSource.system());
  }

  /// `clock` tells how long it is to a moment an error reply names.
  public AnthropicMessages(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scan scan(ClientRequest request) {
    return AnthropicOutline.read(request.body());
  }

  @Override
  public CompletionRequest readRequest(ClientRequest request) {
    return new AnthropicRequestReader(Json.readClient(request.body())).read();
  }

  @Override
  public NameRule names() {
    return NAMES;
  }

  @Override
  public boolean carriesReasoning() {
    return true;
  }

  @Override
  public Written writeRequest(CompletionRequest request, Target target) {
    Renaming names = Renaming.of(request, NAMES.withCallLength(target.capabilities().tools().callIdLength()));
    return new AnthropicRequestWriter(names.outward(request), target).write().with(names);
  }

  @Override
  public Glance glance(byte[] body) {
    return AnthropicGlance.read(body, AnthropicErrors.at(clock));
  }

  @Override
  public Completion readReply(byte[] body) {
    return AnthropicReplies.read(body, AnthropicErrors.at(clock));
  }

  @Override
  public Written writeReply(Completion completion, ClientRequest request) {
    return AnthropicReplies.write(completion);
  }

  @Override
  public StreamReader readStream() {
    return new AnthropicStreamReader(AnthropicErrors.at(clock));
  }

  @Override
  public StreamWriter writeStream(ClientRequest request, Outline asked) {
    return new AnthropicStreamWriter(asked.model());
  }

  @Override
  public Failure readFailure(int status, Headers headers, byte[] body) {
    return AnthropicErrors.at(clock).read(status, headers, body);
  }

  @Override
  public int statusOf(Problem problem) {
    return AnthropicErrors.statusOf(problem.kind());
  }

  @Override
  public byte[] writeProblem(Problem problem) {
    return AnthropicErrors.write(problem);
  }

  @Override
  public Counting counting() {
    return new AnthropicCounting();
  }

  @Override
  public RateLimits readLimits(Headers headers) {
    return new AnthropicLimits(clock.instant()).read(headers);
  }

  @Override
  public Headers writeLimits(RateLimits limits) {
    return new AnthropicLimits(clock.instant()).write(limits);
  }
}
