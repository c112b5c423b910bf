// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.responses;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.RateLimits;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.names.NameRule;
import dev.auriga.dialect.names.Renaming;
import dev.auriga.dialect.openai.OpenAiFailures;
import dev.auriga.dialect.openai.OpenAiLimits;
import dev.auriga.dialect.openai.OpenAiProblems;
import java.time.InstantSource;

/// The dialect of OpenAI's Responses API, of Azure OpenAI and of servers that follow the Open
/// Responses specification.
///
/// It is used without the server's memory: the whole conversation is in `input`, reasoning travels
/// encrypted in its items, and a request that names a stored response or conversation is refused.
///
/// Sources: OpenAI OpenAPI document, `POST /responses`; Open Responses specification.
public final class OpenAiResponses implements Dialect {
  public static final String NAME = "openai-responses";

  /// OpenAI OpenAPI document, `FunctionTool` and `FunctionCallOutputItemParam.call_id`; ids may have
  /// "letters, numbers, underscores, or dashes".
  private static final NameRule NAMES =
      new NameRule(NameRule.Words.of("-", 64), NameRule.Words.of("-", 64));

  private final InstantSource clock;
  private final OpenAiFailures failures;

  public OpenAiResponses() {
    this(InstantSource.system());
  }

  /// `clock` dates what is written and turns retry dates into durations.
  public OpenAiResponses(InstantSource clock) {
    this.clock = clock;
    this.failures = new OpenAiFailures(NAME, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scan scan(ClientRequest request) {
    return ResponsesOutline.of(request.body());
  }

  @Override
  public CompletionRequest readRequest(ClientRequest request) {
    return ResponsesRequestReader.read(request.body());
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
    return new ResponsesRequestWriter(names.outward(request), target).write().with(names);
  }

  @Override
  public Glance glance(byte[] body) {
    return new ResponsesGlance(body, failures).take();
  }

  @Override
  public Completion readReply(byte[] body) {
    return new ResponsesReplyReader(failures).read(body);
  }

  @Override
  public Written writeReply(Completion completion, ClientRequest request) {
    return ResponsesReplyWriter.write(
        completion, ResponsesEcho.of(request.body()), clock.instant().getEpochSecond());
  }

  @Override
  public StreamReader readStream() {
    return new ResponsesStreamReader(failures);
  }

  @Override
  public StreamWriter writeStream(ClientRequest request, Outline asked) {
    return new ResponsesStreamWriter(ResponsesEcho.of(request.body()), clock);
  }

  @Override
  public Failure readFailure(int status, Headers headers, byte[] body) {
    return failures.read(status, headers, body);
  }

  @Override
  public int statusOf(Problem problem) {
    return OpenAiProblems.statusOf(problem.kind());
  }

  @Override
  public byte[] writeProblem(Problem problem) {
    return OpenAiProblems.write(problem);
  }

  @Override
  public Counting counting() {
    return new ResponsesCounting();
  }

  @Override
  public RateLimits readLimits(Headers headers) {
    return OpenAiLimits.read(headers);
  }

  @Override
  public Headers writeLimits(RateLimits limits) {
    return OpenAiLimits.write(limits);
  }
}
